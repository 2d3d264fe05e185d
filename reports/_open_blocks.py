"""A story's blocks as OpenDocument text: every text is escaped, and is nothing but text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ._blocks import Blank, Block, Cell, Fields, Figure, Items, Section, Table, Text
from ._office import (
    COLOURS,
    MOST,
    clean,
    key_of,
    left_of,
    left_out,
    marks_of,
    name_of,
    rank,
    size_of,
    title_of,
    widths,
)  # fmt: skip

LOOKS = {"lead": "Audit_20_Lead", "note": "Audit_20_Note", "warning": "Audit_20_Warning"}
BODY, CAPTION, CELL = "Text_20_body", "Caption", "Audit_20_Table_20_Text"
HEAD, FIGURE = "Audit_20_Table_20_Heading", "Audit_20_Figure"


@dataclass
class Writer:
    """What the writing of one document goes through: its words, its measures, what is numbered."""

    words: Any
    frames: tuple[tuple[int, int], tuple[int, int]]  # upright and lying, in hundredths of a mm
    top: int = 2
    wide: bool = False
    count: dict[str, int] = field(default_factory=dict)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    titles: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    columns: dict[int, str] = field(default_factory=dict)  # the style of each width of a column

    def next(self, kind: str) -> int:
        """The next number of its kind, from one."""
        self.count[kind] = self.count.get(kind, 0) + 1
        return self.count[kind]

    def said(self, text: object) -> str:
        """A text, its spaces kept: OpenDocument reads many of them as one."""
        shown = escape(clean(text, self.words))
        return re.sub(r"^ | {2,}", lambda found: f'<text:s text:c="{len(found[0])}"/>', shown)

    def paragraph(self, text: object, style: str) -> str:
        """A paragraph of a style."""
        return f'<text:p text:style-name="{style}">{self.said(text)}</text:p>'

    def column(self, width: int) -> str:
        """The style of a column of this width."""
        return self.columns.setdefault(width, f"AuditC{len(self.columns) + 1}")


def heading(to: Writer, section: Section, anchor: str, turn: str = "") -> str:
    """A title that the contents lead to, and its own name; a mark is a coloured line beside it."""
    level = rank(section, to.top)
    mark = section.mark if section.mark in COLOURS else ""
    style = f"AuditH{level}{turn}{mark}" if turn or mark else f"Heading_20_{level}"
    if turn or mark:
        to.titles[style] = (level, turn, mark)
    names = [
        f"<text:bookmark text:name={quoteattr(name)}/>" for name in (anchor, section.id) if name
    ]
    text = f"{''.join(names)}{to.said(title_of(section, to.words))}"
    return f'<text:h text:style-name="{style}" text:outline-level="{level}">{text}</text:h>'


def block(to: Writer, told: Block) -> Iterator[str]:
    """A block, as paragraphs and tables."""
    match told:
        case Text():
            yield to.paragraph(told.text, LOOKS.get(told.look, BODY))
        case Items():
            yield from _items(to, told)
        case Fields():
            yield from _fields(to, told)
        case Table():
            yield from _table(to, told)
        case Figure():
            if told.svg:
                yield _picture(to, told)
                yield to.paragraph(told.caption, CAPTION)
            yield from _table(to, told.table)


def _items(to: Writer, told: Items) -> Iterator[str]:
    kind = "Number" if told.ordered else "Bullet"
    items = "".join(
        f"<text:list-item>{to.paragraph(item, f'List_20_{kind}')}</text:list-item>"
        for item in told.items[:MOST]
    )
    if items:
        yield f'<text:list text:style-name="Audit_20_{kind}s">{items}</text:list>'
    if len(told.items) > MOST:
        yield to.paragraph(left_out(to.words, len(told.items) - MOST), LOOKS["note"])


def _fields(to: Writer, told: Fields) -> Iterator[str]:
    form = Table(told.caption, ("", ""), (), 0, (), (2, 3))
    rows = "".join(
        f'<table:table-row table:style-name="AuditRow">{_cell(to, label, "AuditLabel", HEAD)}'
        f"{_cell(to, held)}</table:table-row>"
        for label, held in told.fields[:MOST]
    )
    if rows:
        yield from _grid(to, form, rows)


def _table(to: Writer, table: Table) -> Iterator[str]:
    head = "".join(_cell(to, column, "AuditHead", HEAD) for column in table.columns)
    row = '<table:table-row table:style-name="AuditRow">'
    rows = f"<table:table-header-rows>{row}{head}</table:table-row></table:table-header-rows>"
    rows += "".join(_row(to, table, cells, mark) for cells, mark in marks_of(table))
    if not table.rows:
        rest = "<table:covered-table-cell/>" * (len(table.columns) - 1)
        nothing = _cell(to, to.words("Nothing."), span=len(table.columns))
        rows += f"{row}{nothing}{rest}</table:table-row>"
    yield from _grid(to, table, rows)
    if left := left_of(table):
        yield to.paragraph(left_out(to.words, left), LOOKS["note"])


def _row(to: Writer, table: Table, cells: tuple[Cell, ...], mark: str) -> str:
    n = len(table.columns)
    long = max((len(str(cell)) for cell in cells), default=0) >= 400
    told = (*cells, *("",) * (n - len(cells)))[:n]
    first = f"AuditCell{mark}" if mark in COLOURS else "AuditCell"
    held = "".join(_cell(to, cell, "AuditCell" if at else first) for at, cell in enumerate(told))
    style = "AuditLong" if long else "AuditRow"
    return f'<table:table-row table:style-name="{style}">{held}</table:table-row>'


def _cell(to: Writer, cell: Cell, style: str = "AuditCell", text: str = CELL, span: int = 1) -> str:
    more = f' table:number-columns-spanned="{span}"' if span > 1 else ""
    held = blank(to, cell) if isinstance(cell, Blank) else to.said(cell)
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string"{more}>'
        f'<text:p text:style-name="{text}">{held}</text:p></table:table-cell>'
    )


def blank(to: Writer, told: Blank) -> str:
    """A field to complete: a control, and a bookmark of where the dossier holds its answer.

    A placeholder of OpenDocument would not be printed; a control is ignored by those who do not
    know it, and its text is not.
    """
    name, key = name_of(told.key, to.next("blank")), quoteattr(key_of(told.key))
    return (
        f'<text:bookmark-start text:name="{name}"/><loext:content-control '
        f'loext:showing-place-holder="true" loext:tag={key} loext:alias={key}>'
        f'<text:span text:style-name="Audit_20_Blank">{to.said(told.text)}</text:span>'
        f'</loext:content-control><text:bookmark-end text:name="{name}"/>'
    )


def _grid(to: Writer, table: Table, rows: str) -> Iterator[str]:
    n, whole = to.next("table"), to.frames[to.wide][0]
    yield to.paragraph(table.caption, CAPTION if table.caption else CELL)
    columns = "".join(
        f'<table:table-column table:style-name="{to.column(width)}"/>'
        for width in widths(table, whole)
    )
    title = f"<table:title>{escape(clean(table.caption, to.words))}</table:title>"
    yield (
        f'<table:table table:name="AuditTable{n}" table:style-name="AuditTable{int(to.wide)}">'
        f"{title if table.caption else ''}{columns}{rows}</table:table>"
    )


def _picture(to: Writer, told: Figure) -> str:
    n, (wide, high) = to.next("figure"), to.frames[to.wide]
    across, down = size_of(told.svg, wide, high * 0.7)
    name = f"Pictures/audit-figure{n}.svg"
    to.pictures.append((name, told.svg.encode("utf-8", "replace")))
    alt = escape(clean(told.alt, to.words))
    title = escape(clean(told.caption, to.words))
    return (
        f'<text:p text:style-name="{FIGURE}"><draw:frame draw:name="AuditFigure{n}" '
        f'draw:style-name="AuditFrame" text:anchor-type="as-char" svg:width="{across / 100:.2f}mm" '
        f'svg:height="{down / 100:.2f}mm"><draw:image xlink:href="{name}" xlink:type="simple" '
        'xlink:show="embed" xlink:actuate="onLoad" draw:mime-type="image/svg+xml"/>'
        f"<svg:title>{title}</svg:title><svg:desc>{alt}</svg:desc></draw:frame></text:p>"
    )
