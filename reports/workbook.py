"""A workbook of five tables: register, findings, plan, alignment, gaps; for those who filter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from auditor.sdk import Outcome, plain, renderer

from . import _sheet_alignment, _sheet_gaps, _sheet_plan, _sheet_register
from ._counted import Told
from ._director import holding
from ._findings import finding_columns, finding_row
from ._saying import title_of
from ._scope import whole
from ._sheets import Book, Column, workbook
from ._story import headline

_PIECE = 1 << 20
_WIDTHS = (18, 9, 22, 60, 22, 16, 14, 14, 80)  # of the columns of a finding
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@renderer("xlsx", suffix=".xlsx", media_type=XLSX)
def tables(report: Any, words: Any) -> Iterator[bytes]:
    """Written to a temporary file, a row at a time; sent in pieces."""
    header = report.header
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        path = Path(folder) / "audit.xlsx"
        with workbook(
            path, words, header.get("ended") or header["started"],
            title=headline(report, words), author=f"health-residency-auditor {header['version']}",
            comments=f"{header['run']}, {report.edition}",
        ) as book:  # fmt: skip
            _write(report, words, book)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _write(report: Any, words: Any, book: Book) -> None:
    """The sheets in the order of their tabs; findings are read first, for the register's counts."""
    told = Told()
    _about(report, words, book)
    listed = book.sheet(words("Register"), _sheet_register.columns(words))
    _findings(report, words, book, told)
    listed.fill(_sheet_register.rows(report, words, told))
    plan = book.sheet(words("Plan"), _sheet_plan.columns(report, words), wrapped=True)
    plan.fill(_sheet_plan.rows(report, words))
    items = book.sheet(words("Alignment"), _sheet_alignment.columns(words), wrapped=True, marked=3)
    items.fill(_sheet_alignment.rows(report, words))
    book.sheet(words("Gaps"), _sheet_gaps.columns(words)).fill(_sheet_gaps.rows(report, words))


def _about(report: Any, words: Any, book: Book) -> None:
    """What the workbook is of, and how to read it."""
    header = report.header
    sheet = book.sheet(
        words("In short"), (Column(words("What"), 28), Column(words("Value"), 100)), wrapped=True
    )
    rows: tuple[tuple[str, str | date], ...] = (
        (words("Report"), headline(report, words)),
        (words("Law applied as of"), report.as_of),
        (words("Edition of the facts"), plain(report.edition)),
        (words("Run"), plain(header["run"])),
        (words("Started"), date.fromisoformat(header["started"][:10])),
        (words("Version of the auditor"), plain(header["version"])),
        (words("Data stores"), holding(report, words)),
        (words("Gaps"), whole(report, words)),
        (words("Undetermined"), words("What could not be read is never counted as met.")),
        (words("To be completed"), words("Yellow cells wait for a person: the dossier says them, "
                                         "and the report is made again.")),
    )  # fmt: skip
    for row in rows:
        sheet.write(row)


def _findings(report: Any, words: Any, book: Book, told: Told) -> None:
    names = (*finding_columns(words), words("Statement"), words("Waiver"), words("Finding"))
    widths = (*_WIDTHS, 60, 16, 18)
    sheet = book.sheet(words("Findings"), tuple(map(Column, names, widths)))
    titles: dict[str, str] = {}
    for finding in told.seen(report.findings()):
        if finding.rule not in titles:
            titles[finding.rule] = title_of(report, words, finding.rule)
        mark = str(finding.severity) if finding.outcome is Outcome.DEVIATES else ""
        row = (*finding_row(report, words, finding), titles[finding.rule], plain(finding.waiver))
        sheet.write((*row, finding.uid), "" if finding.waiver else mark)
    sheet.end()
