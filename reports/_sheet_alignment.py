"""The alignment as rows: each item overall, then for each treatment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Aligned, plain

from ._alignment import status
from ._saying import in_words, shown
from ._sheets import Column, Value

_MARKS = {"missing": "blocking", "unknown": "major", "partial": "minor"}


def columns(words: Any) -> tuple[Column, ...]:
    """What the cells of a row are, in order."""
    return (
        Column(words("Item"), 10), Column(words("What it asks"), 60),
        Column(words("Treatment"), 24), Column(words("Status"), 30),
        Column(words("If missing"), 30),
        Column(words("From what was seen"), 30), Column(words("Attested"), 30),
        Column(words("Recommended"), 14), Column(words("Rules"), 30),
        Column(words("Attestations"), 24), Column(words("Expired"), 24),
        Column(words("Not read"), 40),
    )  # fmt: skip


def rows(report: Any, words: Any) -> Iterator[tuple[tuple[Value, ...], str]]:
    """One row for each item and treatment, in the order of the table."""
    told = report.alignment()
    for row in told.items if told else ():
        yield _row(report, words, row), _MARKS.get(str(row.status), "")


def _row(report: Any, words: Any, row: Aligned) -> tuple[Value, ...]:
    entry = report.facts.table("alignment")[row.item]
    weight = report.facts.table("conventions")["severity_if_missing"]["words"]
    return (
        row.item, in_words(words, entry["title"]), plain(row.treatment) or words("Overall"),
        status(report, words, row.status), in_words(words, weight[entry["severity_if_missing"]]),
        status(report, words, row.evidence),
        status(report, words, row.said) if row.said else "",
        words("recommended") if row.recommended else words("required"),
        ", ".join(map(plain, row.rules)), ", ".join(map(plain, row.attestations)),
        ", ".join(map(plain, row.expired)),
        " · ".join(shown(report, words, gap) for gap in row.unread),
    )  # fmt: skip
