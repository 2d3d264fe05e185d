"""The whole story as Markdown: for a wiki, a forge, an editor of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.sdk import renderer

from ._blocks import Blank, Block, Cell, Fields, Figure, Items, Section, Table, Text
from ._marks import line, markdown
from ._story import headline, tell

MOST = 500  # rows of findings, and of each other table: a forge still shows the page


@renderer("md", suffix=".md", media_type="text/markdown; charset=utf-8")
def story(report: Any, words: Any) -> Iterator[bytes]:
    """Titles, paragraphs, lists and pipe tables; every text of strangers is escaped."""
    yield _sent(f"# {markdown(headline(report, words))}\n")
    yield from told(tell(report, words, MOST), words)


def told(sections: Iterable[Section], words: Any) -> Iterator[bytes]:
    """Sections one after another, each with all its blocks."""
    for section in sections:
        yield _sent(f"\n{'#' * min(6, section.level)} {markdown(section.title)}\n")
        for block in section.blocks:
            yield _sent("\n" + "".join(f"{line}\n" for line in _lines(block, words)))


def _sent(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _lines(block: Block, words: Any) -> Iterator[str]:
    match block:
        case Text():
            yield _paragraph(block, words)
        case Items():
            for at, item in enumerate(block.items, 1):
                yield f"{at}. {line(item)}" if block.ordered else f"- {line(item)}"
        case Fields():
            yield from _form(block, words)
        case Table():
            yield from _table(block, words)
        case Figure():
            yield from _figure(block, words)


def _paragraph(block: Text, words: Any) -> str:
    if block.look == "warning":
        return f"> **{markdown(words.title(words('Warning')))}** {markdown(block.text)}"
    return f"> {line(block.text)}" if block.look == "note" else line(block.text)


def _form(block: Fields, words: Any) -> Iterator[str]:
    if block.caption:
        yield from (f"**{markdown(block.caption)}**", "")
    for label, value in block.fields:
        yield f"- **{markdown(words.title(label))}** {_cell(value, words)}".rstrip()


def _figure(block: Figure, words: Any) -> Iterator[str]:
    """What a picture says, in words, and the table that it was drawn from."""
    label = words("Figure: {caption}", caption=block.caption)
    yield from (f"**{markdown(label)}**", "", line(block.alt), "")
    yield from _table(block.table, words)


def _table(block: Table, words: Any) -> Iterator[str]:
    """A caption, and a row of pipes for each row: as many cells as there are columns."""
    wide = len(block.columns)
    yield from (f"**{markdown(block.caption)}**", "")
    yield _row(block.columns, wide, words)
    yield "|" + " --- |" * wide
    for row in block.rows or ((words("Nothing."),),):
        yield _row(row, wide, words)
    if block.more:
        said = words(
            "Rows not shown here: {n}. The JSON format holds them all; CSV, every finding.",
            n=words.number(block.more),
        )
        yield from ("", line(said))


def _row(cells: tuple[Cell, ...], wide: int, words: Any) -> str:
    shown = [_cell(cell, words) for cell in cells[:wide]]
    return "| " + " | ".join((*shown, *[""] * (wide - len(shown)))) + " |"


def _cell(cell: Cell, words: Any) -> str:
    """A cell; what a person must complete stands out, with where the dossier says it."""
    if not isinstance(cell, Blank):
        return markdown(cell)
    key = f" {markdown(cell.key)}" if cell.key else ""
    said = words.title(cell.text) if key else cell.text
    return f"**\\[{markdown(said)}{key}\\]**"
