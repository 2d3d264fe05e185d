"""Shapes: what values look like, never what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from auditor.masking import shape


def commonest(values: Iterable[str]) -> str:
    """The shape that most values have; separators that are not ASCII become a blank."""
    shapes = Counter(map(shape, values))
    best = min(shapes, key=lambda s: (-shapes[s], s)) if shapes else ""
    return "".join(c if c.isascii() and c.isprintable() else " " for c in best)
