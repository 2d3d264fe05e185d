"""Judging: every rule on every case, from values to values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

from .facts import USERS
from .facts.ruling import RuleWords
from .model import (
    UNDECLARED,
    Case,
    Certainty,
    DataStore,
    Entry,
    Finding,
    Force,
    Judged,
    Outcome,
    Reason,
    Regime,
    Severity,
    Unknown,
    Verdict,
)
from .plugin import Rule
from .remembering import Remembered

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
    rules: Iterable[Rule | Remembered],
    scales: Scales,
    waivers: Mapping[str, str] = _NONE,
    marks: tuple[str, str] = ("", ""),
) -> tuple[Judged, list[Finding]]:
    """What the rules conclude of a case: findings are what deviates or is undetermined.

    `waivers` are those in force for this store, by rule: of what is not known none can be given.
    `marks` are digests of what the facts, and the dossier, say of it.
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
        law=marks[0],
        said=marks[1],
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
