"""What of a report is measured: counts by closed choices, never by a name that strangers chose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from math import floor
from typing import Any

from auditor.sdk import (
    Certainty,
    CoverageState,
    Outcome,
    Reached,
    Severity,
    Status,
)

from ._gather import unread_units
from ._metered_plan import progress
from ._meters import Bounded, Metric, seconds

_PROVIDER = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_FAMILY = re.compile(r"[A-Z]{2,8}")
_ANSWERS = ("deviates", "waived", "undetermined")


def metrics(report: Any, words: Any) -> Iterator[Metric]:
    """Every family, in an order that stays."""
    provider = Bounded(_PROVIDER)
    yield from _times(report, words)
    yield from _coverage(report, words, provider)
    yield from _stores(report, words, provider)
    yield _findings(report, words, provider)
    yield _rules(report, words)
    yield from _aligned(report, words)
    if plan := report.plan():
        yield from progress(plan, words)


def _times(report: Any, words: Any) -> Iterator[Metric]:
    ended = report.header.get("ended")
    success = Metric(
        "last_success_timestamp_seconds",
        words("End of the last survey that came to its end and was judged, since 1970. "
              "How whole it is: coverage_ratio."),
    )  # fmt: skip
    if ended:
        yield success.add(int(datetime.fromisoformat(ended).timestamp()))
    law = Metric("as_of_timestamp_seconds", words("The day whose law was applied, since 1970."))
    yield law.add(seconds(report.as_of))
    code = Metric("exit_code", words("Exit code of the audit: 4 when something was not read."))
    yield code.add(report.summary.exit_code)


def _coverage(report: Any, words: Any, provider: Bounded) -> Iterator[Metric]:
    missing, total = unread_units(report.summary), sum(report.summary.coverage.values())
    ratio = Metric("coverage_ratio", words("Share of the readings that are whole; 0 without any."))
    yield ratio.add(floor(1e6 * (total - missing) / total) / 1e6 if total else 0)
    counted: Counter[tuple[str, str]] = Counter()
    for unit in report.coverage():
        counted[provider(unit.scope.provider), str(unit.state)] += 1
    units = Metric("readings", words("Readings of a store type in a scope, by state."))
    for name in sorted({name for name, _ in counted}):
        for state in map(str, CoverageState):
            units.add(counted[name, state], provider=name, state=state)
    yield units


def _stores(report: Any, words: Any, provider: Bounded) -> Iterator[Metric]:
    """Stores by what was concluded of them; each choice is told, at 0 where there is none."""
    certain: Counter[tuple[str, str]] = Counter()
    reached: Counter[tuple[str, str]] = Counter()
    custody: Counter[tuple[str, str]] = Counter()
    for store, judged in report.stores():
        name = provider(store.kind.partition(".")[0])
        certain[name, str(judged.health.certainty)] += 1
        reached[name, str(judged.reach)] += 1
    for level, n in report.summary.custody.items():
        custody["", level.replace("?", "undetermined")] += n
    names = sorted({name for name, _ in certain})
    each = Metric("stores", words("Data stores, by certainty that they hold health data."))
    law = Metric("stores_reached", words("Data stores, by what is known of foreign law."))
    keys = Metric("stores_custody", words("Data stores, by custody of their keys."))
    for name in names:
        for choice in map(str, Certainty):
            each.add(certain[name, choice], provider=name, certainty=choice)
        for choice in map(str, Reached):
            law.add(reached[name, choice], provider=name, reach=choice)
    for (_, level), n in sorted(custody.items()):
        keys.add(n, custody=level)
    yield from (each, law, keys)


def _findings(report: Any, words: Any, provider: Bounded) -> Metric:
    """Findings by severity and outcome, of each provider; what is of no store is of none."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for finding, n in report.tallied():
        waived = bool(finding.waiver) and finding.outcome is Outcome.DEVIATES
        name = provider(finding.kind.partition(".")[0]) if finding.store else "none"
        outcome = "waived" if waived else str(finding.outcome)
        counted[name, str(finding.severity), outcome] += n
    told = Metric("findings", words("Findings, by severity and outcome; waived: deviations that a "
                                    "waiver accepts."))  # fmt: skip
    for name in sorted({"none", *provider.known, *(name for name, _, _ in counted)}):
        for severity in map(str, Severity):
            for outcome in _ANSWERS:
                n = counted[name, severity, outcome]
                told.add(n, provider=name, severity=severity, outcome=outcome)
    return told


def _rules(report: Any, words: Any) -> Metric:
    family, counted = Bounded(_FAMILY), Counter[tuple[str, str]]()
    for rule, answers in report.summary.outcomes.items():
        for outcome, n in answers.items():
            counted[family(rule.rstrip("0123456789")), outcome] += n
    told = Metric("answers", words("Answers of the rules, by family of rules and outcome."))
    for name in sorted({name for name, _ in counted}):
        for outcome in map(str, Outcome):
            told.add(counted[name, outcome], family=name, outcome=outcome)
    return told


def _aligned(report: Any, words: Any) -> Iterator[Metric]:
    told = report.alignment()
    if told is None:
        return
    counted = Counter(str(row.status) for row in told.items if not row.treatment)
    items = Metric("alignment_items", words("Items of the alignment, by status."))
    for status in map(str, Status):
        items.add(counted[status], status=status)
    yield items
