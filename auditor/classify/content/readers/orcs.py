"""ORC: the columns and first rows of a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from auditor.classify.content.contents import Content, Table
from auditor.classify.content.sources import Source

_ROWS, _CELL = 400, 2000


def suits(head: bytes, name: str) -> int:
    """By its first bytes."""
    return 9 if head.startswith(b"ORC") else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """Its first rows as one table."""
    import pyorc

    try:
        file: Any = pyorc.Reader(
            cast(Any, source), batch_size=64, struct_repr=pyorc.StructRepr.DICT
        )
        columns = [str(c) for c in file.schema.fields][:400]
        rows = list(islice(file, _ROWS))
    except pyorc.ORCError:
        raise ValueError("orc") from None
    values = tuple(tuple(_told(r.get(c)) for r in rows) for c in columns)
    yield Table(tuple(columns), values, rows=len(rows))


def _told(value: object) -> str:
    return "" if value is None else str(value)[:_CELL]
