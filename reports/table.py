"""Findings as a table: RFC 4180 for programs, and what a French Excel opens without a question."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from auditor.sdk import inert, renderer

from ._findings import finding_columns, finding_row
from ._saying import title_of

_MARK = b"\xef\xbb\xbf"  # tells spreadsheets that it is UTF-8
_DIGITS = re.compile(r"\d[\d.,:/eE+ -]*")  # an account, a uid: a number or a day to a spreadsheet


@renderer("csv", suffix=".csv", media_type="text/csv; charset=utf-8")
def findings_table(report: Any, words: Any) -> Iterator[bytes]:
    """One line per finding; formulas are defused, the mark tells spreadsheets it is UTF-8."""
    rows = (map(inert, row) for row in _rows(report, words))
    return _sent(rows, ",")


@renderer("csv-fr", suffix="-excel.csv", media_type="text/csv; charset=utf-8")
def findings_for_excel(report: Any, words: Any) -> Iterator[bytes]:
    """The same lines with semicolons; accounts stay texts, and the day of the law is beside."""
    day, named = words.date(report.as_of), words("Law applied as of")
    rows = ((*map(_kept, row), day if at else named) for at, row in enumerate(_rows(report, words)))
    return _sent(rows, ";")


def _rows(report: Any, words: Any) -> Iterator[tuple[str, ...]]:
    """The names of the columns, then the findings."""
    yield (*finding_columns(words), words("Statement"), words("Finding"))
    titles: dict[str, str] = {}
    for finding in report.findings():
        if finding.rule not in titles:
            titles[finding.rule] = title_of(report, words, finding.rule)
        yield (*finding_row(report, words, finding), titles[finding.rule], finding.uid)


def _kept(cell: str) -> str:
    """A cell that a spreadsheet shows as it is: an apostrophe says that it is a text."""
    return "'" + cell if _DIGITS.fullmatch(cell) else inert(cell)


def _sent(rows: Iterable[Iterable[str]], separator: str) -> Iterator[bytes]:
    """Lines ended as RFC 4180 says, one at a time."""
    yield _MARK
    sheet = StringIO(newline="")
    lines = csv.writer(sheet, delimiter=separator)
    for row in rows:
        lines.writerow(row)
        yield sheet.getvalue().encode("utf-8", "replace")
        sheet.seek(0)
        sheet.truncate()
