"""Judging: every rule on every case, from values to values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from .declare import Rule
from .facts import USERS
from .facts.base import RuleWords
from .model import (
    UNDECLARED,
    Case,
    Certainty,
    Coverage,
    CoverageState,
    Custody,
    DataStore,
    Entry,
    Finding,
    Force,
    Judged,
    Outcome,
    Place,
    Reason,
    Regime,
    Severity,
    Summary,
    Unknown,
    Verdict,
)

_WORST = (Outcome.DEVIATES, Outcome.UNDETERMINED, Outcome.MET, Outcome.NOT_APPLICABLE)
_NOT_READ = frozenset(Reason) - {Reason.UNTOLD, Reason.NOT_ASKED, Reason.OUT_OF_SCOPE}


_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scales:
    """How much a deviation weighs, by rule and regimes: the heaviest of those that apply."""

    words: Mapping[str, RuleWords]
    _found: dict[tuple[str, frozenset[Regime]], Weight] = field(default_factory=dict)

    def of(self, rule: str, regimes: frozenset[Regime]) -> Weight:
        """The severity, what stands behind it, and the regimes that give it."""
        key = rule, regimes
        if key not in self._found:
            self._found[key] = _weight(self.words[rule], regimes)
        return self._found[key]


Weight = tuple[Severity, Force | Unknown, tuple[Regime, ...]]
_SEVERITIES, _FORCES = list(Severity), list(Force)


def _weight(words: RuleWords, regimes: frozenset[Regime]) -> Weight:
    found = {r: w for r, w in words.weights.items() if r in regimes}
    if not found:
        return words.severity, UNDECLARED, ()
    heaviest = min(found.values(), key=lambda w: (_SEVERITIES.index(w[0]), _FORCES.index(w[1])))
    return *heaviest, tuple(r for r in Regime if found.get(r) == heaviest)


def judge(
    case: Case,
    offer: str | Unknown,
    rules: Iterable[Rule],
    scales: Scales,
    waivers: Mapping[str, str] = _NONE,
) -> tuple[Judged, list[Finding]]:
    """What the rules conclude of a case: findings are what deviates or is undetermined.

    `waivers` are those in force for this store, by rule: of what is not known none can be given.
    """
    findings: list[Finding] = []
    own: list[str] = []
    quiet: dict[Outcome, list[str]] = {Outcome.MET: [], Outcome.NOT_APPLICABLE: []}
    treatments = tuple(t.id for t in case.declared.treatments) if case.declared else ()
    for rule in rules:
        verdict = rule(case)
        if verdict.outcome in quiet:
            quiet[verdict.outcome].append(rule.id)
            if verdict.outcome is Outcome.MET and _theirs(verdict):
                own.append(rule.id)
            continue
        severity, force, regimes = scales.of(rule.id, case.regimes)
        waived = verdict.outcome is Outcome.DEVIATES and rule.id in waivers
        findings.append(
            Finding(
                uid=uid(rule.id, case.store.id),
                rule=rule.id,
                severity=severity,
                outcome=verdict.outcome,
                store=case.store.id,
                kind=case.store.kind,
                account=case.store.account,
                region=case.store.region,
                health=case.health.certainty,
                because=verdict.because,
                force=force,
                regimes=regimes,
                treatments=treatments,
                waiver=waivers[rule.id] if waived else "",
            )
        )
    judged = Judged(
        store=case.store.id,
        offer=offer,
        health=case.health,
        places=case.places,
        flows=case.flows,
        reach=case.reach.verdict,
        custody=case.custody,
        met=tuple(quiet[Outcome.MET]),
        not_applicable=tuple(quiet[Outcome.NOT_APPLICABLE]),
        findings=tuple(f.uid for f in findings),
        on_own_facts=tuple(own),
        treatments=treatments,
        regimes=tuple(r for r in Regime if r in case.regimes),
    )
    return judged, findings


def judge_entry(
    of: str, entry: Entry, rules: Iterable[Rule], scales: Scales
) -> tuple[dict[str, Outcome], list[Finding]]:
    """What the rules of its kind conclude of an entry: each answer, and the findings."""
    answers: dict[str, Outcome] = {}
    findings = []
    for rule in rules:
        verdict = rule(entry)
        answers[rule.id] = verdict.outcome
        if verdict.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            continue
        severity, force, regimes = scales.of(rule.id, entry.regimes)
        findings.append(
            Finding(
                uid=uid(rule.id, "", entry.subject),
                rule=rule.id,
                severity=severity,
                outcome=verdict.outcome,
                store="",
                kind=of,
                account="",
                region="",
                health=Certainty.DECLARED,
                because=verdict.because,
                subject=entry.subject,
                force=force,
                regimes=regimes,
                treatments=entry.treatments,
            )
        )
    return answers, findings


def _theirs(verdict: Verdict) -> bool:
    """Whether a verdict rests on a fact of the user's own: what it clears is told apart."""
    return any(id.startswith(USERS) for reason in verdict.because for id in reason.facts)


def uid(rule: str, store: str, subject: str = "") -> str:
    """A finding's name, the same in every run: rule, store and subject."""
    return sha256("\0".join((rule, store, subject)).encode()).hexdigest()[:16]


def gaps_of(store: DataStore) -> tuple[Unknown, ...]:
    """What was asked of a store and not answered; what an answer leaves unsaid is no gap."""
    values = (
        store.region, store.key, store.encrypted, store.tags, store.bytes, store.created,
        store.origin, *store.copies, *store.shares, *store.facts.values(),
    )  # fmt: skip
    unread = {v for v in values if isinstance(v, Unknown) and v.reason in _NOT_READ}
    return tuple(sorted(unread, key=lambda u: (u.reason, u.detail)))


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
        coverage: Iterable[Coverage],
        exit_code: int,
        rules: Iterable[Rule] = (),
        dossier: str = "",
    ) -> Summary:
        """The counts, in a fixed order."""
        states = Counter(str(c.state) for c in coverage)
        whole = not (states[CoverageState.PARTIAL] or states[CoverageState.UNREAD])
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
            coverage=_sorted(states),
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
    tally: Tally, coverage: Sequence[Coverage], in_scope: bool, section: Mapping[str, Any]
) -> int:
    """What the shell is told: nothing in scope 5, unread 4, findings at or above `fail_on` 3."""
    if not coverage and not in_scope:
        return 5
    unread = {CoverageState.PARTIAL, CoverageState.UNREAD}
    if any(c.state in unread for c in coverage) and not section.get("allow_partial"):
        return 4
    fail_on = set(section.get("fail_on") or ())
    order = [str(s) for s in Severity]
    levels = [order.index(word) for word in fail_on if word in order]
    worst = max(levels, default=-1)
    if any(tally.severities[s] for s in order[: worst + 1]):
        return 3
    return 3 if "undetermined" in fail_on and tally.undetermined else 0
