"""A workbook being written: sheets of one table each, row by row, nothing kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import ceil
from pathlib import Path
from typing import Any

from auditor.sdk import SettingsError

from ._blocks import Blank
from ._marks import xml

LONGEST = 32_767  # of a cell, in the units of UTF-16: Excel says that the file is damaged beyond
ROWS = 1_048_576  # of a sheet, its header included
_LINE, _HIGHEST = 15, 405  # points: of one line, and of the highest row
_PAPER = 230  # characters across a page that can still be read
_BLUE, _PALE = "#1F3864", "#FFF2CC"
_COLOURS = {"blocking": "#F8CBAD", "major": "#FCE4D6", "minor": "#FFF2CC"}
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "use_zip64": True,
}  # fmt: skip
Value = str | int | float | date | Blank | None


@dataclass(frozen=True, slots=True)
class Column:
    """A title, and how wide the column is in characters."""

    title: str
    width: int = 16


@contextmanager
def workbook(path: Path, words: Any, moment: str, **properties: str) -> Iterator[Book]:
    """A workbook at a path: closed in the end, its dates those of the run."""
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError
    except ModuleNotFoundError as error:
        said = "the libraries for spreadsheets are not installed"
        raise SettingsError(said, hint="pip install 'health-residency-auditor[office]'") from error
    made = Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)})
    created = datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)
    made.set_properties({**{k: xml(v) for k, v in properties.items()}, "created": created})
    made.set_custom_property("Language", {"fr": "fr-FR"}.get(words.lang, "en-GB"), "text")
    try:
        yield Book(made, words)
        made.close()
    except FileCreateError as error:  # a full disk, in the library's own words
        raise error.args[0] from error
    finally:
        made.fileclosed = True


@dataclass(slots=True)
class Book:
    """The workbook and its few styles."""

    made: Any
    words: Any
    styles: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        day = {"fr": "dd/mm/yyyy"}.get(self.words.lang, "yyyy-mm-dd")
        each: dict[str, dict[str, Any]] = {
            "header": {"bold": True, "font_color": "white", "bg_color": _BLUE, "border": 1},
            "": {}, "number": {"num_format": "#,##0"}, "part": {"num_format": "#,##0.00"},
            "day": {"num_format": day, "align": "left"}, "blank": {"bg_color": _PALE},
            "quoted": {"quote_prefix": True},
            **{mark: {"bg_color": colour} for mark, colour in _COLOURS.items()},
        }  # fmt: skip
        for name, style in each.items():
            self.styles[name] = self.made.add_format({"valign": "top", **style})
        for name in ("", "quoted", "blank", "header", *_COLOURS):
            wrapped = {"valign": "top", "text_wrap": True, **each[name]}
            self.styles[f"{name} wrapped"] = self.made.add_format(wrapped)

    def sheet(
        self, name: str, columns: tuple[Column, ...], *, wrapped: bool = False, marked: int = 0
    ) -> Sheet:
        """A further sheet, ready for its rows; marks colour the column `marked`."""
        return Sheet(self, name, columns, wrapped, marked)


@dataclass(slots=True)
class Sheet:
    """One table; beyond what a sheet can hold, it goes on in another, and says so."""

    book: Book
    name: str
    columns: tuple[Column, ...]
    wrapped: bool = False
    marked: int = 0
    parts: int = 0
    row: int = 0
    made: Any = None

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.parts += 1
        self.made = self.book.made.add_worksheet(self._called(self.parts))
        self.made.freeze_panes(1, 1)
        self.made.set_landscape()
        self.made.set_paper(9)  # A4
        self.made.fit_to_pages(ceil(sum(c.width for c in self.columns) / _PAPER), 0)
        self.made.repeat_rows(0)
        self.made.repeat_columns(0)
        self.made.set_footer("&L&A&R&P / &N")
        self.made.set_row(0, self._height(tuple(column.title for column in self.columns)))
        for at, column in enumerate(self.columns):
            self.made.set_column(at, at, column.width)
            self.made.write_string(0, at, xml(column.title), self.book.styles["header wrapped"])
        self.row = 1

    def _height(self, values: tuple[Value, ...]) -> int:
        """How high a row of wrapped texts is, in points: not every program works it out."""
        each = zip(values, self.columns, strict=False)
        lines = max((ceil(len(str(v)) / (c.width - 1)) for v, c in each if v), default=1)
        return min(_LINE * max(1, lines), _HIGHEST)

    def _called(self, part: int) -> str:
        return self.name if part == 1 else f"{self.name} {part}"

    def write(self, values: tuple[Value, ...], mark: str = "") -> None:
        """One row; `mark` is the colour of one of its cells."""
        if self.row == ROWS - 1:
            following = self._called(self.parts + 1)
            said = self.book.words("It goes on in the sheet {name}.", name=following)
            self.made.write_string(self.row, 0, said, self.book.styles["blank"])
            self.end()
            self._begin()
        if self.wrapped:
            self.made.set_row(self.row, self._height(values))
        for at, value in enumerate(values):
            self._cell(at, value, mark if at == self.marked and mark in _COLOURS else "")
        self.row += 1

    def fill(self, rows: Iterable[tuple[tuple[Value, ...], str]]) -> None:
        """All the rows of the table, each with its mark."""
        for values, mark in rows:
            self.write(values, mark)
        self.end()

    def end(self) -> None:
        """What is said of the whole table: its filters."""
        self.made.autofilter(0, 0, max(1, self.row - 1), len(self.columns) - 1)

    def _cell(self, at: int, value: Value, mark: str) -> None:
        styles, row = self.book.styles, self.row
        match value:
            case str() | Blank():
                if value:
                    self._text(at, value, mark)
            case date():
                self.made.write_datetime(row, at, datetime(*value.timetuple()[:3]), styles["day"])
            case float():
                self.made.write_number(row, at, value, styles["part"])
            case int():
                self.made.write_number(row, at, value, styles["number"])

    def _text(self, at: int, value: str | Blank, mark: str) -> None:
        """A text as a text: what looks like a formula stays none when somebody edits the cell."""
        said = cut(xml(value), self.book.words)
        name = "quoted" if said[:1] in ("=", "+", "-", "@", "'") else mark
        name = "blank" if isinstance(value, Blank) else name
        wrapped = f"{name} wrapped" if self.wrapped else name
        self.made.write_string(self.row, at, said, self.book.styles[wrapped])


def cut(text: str, words: Any) -> str:
    """A text that a cell can hold; what is left out is counted."""
    if 2 * len(text) <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    kept = units[: 2 * (LONGEST - 100)].decode("utf-16-le", "ignore")
    said = words("… [characters not shown: {n}]", n=words.number(len(text) - len(kept)))
    return f"{kept}{said}"
