"""What a story is made of: titles, texts, fields, tables and figures, all in one language.

A format decides looks. Every text is ready to be shown: strangers' names are on one line, without
control or direction marks; escaping for the medium is the format's work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Blank:
    """What only a person can say, and has not yet: a field to complete.

    `text` is what is shown (« à compléter »); `key` is where the dossier says it.
    """

    text: str
    key: str

    def __str__(self) -> str:
        return self.text


Cell = str | Blank
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; `look` is "", lead, note or warning."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, in an order that counts or not."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and their values, as a form: what a person must say is a `Blank`."""

    fields: tuple[tuple[str, Cell], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, columns and rows; `more` says how many rows are not shown."""

    caption: str
    columns: tuple[str, ...]
    rows: Rows
    more: int = 0
    marks: tuple[str, ...] = ()  # one per row: blocking, major … for those who like colours
    shares: tuple[int, ...] = ()  # how wide each column is beside the others; equal when empty


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, what it says in words, and the table that it was drawn from.

    `svg` is a whole document that stands alone: no script, no request, no font of its own, colours
    that are legible on white paper.
    """

    caption: str
    alt: str
    svg: str
    table: Table


Block = Text | Items | Fields | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what stands under it.

    Level 2 stands in the contents: the summary, S0 to S18, the annexes; 3 and 4 belong to the
    one before. `id` is the same in both languages, and for ever: S4, A, C.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 2
    mark: str = ""  # a severity, of a section about one rule
    id: str = field(default="")


def section(
    title: str, texts: Iterable[str] = (), tables: Iterable[Table] = (), *,
    level: int = 3, mark: str = "",
) -> Section:  # fmt: skip
    """A section of plain sentences, then tables."""
    return Section(title, (*map(Text, texts), *tables), level, mark)


def numbers(words: Any, counts: Iterable[int]) -> tuple[str, ...]:
    """Counts as this language writes them."""
    return tuple(words.number(n) for n in counts)
