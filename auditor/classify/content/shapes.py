"""Shapes: what a value looks like, never what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_LONGEST = 24
_SHAPES: dict[int, str] = {}


class _Shape(dict[int, str]):
    def __missing__(self, code: int) -> str:
        c = chr(code)
        shape = "9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c
        if not c.isascii() and not c.isalnum():
            shape = "_"  # separators of strangers are not told either
        self[code] = shape
        return shape


_TABLE = _Shape()


def mask_of(value: str) -> str:
    """A value with every digit as 9 and every letter as A or a, cut to 24 characters."""
    return value[:_LONGEST].translate(_TABLE)


def commonest(values: Iterable[str]) -> str:
    """The shape that most values have."""
    shapes = Counter(map(mask_of, values))
    return min(shapes, key=lambda s: (-shapes[s], s)) if shapes else ""
