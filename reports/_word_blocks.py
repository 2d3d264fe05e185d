"""A story's blocks as WordprocessingML: every text is escaped into `w:t`, and is nothing but text.

Fields, links and controls are only those written here; none of them holds a stranger's text as an
instruction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    title_of,
    widths,
)  # fmt: skip
from ._word_pictures import picture

LOOKS = {"lead": "Audit Lead", "note": "Audit Note", "warning": "Audit Warning"}
_LONG = 400  # letters in a row: it may go on on the next page


@dataclass
class Writer:
    """What the writing of one document goes through: its styles, its words, what is numbered."""

    words: Any
    styles: dict[str, str]  # the id of each style in this document, by its name
    width: int  # of a line, in twentieths of a point
    height: int
    image: Callable[[str, bytes], str]  # keeps a picture, and gives its relation
    ordered: Callable[[], int]  # a new numbering for each list
    bulleted: int
    top: int = 2  # the level of the sections that stand in the contents
    count: dict[str, int] = field(default_factory=dict)

    def next(self, kind: str) -> int:
        """The next number of its kind, from one."""
        self.count[kind] = self.count.get(kind, 0) + 1
        return self.count[kind]

    def style(self, name: str) -> str:
        """What says that a paragraph is of a style."""
        return f'<w:pStyle w:val="{self.styles[name]}"/>'

    def said(self, text: object) -> str:
        """A text as a run."""
        shown = escape(clean(text, self.words))
        return f'<w:r><w:t xml:space="preserve">{shown}</w:t></w:r>'

    def paragraph(self, text: object, name: str, more: str = "") -> str:
        """A paragraph of a style."""
        return f"<w:p><w:pPr>{self.style(name)}{more}</w:pPr>{self.said(text)}</w:p>"


def heading(to: Writer, section: Section, anchor: str, more: str = "") -> str:
    """A title that the contents lead to, and its own name; a mark is a coloured line beside it."""
    colour = COLOURS.get(section.mark, "")
    line = f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="6" w:color="{colour}"/></w:pBdr>'
    marks = [to.next("bookmark") for _ in (anchor, section.id) if _]
    names = [name for name in (anchor, section.id) if name]
    starts = "".join(
        f'<w:bookmarkStart w:id="{n}" w:name={quoteattr(name[:40])}/>'
        for n, name in zip(marks, names, strict=True)
    )
    ends = "".join(f'<w:bookmarkEnd w:id="{n}"/>' for n in marks)
    style = to.style(f"heading {rank(section, to.top)}")
    text = to.said(title_of(section, to.words))
    held = f"<w:pPr>{style}{more}{line if colour else ''}</w:pPr>"
    return f"<w:p>{held}{starts}{text}{ends}</w:p>"


def block(to: Writer, told: Block) -> Iterator[str]:
    """A block, as paragraphs and tables."""
    match told:
        case Text():
            yield to.paragraph(told.text, LOOKS.get(told.look, "Normal"))
        case Items():
            yield from _items(to, told)
        case Fields():
            yield from _fields(to, told)
        case Table():
            yield from _table(to, told)
        case Figure():
            if told.svg:
                yield picture(to, told)
                yield to.paragraph(told.caption, "caption")
            yield from _table(to, told.table)


def _items(to: Writer, told: Items) -> Iterator[str]:
    numbering = to.ordered() if told.ordered else to.bulleted
    held = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
    for item in told.items[:MOST]:
        yield to.paragraph(item, "List Number" if told.ordered else "List Bullet", held)
    if len(told.items) > MOST:
        yield to.paragraph(left_out(to.words, len(told.items) - MOST), "Audit Note")


def _fields(to: Writer, told: Fields) -> Iterator[str]:
    form = Table(told.caption, ("", ""), (), 0, (), (2, 3))
    yield _caption(to, form)
    label, value = widths(form, to.width)
    rows = [
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(to, name, label, 'Audit Table Heading')}"
        f"{_cell(to, held, value, alias=name)}</w:tr>"
        for name, held in told.fields[:MOST]
    ]
    yield _grid(to, form, (label, value), "firstColumn", rows)


def _table(to: Writer, table: Table) -> Iterator[str]:
    sizes = widths(table, to.width)
    yield _caption(to, table)
    head = "".join(
        _cell(to, column, size, "Audit Table Heading")
        for column, size in zip(table.columns, sizes, strict=False)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    rows += [_row(to, table, row, sizes, mark) for row, mark in marks_of(table)]
    if not table.rows:
        nothing = _cell(to, to.words("Nothing."), to.width, span=len(table.columns))
        rows.append(f"<w:tr>{nothing}</w:tr>")
    yield _grid(to, table, sizes, "firstRow", rows)
    if left := left_of(table):
        yield to.paragraph(left_out(to.words, left), "Audit Note")


def _caption(to: Writer, table: Table) -> str:
    """What stands above a table; something must, or Word makes one table of two."""
    return to.paragraph(table.caption, "caption" if table.caption else "Audit Table Text")


def _row(to: Writer, table: Table, row: tuple[Cell, ...], sizes: list[int], mark: str) -> str:
    short = max((len(str(cell)) for cell in row), default=0) < _LONG
    told = (*row, *("",) * (len(sizes) - len(row)))[: len(sizes)]
    cells = "".join(
        _cell(to, cell, size, mark="" if at else mark, alias=table.columns[at])
        for at, (cell, size) in enumerate(zip(told, sizes, strict=True))
    )
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if short else ""
    return f"<w:tr>{whole}{cells}</w:tr>"


def _cell(
    to: Writer, cell: Cell, size: int, name: str = "Audit Table Text", *,
    mark: str = "", span: int = 1, alias: str = "",
) -> str:  # fmt: skip
    colour = COLOURS.get(mark, "")
    line = f'<w:left w:val="single" w:sz="36" w:space="0" w:color="{colour}"/>' if colour else ""
    more = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (
        f"<w:tcBorders>{line}</w:tcBorders>" if line else ""
    )
    held = f'<w:tcW w:w="{size}" w:type="dxa"/>{more}'
    text = blank(to, cell, alias) if isinstance(cell, Blank) else to.said(cell)
    return f"<w:tc><w:tcPr>{held}</w:tcPr><w:p><w:pPr>{to.style(name)}</w:pPr>{text}</w:p></w:tc>"


def blank(to: Writer, told: Blank, alias: str) -> str:
    """A field to complete: a control that says where the dossier holds its answer.

    It is also a bookmark: LibreOffice before 7.5 forgets what a control is called.
    """
    n, mark = to.next("control"), to.next("bookmark")
    tag, shown = quoteattr(key_of(told.key)), escape(clean(told.text, to.words))
    title = quoteattr(key_of(clean(alias, to.words, 60)) or key_of(told.key))
    return (
        f'<w:bookmarkStart w:id="{mark}" w:name="{name_of(told.key, n)}"/>'
        f'<w:sdt><w:sdtPr><w:alias w:val={title}/><w:tag w:val={tag}/><w:id w:val="{n}"/>'
        "<w:showingPlcHdr/></w:sdtPr>"
        f'<w:sdtContent><w:r><w:rPr><w:rStyle w:val="{to.styles["Audit Blank"]}"/></w:rPr>'
        f'<w:t xml:space="preserve">{shown}</w:t></w:r></w:sdtContent></w:sdt>'
        f'<w:bookmarkEnd w:id="{mark}"/>'
    )


def _grid(
    to: Writer, table: Table, sizes: tuple[int, ...] | list[int], first: str, rows: list[str]
) -> str:
    said = quoteattr(clean(table.caption, to.words, 200))
    caption = f"<w:tblCaption w:val={said}/>" if table.caption else ""
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    looks = {"firstRow": "0020", "firstColumn": "0080"}
    flags = " ".join(
        f'w:{name}="{int(name == first)}"' for name in ("firstRow", "lastRow", "firstColumn")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{to.styles["Audit Table"]}"/>'
        f'<w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{looks[first]}" {flags} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
