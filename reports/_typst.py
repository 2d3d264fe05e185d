"""The story as JSON values for the template of the PDF: nothing of it is ever markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ._blocks import Blank, Block, Cell, Fields, Figure, Items, Section, Table, Text
from ._saying import word
from ._typst_table import ROW, WHOLE, figures_in, is_wide, lines_of, shown, widths_of
from ._typst_text import Said, foldable, legible, short

_PROSE = 60  # characters of an id in a sentence, beyond which it may break
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
            "svg": legible(figure.svg, careful=self.careful, sign="□"),
            "table": self._table(figure.table, wide),
        }

    def _table(self, table: Table, wide: bool) -> dict[str, Any]:
        marks = [*table.marks, *[""] * len(table.rows)][: len(table.rows)]
        words = [
            self._unsaid(mark, map(shown, row))
            for mark, row in zip(marks, table.rows, strict=True)
        ]  # fmt: skip
        widths = widths_of(_labelled(table, words), wide)
        lines = [lines_of(row, widths) for row in table.rows]
        return {
            "kind": "table",
            "caption": self.said(table.caption),
            "columns": [self.said(c, w) for c, w in zip(table.columns, widths, strict=True)],
            "shares": widths,
            "figures": [figures_in(shown(r[at]) for r in table.rows) for at in range(len(widths))],
            "rows": [
                [self._cell(cell, width - 2) for cell, width in zip(row, widths, strict=True)]
                for row in table.rows
            ],
            "tall": [n > ROW for n in lines],
            "long": sum(lines) > WHOLE,
            "marks": [self._mark(mark) for mark in marks],
            "words": words,
            "more": self._more(table.more),
        }

    def _more(self, more: int) -> str:
        said = self.words(
            "Rows not shown here: {n}. The JSON format holds them all; CSV, every finding.",
            n=self.words.number(more),
        )
        return str(said) if more else ""

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


def _labelled(table: Table, words: list[str]) -> Table:
    """The table as it is shown: the word of a mark stands above the first cell of its row."""
    rows = tuple(
        (f"{word} {shown(row[0])}" if word else row[0], *row[1:])
        for word, row in zip(words, table.rows, strict=True)
    )
    return replace(table, rows=rows)


def _lying(sections: list[Section]) -> list[bool]:
    """Whether each section lies on landscape pages; one without a table goes with the next."""
    lying: list[bool] = []
    for section in reversed(sections):
        tables = list(_tables(section))
        own = any(map(is_wide, tables))
        lying.append(own or (not tables and bool(lying) and lying[-1]))
    return lying[::-1]


def _tables(section: Section) -> Iterator[Table]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table


def _sentences(section: Section) -> Iterator[str]:
    return (block.text for block in section.blocks if isinstance(block, Text))
