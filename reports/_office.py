"""What Word and LibreOffice documents share: clean text, measures, archives of fixed bytes."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from typing import Any

from ._blocks import Cell, Figure, Section, Table

MOST = 500  # rows of a table: word processors slow down long before a spreadsheet does
WIDE = 7  # columns that a page held upright can show
OURS = "_audit_body"  # a bookmark: a document of ours given as a template is known by it
LANG = {"fr": "fr-FR", "en": "en-GB"}
COLOURS = {
    "blocking": "B3261E", "critical": "B3261E", "major": "C2570C", "minor": "6B7280",
    "info": "9CA3AF",
}  # fmt: skip
_LETTERS, _TITLE = 1000, 200  # of one cell or paragraph, of one title: the rest is counted
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST = (1980, 1, 1, 0, 0, 0)


def clean(text: object, words: Any, most: int = _LETTERS) -> str:
    """A text on one line that XML can hold, and that a page can: what is cut is counted."""
    shown = _INVALID.sub("\N{REPLACEMENT CHARACTER}", str(text))
    shown = shown.replace("\r\n", " ").translate({9: " ", 10: " ", 13: " "})
    if len(shown) <= most + 40:
        return shown
    left = words("… ({n} more characters)", n=words.number(len(shown) - most))
    return f"{shown[:most]}{left}"


def title_of(section: Section, words: Any) -> str:
    """The title of a section, that strangers cannot make endless."""
    return clean(section.title, words, _TITLE)


def rank(section: Section, top: int) -> int:
    """Which heading a section has: those that stand in the contents have the first."""
    return min(3, max(1, section.level - top + 1))


def key_of(key: str) -> str:
    """Where the dossier says what is missing, in the 64 characters that Word gives to a tag."""
    known = _INVALID.sub("\N{REPLACEMENT CHARACTER}", key)
    if len(known.encode("utf-16-le")) <= 128:
        return known
    return f"{known[:25]}…{sha256(known.encode()).hexdigest()[:8]}"


def name_of(key: str, n: int) -> str:
    """A bookmark for what is missing: letters, digits and lines, and none of another's name."""
    return f"todo_{re.sub(r'[^a-zA-Z0-9]+', '_', key)[:28]}_{n}"


def marks_of(table: Table) -> Iterator[tuple[tuple[Cell, ...], str]]:
    """The rows that are shown, each with its mark."""
    for at, row in enumerate(table.rows[:MOST]):
        yield row, table.marks[at] if at < len(table.marks) else ""


def left_of(table: Table) -> int:
    """How many rows are not shown."""
    return table.more + max(0, len(table.rows) - MOST)


def left_out(words: Any, n: int) -> str:
    """What is said under a table that goes on."""
    return str(
        words(
            "Rows not shown here: {n}. The JSON format holds them all; CSV, every finding.",
            n=words.number(n),
        )
    )


def widths(table: Table, whole: int) -> list[int]:
    """How wide each column is, so that they fill the line; by what they hold when nothing says."""
    n = max(1, len(table.columns))
    told = len(table.shares) == n and all(share > 0 for share in table.shares)
    parts = table.shares if told else [_needed(table, at) for at in range(n)]
    edges = [whole * sum(parts[:at]) // sum(parts) for at in range(n + 1)]
    return [end - start for start, end in pairwise(edges)]


def _needed(table: Table, at: int) -> int:
    """How wide a column is beside the others: its longest words, and what its cells hold."""
    cells = [str(row[at]) for row in table.rows[:50] if at < len(row)]
    title = max(map(len, table.columns[at].split()), default=0) if table.columns else 0
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    held = sum(map(len, cells)) // max(1, len(cells))
    return max(max(title, min(14, word)) * 8 // 5 + 5, min(40, held + 2))  # bold, and its margins


def lying(sections: Sequence[Section]) -> list[bool]:
    """Which sections lie on a wide page: those with a wide table, and a title right above one."""
    wide = [any(len(t.columns) > WIDE for t in map(_table_of, one.blocks) if t) for one in sections]
    for at in range(len(sections) - 2, -1, -1):
        if not sections[at].blocks and sections[at].level < sections[at + 1].level:
            wide[at] = wide[at + 1]
    return wide


def _table_of(block: object) -> Table | None:
    return block.table if isinstance(block, Figure) else block if isinstance(block, Table) else None


def size_of(svg: str, width: float, height: float) -> tuple[float, float]:
    """The size of a picture that keeps its proportions and fits in a frame."""
    root = (re.search(r"<svg\b[^>]*>", svg) or [""])[0]
    box = re.search(r'viewBox\s*=\s*"\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)', root)
    sides = box.groups() if box else [
        (re.search(rf'\b{side}\s*=\s*"([\d.]+)', root) or ["", ""])[1]
        for side in ("width", "height")
    ]  # fmt: skip
    try:
        wide, high = float(sides[0]), float(sides[1])
    except ValueError:
        wide, high = 16.0, 9.0
    wide, high = (wide, high) if wide > 0 and high > 0 else (16.0, 9.0)
    scale = min(width / wide, height / high)
    return wide * scale, high * scale


def grey(wide: float, high: float) -> bytes:
    """A plain picture of these proportions, for what cannot show a drawing."""
    columns = 64
    rows = max(1, min(256, round(columns * high / wide)))
    head = struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    line = b"\0" + b"\xee" * columns
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(line * rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def packed(members: Iterable[tuple[str, bytes]], stored: str = "") -> bytes:
    """An archive whose bytes say nothing of the day; `stored` is not squeezed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
