"""Where each section of a page stands: its level, so that no heading is skipped; its anchor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ._blocks import Block, Section, Table

_LONGEST = 60  # letters of an anchor made of a title
_SHORT = 18  # letters of a cell that stays on one line
_COLUMNS = 12  # of a table, that the style knows one by one


@dataclass(frozen=True, slots=True)
class Laid:
    """A section with its heading's level and the anchor that a link can name."""

    anchor: str
    level: int
    title: str
    mark: str
    blocks: tuple[Block, ...]


def laid_out(sections: Iterable[Section], taken: Iterable[str] = ()) -> list[Laid]:
    """The sections with levels from 2 downwards, one step at a time, and anchors met once."""
    told = list(sections)
    least = min((s.level for s in told), default=2)
    used, found, level, chapter = set(taken), list[Laid](), 1, ""
    for section in told:
        level = max(2, min(section.level - least + 2, level + 1))
        anchor = _once(section.id or _named(section.title, chapter if level > 2 else ""), used)
        chapter = anchor if level == 2 else chapter
        found.append(Laid(anchor, level, section.title, section.mark, section.blocks))
    return found


def _named(title: str, chapter: str) -> str:
    """An anchor made of a title: letters without accents, figures and dashes."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", bare)[:_LONGEST].strip("-") or "section"
    return f"{chapter}-{slug}" if chapter else slug


def _once(anchor: str, used: set[str]) -> str:
    wanted, turn = anchor, 1
    while anchor in used:
        turn += 1
        anchor = f"{wanted}-{turn}"
    used.add(anchor)
    return anchor


def classes(table: Table) -> str:
    """What the style knows of a table: that its width is shared, or which columns are short."""
    if table.shares:
        return "shared"
    columns = [max(map(len, map(str, column))) for column in zip(*table.rows, strict=True)]
    return " ".join(f"short-{at}" for at, long in enumerate(columns, 1) if long <= _SHORT)


def widths() -> str:
    """The rules of those classes; a policy without inline styles asks for one each."""
    shares = (f".share-{n} {{ width: {n}%; }}" for n in range(1, 101))
    narrow, whole = (
        ", ".join(f".short-{n} {cells}:nth-child({n})" for n in range(1, _COLUMNS + 1))
        for cells in (":is(th, td)", "td")
    )
    paper = f"@media print {{ {whole} {{ white-space: nowrap; }} }}"
    return "\n".join((*shares, f"{narrow} {{ min-width: 0; }}", paper, ""))
