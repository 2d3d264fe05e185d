"""Findings as a table for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from auditor.sdk import inert, renderer

from ._story import finding_row, word


@renderer("csv", suffix=".csv", media_type="text/csv; charset=utf-8")
def findings_table(report: Any, words: Any) -> Iterator[bytes]:
    """One line per finding; formulas are defused, the mark tells spreadsheets it is UTF-8."""
    columns = ("Severity", "Rule", "Data store", "Account", "Region", "Health data", "Because",
               "Outcome", "Statement")  # fmt: skip
    yield b"\xef\xbb\xbf" + _line(words(c) for c in columns)
    titles = {id: report.facts.rule(id).title[words.lang] for id in report.summary.outcomes}
    for finding in report.findings():
        row = finding_row(report, words, finding)
        outcome = word(report, words, "outcome", finding.outcome)
        yield _line(map(inert, (*row, outcome, titles[finding.rule])))


def _line(cells: Any) -> bytes:
    sheet = StringIO(newline="")
    csv.writer(sheet).writerow(cells)
    return sheet.getvalue().encode()
