"""Excel workbooks: the first rows of every sheet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import islice

from auditor.classify.content.contents import Content, Prose
from auditor.classify.content.sources import Source
from auditor.model import Reason, Unknown

from .delimited import table_of

_SHEETS, _ROWS, _COLUMNS = 12, 400, 200
_EXPANDED = 1 << 25  # bytes: of the texts that all cells share
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def suits(head: bytes, name: str) -> int:
    """By what the archive holds, or by the old mark."""
    if head.startswith(_OLD):
        return 5
    first = head[:4096]
    return (
        8
        if head.startswith(b"PK\x03\x04")
        and (b"xl/" in first or name.lower().endswith((".xlsx", ".xlsm")))
        else 0
    )


def read(source: Source, name: str) -> Iterator[Content]:
    """A table for each sheet; an encrypted workbook gives why not."""
    if source.head.startswith(_OLD):
        yield from _old(source)
        return
    import openpyxl

    with zipfile.ZipFile(source) as archive:
        large = max(
            (i.file_size for i in archive.infolist() if "sharedStrings" in i.filename), default=0
        )
        if large > _EXPANDED:
            yield Prose(_strings(archive, source))
            return
    book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets[:_SHEETS]:
            rows = islice(sheet.iter_rows(max_col=_COLUMNS, values_only=True), _ROWS)
            yield table_of(_trimmed([["" if v is None else str(v) for v in r] for r in rows]))
    finally:
        book.close()


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Rows that are not empty, as wide as the widest is filled."""
    kept = [row for row in rows if any(row)]
    width = max((n + 1 for row in kept for n, v in enumerate(row) if v), default=0)
    return [row[:width] for row in kept]


def _old(source: Source) -> Iterator[Content]:
    import xlrd

    content = source.range(0, source.size)
    if "EncryptedPackage".encode("utf-16-le") in content:
        yield Unknown(Reason.ENCRYPTED)
        return
    book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=_Silent())
    for number in range(min(book.nsheets, _SHEETS)):
        sheet = book.sheet_by_index(number)
        yield table_of([
            [str(v) for v in sheet.row_values(r, 0, _COLUMNS)]
            for r in range(min(sheet.nrows, _ROWS))
        ])  # fmt: skip


def _strings(archive: zipfile.ZipFile, source: Source) -> str:
    name = next(i.filename for i in archive.infolist() if "sharedStrings" in i.filename)
    with archive.open(name) as file:
        return file.read(source.limits.per_object_head_bytes).decode("utf-8", "replace")


class _Silent:
    """A log that keeps nothing: libraries write what they read into theirs."""

    def write(self, text: str) -> int:
        return len(text)
