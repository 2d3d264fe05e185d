"""Parquet: the footer first, then the columns that say most, as long as the budget lasts.

A column's first values need its dictionary and its first page only. Which columns are worth their
bytes is decided from the footer: those that cost little, before those that cost much.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.classify.content.contents import Content, Table
from auditor.classify.content.sources import BudgetSpent, Source

_ROWS, _BUFFER, _CELL = 1000, 1 << 14, 2000
_PAGE = 1 << 20  # most bytes that a dictionary and a first page may take, expanded
_COLUMNS = 400
_MOST = 1_000_000  # bytes of a file, of which a page may take a little more than it was thought


def suits(head: bytes, name: str) -> int:
    """By its first bytes."""
    return 9 if head.startswith(b"PAR1") else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """One table: every column's name, and values of those that the budget reaches."""
    pq = _library()
    with pq.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False, memory_map=False) as file:
        told = file.metadata
        columns = [told.schema.column(n) for n in range(min(told.num_columns, _COLUMNS))]
        paths = [c.path for c in columns]
        values: dict[str, tuple[str, ...]] = {}
        for cost, path in sorted(_costs(told, paths)) if told.num_row_groups else ():
            if source.spent + cost > _MOST:
                continue
            try:
                values[path] = _values(file, path)
            except BudgetSpent:
                break
        rows = max([*map(len, values.values()), min(told.num_rows, 1)])
        yield Table(tuple(paths), tuple(values.get(p, ()) for p in paths), rows=rows)


def _library() -> Any:
    """pyarrow, imported when a file needs it; its pool gives memory back at once."""
    import os

    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    import pyarrow.parquet

    return pyarrow.parquet


def _costs(told: Any, paths: list[str]) -> Iterator[tuple[int, str]]:
    """What the first values of each column cost, where a page is not too large to be expanded."""
    group = told.row_group(0)
    for number, path in enumerate(paths):
        column = group.column(number)
        if not column.data_page_offset or not column.num_values:
            continue
        has_dictionary = column.has_dictionary_page and column.dictionary_page_offset is not None
        dictionary = (
            column.data_page_offset - column.dictionary_page_offset if has_dictionary else 0
        )
        page = min(column.total_compressed_size - dictionary, _PAGE)
        ratio = column.total_uncompressed_size / max(1, column.total_compressed_size)
        if 0 <= dictionary <= _PAGE and page >= 0 and ratio < 1000:
            yield dictionary + min(page, _BUFFER * 4), path


def _values(file: Any, path: str) -> tuple[str, ...]:
    for batch in file.iter_batches(_ROWS, row_groups=[0], columns=[path], use_threads=False):
        return tuple(_told(v) for array in batch.columns for v in _flat(array))
    return ()


def _flat(array: Any) -> list[object]:
    """The values of a column, those within lists and structures too."""
    from pyarrow import types

    while types.is_struct(array.type) or types.is_list(array.type):
        parts = array.flatten()
        array = parts[0] if isinstance(parts, list) else parts
    listed: list[object] = array[:_ROWS].to_pylist()
    return listed


def _told(value: object) -> str:
    if isinstance(value, bytes):
        return value[:_CELL].decode("utf-8", "replace")
    return "" if value is None else str(value)[:_CELL]
