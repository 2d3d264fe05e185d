"""What a story is made of: sections, sentences, tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, columns and rows; `more` says how many rows are not shown."""

    caption: str
    columns: tuple[str, ...]
    rows: Rows
    more: int = 0
    marks: tuple[str, ...] = ()  # one per row: blocking, major … for those who like colours


@dataclass(frozen=True, slots=True)
class Section:
    """A title, sentences, tables; level 2 stands in the contents, level 3 belongs to it."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    level: int = 2
    mark: str = ""


def numbers(words: Any, counts: Iterable[int]) -> tuple[str, ...]:
    """Counts as this language writes them."""
    return tuple(words.number(n) for n in counts)
