"""The tables that the portal of Azure gives of a query: one row a resource, JSON in its cells."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from auditor.sdk import SettingsError

from ._events import BrokenJson, events_of, lifted
from ._lifting import Keep

_Text = Callable[[], Iterator[bytes]]
_COLUMNS = {"id", "type"}  # of those that make a row, written in any case
_NAMES = {name.lower(): name for name in (
    "id", "name", "type", "kind", "location", "tags", "sku", "properties", "subscriptionId",
    "tenantId", "resourceGroup", "zones", "identity", "managedBy", "extendedLocation", "plan",
)}  # fmt: skip


def is_table(text: _Text) -> bool:
    """Whether a text begins with the names of columns."""
    start = b""
    for piece in text():
        start += piece
        if b"\n" in start or len(start) > 1 << 16:
            break
    first = start.lstrip().splitlines()[:1]
    line = first[0].decode("utf-8", "replace").lower() if first else ""
    if line[:1] in ("{", "["):
        return False
    return {name.strip(' "') for name in line.split(_separator(line))} >= _COLUMNS


def _separator(line: str) -> str:
    return max(",;\t", key=line.count)


def table(text: _Text, row: Keep) -> Iterator[dict[str, Any]]:
    """The rows of a table, as far as they are kept."""
    lines = _lines(text())
    first = next(lines)
    csv.field_size_limit(min(sys.maxsize, 1 << 31))
    names = next(csv.reader([first], delimiter=_separator(first)))
    known = [_NAMES.get(name.strip().lower()) for name in names]
    reader = csv.reader(lines, delimiter=_separator(first))
    try:
        for cells in reader:
            if cells:
                yield _row(zip(known, cells, strict=False), row)
    except csv.Error:
        pass
    else:
        return
    raise SettingsError(
        "a table that cannot be read from line {line} on", hint="export it again",
        line=reader.line_num + 1,
    )  # fmt: skip


def _row(cells: Iterable[tuple[str | None, str]], keep: Keep) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, cell in cells:
        below = keep.child(name) if name else None
        if name and below is not None and cell not in ("", "null"):
            value = _value(cell, below)
            if value is not None:
                told[name] = value
    return told


def _value(cell: str, keep: Keep) -> Any:
    """What a cell says: JSON where it is an object or a list, else its text."""
    if cell[:1] not in "{[":
        return cell if keep.whole else None
    events = events_of(lambda: [cell.encode("utf-8", "replace")])
    try:
        return lifted(next(events), events, keep)
    except (BrokenJson, StopIteration):
        return None


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line.decode("utf-8", "replace") + "\n" for line in whole)
    if rest:
        yield rest.decode("utf-8", "replace")
