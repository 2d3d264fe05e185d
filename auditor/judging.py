"""Judging a run: every store of it, one at a time, under the law of one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from .alignment import Evidence, align
from .bench import Bench, bench_of
from .cases import case_of
from .changes import Compared
from .entries import Sightings, entries_of
from .facts import Facts
from .judge import Scales, judge, judge_entry
from .model import Coverage, DataStore, Dossier, Summary
from .plan import Planner
from .plugin import Rule, Subject
from .registry import Registry
from .remembering import Remembered
from .runs import JudgementFolder, RunFolder, approved_plans
from .tally import Tally, exit_code


def judged(
    run: RunFolder,
    registry: Registry,
    facts: Facts,
    section: Mapping[str, Any],
    day: date,
    *,
    is_replay: bool,
    against: date | None = None,
    dossier: Dossier | None = None,
    planning: Mapping[str, Any] | None = None,
) -> tuple[Path, Summary]:
    """Judge a run as of a day; where the judgement lies, and its counts.

    `against` another day, what changes is kept beside it. `planning` says how the plan is made.
    """
    bench = bench_of(run, registry, facts, day, dossier)
    every = registry.rules
    earlier = approved_plans(run.path.parent, dossier)
    court = Court(bench, every, dossier, Planner(facts, dossier, day, planning or {}, earlier))
    compared = Compared(bench, court.remembered, against, day) if against else None
    units: Counter[str] = Counter()  # what was to be read, by its state
    with run.judgement(day, facts.edition, replay=is_replay) as judgement:
        for store in run.stores():
            court.store(store, judgement, compared)
        for of, entry in entries_of(bench, court.sightings, run.coverage()):
            if isinstance(entry.said, Coverage):
                units[str(entry.said.state)] += 1
            answers, findings = judge_entry(of, entry, court.rules[of], court.scales)
            court.tally.add_entry(answers, findings)
            court.evidence.add_entry(entry, findings)
            judgement.write_findings(findings)
        code = exit_code(court.tally, units, bool(run.header.get("scopes")), section)
        digest = dossier.digest if dossier else ""
        summary = court.tally.summary(
            day, facts.edition, units, code, every.values(), not bench.gaps, digest
        )
        alignment = align(facts, every, court.evidence, dossier, bench.gaps, summary)
        changes = compared.changes() if compared else None
        judgement.close(summary, alignment, changes, court.planner.plan())
    return judgement.path, summary


class Court:
    """What judging a run goes by, and what it counts on its way."""

    def __init__(
        self, bench: Bench, rules: Mapping[str, Rule], dossier: Dossier | None, planner: Planner
    ) -> None:
        self.bench = bench
        self.rules: dict[str, tuple[Rule, ...]] = {
            of: tuple(rule for rule in rules.values() if rule.of == of) for of in get_args(Subject)
        }
        self.scales = Scales({id: bench.facts.rule(id) for id in rules})  # each has its words
        self.remembered = tuple(map(Remembered, self.rules["store"]))
        self.tally = Tally()
        self.planner = planner
        self.evidence = Evidence(tuple(dossier.treatments) if dossier else ())
        self.sightings = Sightings(dossier, bench.day) if dossier else None

    def store(
        self, store: DataStore, judgement: JudgementFolder, compared: Compared | None
    ) -> None:
        """Judge one store, and keep what was concluded."""
        matching, seen = self.bench.matching, self.sightings
        claims = tuple(matching.claims(store)) if matching else ()
        case, offer = case_of(store, self.bench, claims)
        owners = tuple(t.id for t in case.declared.treatments) if case.declared else ()
        waivers = seen.waivers(claims, owners) if seen else ()
        accepted = seen.in_force(waivers) if seen and waivers else {}
        marks = self.bench.marks(case)
        judged, findings = judge(case, offer, self.remembered, self.scales, accepted, marks)
        self.tally.add(judged, findings)
        self.evidence.add(case, findings)
        self.planner.add(case, judged)
        if seen:
            seen.add(claims, waivers, judged, findings)
        judgement.write(judged, findings)
        if compared is not None:
            compared.add(case, offer)
