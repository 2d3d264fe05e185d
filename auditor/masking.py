"""Masking: values of tags that do not say what a store is for keep only their shape."""

from __future__ import annotations

import re
from collections.abc import Callable

_LONGEST = 24


def shape(text: str) -> str:
    """The shape of a value: digits become 9, letters a or A; never a prefix of the value."""
    return "".join(
        "9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c
        for c in text[:_LONGEST]
    )


def keeper(keys: str) -> Callable[[str, str], str]:
    """A function that keeps the values of tag keys that match, and masks all others."""
    kept = re.compile(keys)
    return lambda key, value: value if kept.match(key) else shape(value)
