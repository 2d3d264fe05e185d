"""The story as JSON values for the template of the PDF: nothing of it is ever markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ._blocks import Blank, Block, Cell, Fields, Figure, Items, Section, Table, Text
from ._saying import word
from ._typst_text import Said, foldable, legible, short

WIDE = 7  # columns from which a table is laid on a landscape page
_LINE = {False: 104, True: 158}  # characters on a line of a table: portrait, landscape
_PROSE = 60  # characters of an id in a sentence, beyond which it may break
_FIGURES = re.compile(r"[-+−–—]?[\d.,\s%]*\d[\d.,\s%]*|[—–-]?")
_MARKS = ("blocking", "major", "minor", "info")


@dataclass(frozen=True, slots=True)
class Pages:
    """Turns the blocks of a story into values; `careful` shows fewer scripts, and always can."""

    report: Any
    words: Any
    careful: bool = False

    def sections(self, told: Iterable[Section]) -> Iterator[dict[str, Any]]:
        """Every section, its depth among headings, and how its pages lie."""
        found, above = list(told), list[int]()
        wide = False
        for section, lies in zip(found, _lying(found), strict=True):
            while above and above[-1] >= section.level:
                above.pop()
            above.append(section.level)
            turned, wide = lies != wide, lies
            yield {
                "title": self.text(section.title),
                "depth": len(above),
                "wide": wide,
                "turned": turned,
                "mark": self._mark(section.mark),
                "word": self._unsaid(section.mark, (section.title, *_sentences(section))),
                "blocks": [self._block(block, wide) for block in section.blocks],
            }

    def text(self, text: str, longest: int = 20_000) -> str:
        """A text that fonts can show."""
        return legible(short(text, longest), careful=self.careful)

    def said(self, text: str, width: int = _PROSE) -> Said:
        """A text that fonts can show, and lines can fold."""
        return foldable(self.text(text), width)

    def _block(self, block: Block, wide: bool) -> dict[str, Any]:
        match block:
            case Text():
                return {"kind": "text", "text": self.said(block.text), "look": block.look}
            case Items():
                items = [self.said(item) for item in block.items]
                return {"kind": "items", "items": items, "ordered": block.ordered}
            case Fields():
                fields = [[self.said(k, 30), self._cell(v, 60)] for k, v in block.fields]
                return {"kind": "fields", "fields": fields, "caption": self.said(block.caption)}
            case Table():
                return self._table(block, wide)
            case Figure():
                return self._figure(block, wide)

    def _figure(self, figure: Figure, wide: bool) -> dict[str, Any]:
        return {
            "kind": "figure",
            "caption": self.said(figure.caption),
            "alt": self.text(figure.alt or figure.caption),
            "svg": legible(figure.svg, careful=self.careful),
            "table": self._table(figure.table, wide),
        }

    def _table(self, table: Table, wide: bool) -> dict[str, Any]:
        rows = [[_shown(cell) for cell in row] for row in table.rows]
        shares = table.shares or tuple(
            _share([heading, *(row[at] for row in rows)])
            for at, heading in enumerate(table.columns)
        )
        whole = sum(shares) or 1
        widths = [max(5, int(_LINE[wide] * share / whole) - 2) for share in shares]
        marks = [*table.marks, *[""] * len(rows)][: len(rows)]
        more = (
            self.words("Rows not shown here: {n}. The JSON format holds them all; CSV, every "
                       "finding.", n=self.words.number(table.more))
            if table.more else ""
        )  # fmt: skip
        return {
            "kind": "table",
            "caption": self.said(table.caption),
            "columns": [self.said(c, w) for c, w in zip(table.columns, widths, strict=True)],
            "shares": shares,
            "figures": [_all_figures(row[at] for row in rows) for at in range(len(shares))],
            "rows": [
                [self._cell(cell, width) for cell, width in zip(row, widths, strict=True)]
                for row in table.rows
            ],
            "marks": [self._mark(mark) for mark in marks],
            "words": [self._unsaid(m, row) for m, row in zip(marks, rows, strict=True)],
            "more": more,
        }

    def _cell(self, cell: Cell, width: int) -> Any:
        if isinstance(cell, Blank):
            return {"blank": self.text(cell.text), "key": self.said(cell.key, width)}
        return foldable(legible(short(cell), careful=self.careful), width)

    @staticmethod
    def _mark(mark: str) -> str:
        return mark if mark in _MARKS else ""

    def _unsaid(self, mark: str, texts: Iterable[str]) -> str:
        """The word of a mark, where no text beside it says it: colour alone tells nobody."""
        if mark not in _MARKS:
            return ""
        said = word(self.report, self.words, "severity", mark)
        return "" if any(said.lower() in text.lower() for text in texts) else self.text(said)


def _lying(sections: list[Section]) -> list[bool]:
    """Whether each section lies on landscape pages; a bare title goes with what follows it."""
    lying: list[bool] = []
    for section in reversed(sections):
        own = any(len(table.columns) >= WIDE for table in _tables(section))
        lying.append(own or (not section.blocks and bool(lying) and lying[-1]))
    return lying[::-1]


def _tables(section: Section) -> Iterator[Table]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table


def _sentences(section: Section) -> Iterator[str]:
    return (block.text for block in section.blocks if isinstance(block, Text))


def _shown(cell: Cell) -> str:
    return cell.text if isinstance(cell, Blank) else cell


def _share(cells: list[str]) -> int:
    """How wide a column wants to be: room for its longest word, then for most of its texts."""
    longest: Callable[[str], int] = lambda text: max(map(len, text.split()), default=0)  # noqa: E731
    words = max(map(longest, cells), default=0)
    texts = sorted(map(len, cells))
    return max(6, min(words, 18), min(texts[(len(texts) * 9) // 10 - (len(texts) > 9)], 46))


def _all_figures(cells: Iterable[str]) -> bool:
    found = list(cells)
    return any(found) and all(_FIGURES.fullmatch(cell) for cell in found)
