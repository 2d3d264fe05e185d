"""Tables as text: comma, semicolon, tab or pipe between values, with a header or without."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from auditor.classify.content.contents import Content, Table
from auditor.classify.content.sources import Source
from auditor.classify.content.texting import BEGINNING, beginning

_BETWEEN = ",;\t|^~ "
_LINES = 40
_WIDEST = 2000  # columns
_LONGEST = 100_000  # characters of a field
_CELL = 4000


def suits(head: bytes, name: str) -> int:
    """A text whose lines have the same number of the same separator."""
    text = beginning(head)
    return 3 if text and separator_of(text, whole=len(head) < BEGINNING) else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """The table: header and first rows, then rows from further on."""
    between = separator_of(beginning(source.head), whole=source.size < BEGINNING)
    most = source.limits.per_table_max_rows
    rows = list(islice(_rows(source.text, between), most))
    if source.size > len(source.head) and len(rows) > 1:
        rows.pop()  # the last one may be cut
    rows = rows[: max(2, most * 2 // 3)] if source.further else rows
    width = Counter(map(len, rows)).most_common(1)[0][0]
    for text in source.further:
        rows += [r for r in islice(_rows(text, between), most) if len(r) == width][: most // 6]
    yield table_of(rows)


def table_of(rows: list[list[str]], name: str = "") -> Table:
    """A table of rows, its header told from its values."""
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    kept = [r for r in rows if len(r) == width][:5000]
    start = next((n for n, r in enumerate(kept[:3]) if is_header(r)), -1)
    header = kept[start] if start >= 0 else [""] * width
    body = kept[start + 1 :]
    columns = tuple(tuple(r[n][:_CELL] for r in body) for n in range(width))
    return Table(tuple(header), columns, name, len(body))


def is_header(row: list[str]) -> bool:
    """Whether a row names columns: words, each once, without values among them."""
    words = [c.strip() for c in row]
    filled = [w for w in words if w]
    if not filled or len(filled) < 0.5 * len(words) or len(set(filled)) < 0.9 * len(filled):
        return False
    names = sum(1 for w in filled if any(map(str.isalpha, w)) and len(w) <= 64 and not _valued(w))
    return names >= 0.8 * len(filled)


def _valued(word: str) -> bool:
    digits = sum(map(str.isdigit, word))
    return digits > 4 or digits > 0.4 * len(word) or "@" in word or word.count(" ") > 6


def separator_of(text: str, whole: bool = True) -> str:
    """What stands between values, "" when no separator is regular."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    lines = (lines if whole else lines[:-1])[:_LINES]
    if len(lines) < 2:
        return ""
    best, most = "", 1
    for between in _BETWEEN:
        counts = Counter(len(r) for r in _rows("\n".join(lines), between))
        if not counts:
            continue
        width, times = counts.most_common(1)[0]
        share = 0.8 if between != " " else 1.0  # blanks are in prose too
        regular = times >= share * sum(counts.values()) and times >= min(2, len(lines))
        regular = regular and (between != " " or (width >= 4 and len(lines) >= 8))
        if width > most and regular:
            best, most = between, width
    return best


def _rows(text: str, between: str) -> Iterator[list[str]]:
    if not between:
        return
    csv.field_size_limit(_LONGEST)
    lines = (line for line in StringIO(text.replace("\x00", "")) if line.strip())
    rows = csv.reader(lines, delimiter=between)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue
        if len(row) <= _WIDEST:
            yield row
