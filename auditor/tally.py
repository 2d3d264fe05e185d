"""Counting: a judgement summed up while it is written, and what the shell is told of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .model import (
    CoverageState,
    Custody,
    Finding,
    Judged,
    Outcome,
    Place,
    Reason,
    Severity,
    Summary,
    Unknown,
)
from .plugin import Rule

_WORST = (Outcome.DEVIATES, Outcome.UNDETERMINED, Outcome.MET, Outcome.NOT_APPLICABLE)


@dataclass(slots=True)
class Tally:
    """A judgement counted while it is written."""

    stores: int = 0
    undetermined: int = 0
    health: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    reach: Counter[str] = field(default_factory=Counter)
    custody: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    treatments: Counter[str] = field(default_factory=Counter)
    waived: int = 0
    outcomes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, judged: Judged, findings: Iterable[Finding]) -> None:
        """Count one store."""
        self.stores += 1
        self.health[judged.health.certainty] += 1
        self.countries.update({p.country if isinstance(p, Place) else "?" for p in judged.places})
        self.reach[judged.reach] += 1
        level = judged.custody.level
        self.custody[level if isinstance(level, Custody) else "?"] += 1
        self.own.update(judged.on_own_facts)
        self.unknown.update(set(_unknown_regions(judged)))
        self.treatments.update(judged.treatments or ("",))
        for rule in judged.met:
            self.outcomes[rule][Outcome.MET] += 1
        for rule in judged.not_applicable:
            self.outcomes[rule][Outcome.NOT_APPLICABLE] += 1
        for finding in findings:
            self.outcomes[finding.rule][finding.outcome] += 1
        self._weigh(findings)

    def add_entry(self, answers: Mapping[str, Outcome], findings: Iterable[Finding]) -> None:
        """Count one entry that is no store."""
        for rule, outcome in answers.items():
            self.outcomes[rule][outcome] += 1
        self._weigh(findings)

    def _weigh(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if finding.outcome is Outcome.UNDETERMINED:
                self.undetermined += 1
            elif finding.waiver:
                self.waived += 1
            else:
                self.severities[finding.severity] += 1

    def answers(self, rules: Iterable[Rule], whole: bool) -> Mapping[str, Outcome]:
        """What each rule answers of the whole estate: what was not read is never met.

        A rule of stores, or of units, speaks of those that were not seen too.
        """
        told = {}
        for rule in rules:
            found: Mapping[str, int] = self.outcomes.get(rule.id, {})
            worst = next((o for o in _WORST if found.get(o)), Outcome.NOT_APPLICABLE)
            missed = not whole and rule.of in ("store", "unit") and worst is not Outcome.DEVIATES
            told[rule.id] = Outcome.UNDETERMINED if missed else worst
        return dict(sorted(told.items()))

    def summary(
        self,
        as_of: date,
        edition: str,
        units: Mapping[str, int],
        exit_code: int,
        rules: Iterable[Rule] = (),
        whole: bool = False,
        dossier: str = "",
    ) -> Summary:
        """The counts, in a fixed order; `units` are what was to be read, by its state."""
        return Summary(
            as_of=as_of,
            edition=edition,
            stores=self.stores,
            health=_sorted(self.health),
            countries=_sorted(self.countries),
            reach=_sorted(self.reach),
            custody=_sorted(self.custody),
            outcomes={rule: _sorted(self.outcomes[rule]) for rule in sorted(self.outcomes)},
            severities=_sorted(self.severities),
            undetermined=self.undetermined,
            coverage=_sorted(units),
            unknown_regions=_sorted(self.unknown),
            on_own_facts=_sorted(self.own),
            exit_code=exit_code,
            answers=self.answers(rules, whole),
            treatments=_sorted(self.treatments),
            waived=self.waived,
            dossier=dossier,
        )


def _unknown_regions(judged: Judged) -> Iterator[str]:
    """The regions of a store, as offer/region, that no fact speaks of."""
    for place in judged.places:
        if isinstance(place, Unknown) and place.reason is Reason.UNCATALOGUED:
            yield place.detail


def _sorted(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {str(key): counts[key] for key in sorted(counts)}


def exit_code(
    tally: Tally, units: Mapping[str, int], in_scope: bool, section: Mapping[str, Any]
) -> int:
    """What the shell is told: nothing in scope 5, unread 4, findings at or above `fail_on` 3."""
    if not units and not in_scope:
        return 5
    unread = (CoverageState.PARTIAL, CoverageState.UNREAD)
    if any(units.get(str(state)) for state in unread) and not section.get("allow_partial"):
        return 4
    fail_on = set(section.get("fail_on") or ())
    order = [str(s) for s in Severity]
    levels = [order.index(word) for word in fail_on if word in order]
    worst = max(levels, default=-1)
    if any(tally.severities[s] for s in order[: worst + 1]):
        return 3
    return 3 if "undetermined" in fail_on and tally.undetermined else 0
