"""Judging a run: every store of it, one at a time, under the law of one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .cases import bench_of, case_of
from .changes import Compared
from .facts import Facts
from .judge import Tally, exit_code, judge
from .model import Severity, Summary
from .registry import Registry
from .runs import RunFolder


def judged(
    run: RunFolder,
    registry: Registry,
    facts: Facts,
    section: Mapping[str, Any],
    day: date,
    *,
    is_replay: bool,
    against: date | None = None,
) -> tuple[Path, Summary]:
    """Judge a run as of a day; where the judgement lies, and its counts.

    `against` another day, what changes is kept beside it.
    """
    bench = bench_of(run, registry, facts, day)
    severities = {id: _severity(facts, id) for id in registry.rules}
    rules = tuple(registry.rules.values())
    tally = Tally()
    compared = Compared(facts, rules, against, day) if against else None
    with run.judgement(day, facts.edition, replay=is_replay) as judgement:
        for store in run.stores():
            case, offer = case_of(store, bench)
            judged, findings = judge(case, offer, rules, severities)
            tally.add(judged, findings)
            judgement.write(judged, findings)
            if compared is not None:
                compared.add(case, offer)
        coverage = tuple(run.coverage())
        in_scope = bool(run.header.get("scopes"))
        code = exit_code(tally, coverage, in_scope, section)
        summary = tally.summary(day, facts.edition, coverage, code)
        judgement.close(summary, compared.changes() if compared else None)
    return judgement.path, summary


def _severity(facts: Facts, rule: str) -> Severity:
    return facts.rule(rule).severity
