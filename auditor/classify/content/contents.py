"""What a reader finds in an object: tables, prose, forms, further objects, or why nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.model import Unknown

if TYPE_CHECKING:
    from .sources import Source


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind: for every column its name ("" when it has none) and its values, as text."""

    columns: tuple[str, ...]
    values: tuple[Sequence[str], ...]
    name: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Prose:
    """Text that people wrote, or a machine for them."""

    text: str


@dataclass(frozen=True, slots=True)
class Records:
    """Lines of one length whose fields run into each other."""

    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A format that was recognised by its structure, and whether it speaks of somebody."""

    id: str
    subject: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What the objects inside an archive are called."""

    names: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Member:
    """An object inside an object: its name, and where to read it."""

    name: str
    source: Source = field(repr=False)


Content = Table | Prose | Records | Form | Names | Member | Unknown
