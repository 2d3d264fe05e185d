"""How a table lies on a page: the width of its columns, and which of them hold figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import sqrt

from ._blocks import Blank, Cell, Table

LINE = {False: 118, True: 180}  # characters on a line of a table: portrait, landscape
_GUTTER = 4  # what the margins of a cell take
_BOX = 3  # what the box of a field takes
ROW, WHOLE = 25, 17  # lines of a row, and of a table, that stay on one page
_WORD, _ID, _TEXT = 20, 13, 45  # characters of a word, an id and a text that get all their room
_FIGURES = re.compile(r"[-+−–—]?\d{1,6}([ ,.\u202f\u00a0]\d+)*([ \u00a0]?[%\w]{1,3})?|[—–-]?")


def shown(cell: Cell) -> str:
    """What a cell says."""
    return cell.text if isinstance(cell, Blank) else cell


def is_wide(table: Table) -> bool:
    """Whether its words do not fit a portrait page, or many columns of long texts stand high."""
    least, wants = _asked(table)
    return sum(least) > LINE[False] or (len(least) > 6 and sum(wants) > 1.6 * LINE[False])


def widths_of(table: Table, wide: bool) -> list[int]:
    """How many characters each column gets: as the story shares, else as its texts ask."""
    line = LINE[wide]
    least, wants = _asked(table)
    if table.shares:
        whole = sum(table.shares) or 1
        return [max(low, line * s // whole) for low, s in zip(least, table.shares, strict=True)]
    room, wanted = line - sum(least), sum(wants) - sum(least)
    if room <= 0 or wanted <= 0:
        return least
    return [
        low + (want - low) * room // max(wanted, room // 2)
        for low, want in zip(least, wants, strict=True)
    ]


def lines_of(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """About how many lines a row takes."""
    return max(
        1 + len(_room(cell)) // max(1, width - 2) + isinstance(cell, Blank)
        for cell, width in zip(row, widths, strict=True)
    )


def figures_in(cells: Iterable[str]) -> bool:
    """Whether a column holds figures only, which stand under one another at the right."""
    found = list(cells)
    return any(found) and all(_FIGURES.fullmatch(cell) for cell in found)


def _asked(table: Table) -> tuple[list[int], list[int]]:
    """The least that each column needs, and what it would like."""
    columns = [
        [heading, *(_room(row[at]) for row in table.rows)]
        for at, heading in enumerate(table.columns)
    ]
    least = [_longest_word(cells) + _GUTTER for cells in columns]
    usual = (_usual(cells) + _GUTTER for cells in columns)
    return least, [max(low, want) for low, want in zip(least, usual, strict=True)]


def _room(cell: Cell) -> str:
    """A text as long as the cell: a field to complete stays on one line, in its box."""
    return "x" * (len(cell.text) + _BOX) if isinstance(cell, Blank) else cell


def _longest_word(cells: Sequence[str]) -> int:
    """The room of the longest word; an id may break, and asks less."""
    return max(
        (
            min(len(word), _WORD if word.isalpha() else _ID)
            for cell in cells
            for word in cell.split()
        ),
        default=1,
    )


def _usual(cells: Sequence[str]) -> int:
    """The room that most texts of a column ask: a longer one asks more, and folds more."""
    lengths = sorted(map(len, cells))
    usual = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    return min(usual, _TEXT) + int(3 * sqrt(max(0, usual - _TEXT)))
