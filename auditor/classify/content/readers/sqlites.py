"""SQLite: the tables of a database and their first rows, read-only and in memory or in place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

from auditor.classify.content.contents import Content, Table
from auditor.classify.content.sources import Source
from auditor.model import Reason, Unknown

_TABLES, _ROWS, _CELL, _STEPS = 60, 400, 2000, 2_000_000
_IN_MEMORY = 1 << 23


def suits(head: bytes, name: str) -> int:
    """By its first bytes."""
    return 9 if head.startswith(b"SQLite format 3\x00") else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """A table for each table; a database too large to fetch gives why not."""
    if source.path is None and source.size > min(_IN_MEMORY, source.budget):
        yield Unknown(Reason.BUDGET)
        return
    with closing(_opened(source)) as base:
        steps = iter(range(_STEPS // 1000))
        base.set_progress_handler(lambda: next(steps, None) is None, 1000)
        base.execute("PRAGMA trusted_schema=OFF")
        listed = base.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND sql LIKE 'CREATE TABLE%' "
            f"AND name NOT LIKE 'sqlite_%' ORDER BY name LIMIT {_TABLES}"
        ).fetchall()
        yield Table(tuple(str(n) for (n,) in listed), tuple(() for _ in listed), "tables", 1)
        for (table,) in listed:
            yield _table(base, str(table))


def _opened(source: Source) -> sqlite3.Connection:
    if source.path is not None:
        uri = f"file:{quote(str(source.path.resolve()))}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True)
    base = sqlite3.connect(":memory:")
    base.deserialize(source.range(0, source.size))
    return base


def _table(base: sqlite3.Connection, name: str) -> Table:
    quoted = '"' + name.replace('"', '""') + '"'
    columns = [str(row[1]) for row in base.execute(f"PRAGMA table_info({quoted})")][:400]
    names = ", ".join(
        f'substr(CAST("{c.replace(chr(34), chr(34) * 2)}" AS TEXT), 1, {_CELL})' for c in columns
    )
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    rows = base.execute(f"SELECT {names} FROM {quoted} LIMIT {_ROWS}").fetchall() if names else []
    values = tuple(
        tuple("" if r[n] is None else str(r[n]) for r in rows) for n in range(len(columns))
    )
    return Table(tuple(columns), values, name, len(rows))
