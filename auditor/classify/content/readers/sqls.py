"""SQL dumps: rows of INSERT and COPY, and columns of tables that have no row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.classify.content.contents import Content, Table
from auditor.classify.content.sources import Source
from auditor.classify.content.texting import beginning

_NAME = r"[`\"\[]?([\w$]+)[`\"\]]?"
_MARK = re.compile(rf"(?im)^\s*(?:insert\s+into|create\s+table|copy\s+{_NAME}(?:\.{_NAME})?\s*\()")
_INSERT = re.compile(
    rf"(?is)insert\s+(?:ignore\s+)?into\s+(?:{_NAME}\.)?{_NAME}\s*(?:\(([^()]*)\))?\s*values\s*"
)
_TUPLE = re.compile(r"\s*,?\s*\(((?:[^()']|'(?:[^'\\]|\\.|'')*')*)\)")
_VALUE = re.compile(r"\s*(?:[NnEe]?'((?:[^'\\]|\\.|'')*)'|([^,]*))\s*(?:,|$)")
_COPY = re.compile(rf"(?im)^copy\s+(?:{_NAME}\.)?{_NAME}\s*\(([^)]*)\)\s+from\s+stdin[^\n]*\n")
_CREATE = re.compile(
    rf"(?is)create\s+table\s+(?:if\s+not\s+exists\s+)?(?:{_NAME}\.)?{_NAME}\s*\((.*?)\)\s*(?:;|engine|$)"
)
_COLUMN = re.compile(rf"(?m)^\s*{_NAME}\s+[A-Za-z]")
_NOT_COLUMNS = frozenset(("primary", "key", "constraint", "unique", "foreign", "index", "check"))
_ROWS = 1000


def suits(head: bytes, name: str) -> int:
    """A text with the statements of a dump."""
    text = beginning(head)
    return 4 if text and _MARK.search(text) and "(" in text else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """One table for each that has rows, then those that have none."""
    text = "\n".join((source.text, *source.further))
    made = {m[2].lower(): _columns_of(m[3]) for m in _CREATE.finditer(text)}
    rows: dict[str, list[list[str]]] = {}
    names: dict[str, list[str]] = {}
    for found in _INSERT.finditer(text):
        table = found[2].lower()
        listed = rows.setdefault(table, [])
        names[table] = _listed(found[3]) if found[3] else made.get(table, [])
        at = found.end()
        while len(listed) < _ROWS and (one := _TUPLE.match(text, at)):
            listed.append([a or b.strip() for a, b in _VALUE.findall(one[1])][:-1] or [one[1]])
            at = one.end()
    for found in _COPY.finditer(text):
        table = found[2].lower()
        names[table] = _listed(found[3])
        block = text[found.end() : found.end() + (1 << 18)].split("\n\\.", 1)[0]
        rows.setdefault(table, []).extend(line.split("\t") for line in block.splitlines()[:_ROWS])
    for table, listed in rows.items():
        yield _table(table, names.get(table, []), listed)
    for table, columns in made.items():
        if table not in rows:
            yield Table(tuple(columns), tuple(() for _ in columns), table)


def _table(name: str, columns: list[str], rows: list[list[str]]) -> Table:
    width = len(columns) or max(map(len, rows), default=0)
    kept = [r for r in rows if len(r) >= width] if width else []
    values = tuple(tuple(r[n][:4000] for r in kept) for n in range(width))
    return Table(tuple(columns or [""] * width), values, name, len(kept))


def _listed(text: str) -> list[str]:
    return [c.strip(' \t\r\n`"[]') for c in text.split(",")]


def _columns_of(body: str) -> list[str]:
    lines = body if "\n" in body.strip() else body.replace(",", "\n")
    return [c for c in _COLUMN.findall(lines) if c.lower() not in _NOT_COLUMNS]
