"""JSON and JSON lines: every record flattened, the paths of its fields as columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from auditor.classify.content.contents import Content, Prose, Table
from auditor.classify.content.sources import Source
from auditor.classify.content.texting import beginning

_FIELDS, _VALUES, _DEEP, _CELL = 400, 2000, 24, 4000
_decode = json.JSONDecoder().raw_decode


def suits(head: bytes, name: str) -> int:
    """A text that begins as an object or an array."""
    text = beginning(head)[:4096].lstrip("\ufeff \t\r\n\x1e")
    if text[:1] == "{":
        return 5 if '"' in text[:200] else 0
    return 5 if text[:1] == "[" and text[1:].lstrip()[:1] in ("{", "[", '"', "]", "") else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """Its records as one table, however many a document holds, and its texts as prose."""
    records = list(_records(source.text, source.limits.per_table_max_rows))
    for text in source.further:
        records += list(_lines(text, source.limits.per_table_max_rows // 4))
    table = flattened(records)
    if table.columns:
        yield table
    if not records or len(table.columns) < 3:
        yield Prose("\n".join((source.text, *source.further)))


def flattened(records: list[Any]) -> Table:
    """Records as columns: a column is a path of fields, whatever list it leads through."""
    columns: dict[str, list[str]] = {}
    for record in records:
        _flatten(record, "", columns, 0)
    rows = max(map(len, columns.values()), default=0)
    return Table(tuple(columns), tuple(columns.values()), rows=max(rows, len(records)))


def _flatten(value: Any, path: str, columns: dict[str, list[str]], depth: int) -> None:
    if depth > _DEEP:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(inner, f"{path}.{key}"[-120:] if path else str(key)[-120:], columns, depth + 1)
    elif isinstance(value, list):
        for inner in value[:_VALUES]:
            _flatten(inner, path, columns, depth + 1)
    elif value is not None and (path in columns or len(columns) < _FIELDS):
        values = columns.setdefault(path, [])
        if len(values) < _VALUES:
            values.append(str(value)[:_CELL])


def _records(text: str, most: int) -> Iterator[Any]:
    text = text.lstrip("\ufeff \t\r\n\x1e")
    try:
        first, end = _decode(text)
    except (ValueError, RecursionError):
        yield from _cut(text, most)
        return
    yield from first[:most] if isinstance(first, list) else (first,)
    yield from _lines(text[end:], most)


def _lines(text: str, most: int) -> Iterator[Any]:
    for line in text.splitlines()[:most]:
        line = line.strip("\x1e ,\t")
        if line[:1] in ("{", "["):
            try:
                yield _decode(line)[0]
            except (ValueError, RecursionError):
                continue


def _cut(text: str, most: int) -> Iterator[Any]:
    """The whole objects of a document that is cut: those of its longest array."""
    at, given = text.find("[") + 1, 0
    while 0 < at < len(text) and given < most:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            found, at = _decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("[", at + 1) + 1
            continue
        yield found
        given += 1
