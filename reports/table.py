"""Findings as a table for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from auditor.sdk import inert, renderer

from ._findings import finding_columns, finding_row
from ._saying import title_of


@renderer("csv", suffix=".csv", media_type="text/csv; charset=utf-8")
def findings_table(report: Any, words: Any) -> Iterator[bytes]:
    """One line per finding; formulas are defused, the mark tells spreadsheets it is UTF-8."""
    yield b"\xef\xbb\xbf" + _line((*finding_columns(words), words("Statement"), words("Finding")))
    titles: dict[str, str] = {}
    for finding in report.findings():
        if finding.rule not in titles:
            titles[finding.rule] = title_of(report, words, finding.rule)
        yield _line((*finding_row(report, words, finding), titles[finding.rule], finding.uid))


def _line(cells: Iterable[str]) -> bytes:
    sheet = StringIO(newline="")
    csv.writer(sheet).writerow(map(inert, cells))
    return sheet.getvalue().encode("utf-8", "replace")
