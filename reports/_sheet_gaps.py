"""Gaps as rows: what was not read, where, and why; one row for each reason of each reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Coverage, CoverageState, Reason, Unknown, plain

from ._saying import shown, word
from ._sheets import Column, Value

NOT_WHOLE = (CoverageState.PARTIAL, CoverageState.UNREAD)


def gaps_of(report: Any) -> Iterator[tuple[Coverage, Unknown]]:
    """Each reason for which a reading is not whole; one that gives none is told all the same."""
    for unit in report.coverage():
        if unit.state in NOT_WHOLE:
            for gap in unit.gaps or (Unknown(Reason.UNTOLD),):
                yield unit, gap


def columns(words: Any) -> tuple[Column, ...]:
    """What the cells of a row are, in order."""
    return (
        Column(words("State"), 16), Column(words("Type"), 28), Column(words("Partition"), 12),
        Column(words("Account")), Column(words("Account name"), 20), Column(words("Region")),
        Column(words("Reason"), 70), Column(words("Data stores seen"), 14),
    )  # fmt: skip


def rows(report: Any, words: Any) -> Iterator[tuple[tuple[Value, ...], str]]:
    """One row for each gap, in the order of the readings."""
    for unit, gap in gaps_of(report):
        scope = unit.scope
        named = (unit.kind, scope.partition, scope.account, scope.account_name, scope.region)
        mark = "major" if unit.state is CoverageState.UNREAD else "minor"
        said = (shown(report, words, gap), unit.stores)
        yield (word(report, words, "coverage", unit.state), *map(plain, named), *said), mark
