"""The alignment table: 35 items, for each treatment and overall, by the status rules R1 to R7.

What was seen feeds an item and can only hold it down; a person closes it. Of each item:

R1  what was seen leaves it at best to be attested, where a person must pass it;
R2  a collection that failed leaves it unknown, whatever a person says;
R3  without object only with a reason and a name (the dossier refuses others), and only where
    nothing that was seen speaks against it;
R4  outside the regimes declared it is shown all the same, as a recommendation;
R5  place, transfer and reach feed different items: nothing of one answers another;
R6  an attestation counts from its day to the day of its review, both included;
R7  the overall status is that of the worst blocking item, and stands with its items.

An observation about a store that nobody has qualified as health data leaves an item unknown: it
is not known whether it counts. Worst first: missing, unknown, to be attested, partial, met.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .facts import Facts
from .model import (
    Aligned,
    Alignment,
    Attestation,
    Case,
    Certainty,
    Dossier,
    Entry,
    Finding,
    Outcome,
    Regime,
    Status,
    Unknown,
)
from .plugin import Rule

_ORDER = tuple(Status)  # the worst first
_HELD = (Certainty.CONFIRMED, Certainty.DECLARED, Certainty.PROBABLE)
_OPEN = (Outcome.DEVIATES, Outcome.UNDETERMINED)
EVERY = ""  # the row of the whole estate
_NOBODY = "?"  # stores of no treatment


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of some statuses; what has no object only where all have none."""
    told = [s for s in statuses if s is not Status.NOT_APPLICABLE]
    return min(told, key=_ORDER.index, default=Status.NOT_APPLICABLE)


@dataclass(slots=True)
class Evidence:
    """Which rules hold an item down, by treatment: counted while everything is judged."""

    treatments: tuple[str, ...]
    held: defaultdict[str, set[tuple[str, Outcome]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    seen: set[str] = field(default_factory=set)  # the treatments that have stores

    def add(self, case: Case, findings: Iterable[Finding]) -> None:
        """What was found of one store."""
        said = case.declared
        qualified = case.health.certainty in _HELD
        if not qualified and said and said.assessment and not said.assessment.holds_health:
            return  # a person states that it holds none, and nothing seen says otherwise
        about = tuple(t.id for t in said.treatments) if said else ()
        self.seen.update(about or (_NOBODY,))
        for finding in findings:
            outcome = finding.outcome if qualified else Outcome.UNDETERMINED
            for treatment in about or (_NOBODY,):
                self.held[treatment].add((finding.rule, outcome))

    def add_entry(self, entry: Entry, findings: Iterable[Finding]) -> None:
        """What was found of one entry; what names no treatment is about all of them."""
        for finding in findings:
            for treatment in entry.treatments or (*self.treatments, _NOBODY):
                self.held[treatment].add((finding.rule, finding.outcome))


@dataclass(frozen=True, slots=True)
class _Table:
    """What one table is made with."""

    facts: Facts
    rules: Mapping[str, Rule]
    evidence: Evidence
    dossier: Dossier | None
    gaps: tuple[Unknown, ...]

    def best(self, item: str, treatment: str) -> tuple[Status, tuple[str, ...]]:
        """The best that what was seen leaves an item, and the rules that hold it down."""
        found = [
            (rule, Status.UNKNOWN if outcome is Outcome.UNDETERMINED else best)
            for rule, outcome in self.evidence.held[treatment]
            if (best := self.facts.rules[rule].items.get(item)) is not None
        ]
        holding = tuple(sorted({rule for rule, best in found if best is not Status.PASS}))
        statuses = [best for _, best in found]
        if self.gaps and self.of_the_estate(item):
            statuses.append(Status.UNKNOWN)
        return worst((*statuses, Status.PASS)), holding

    def of_the_estate(self, item: str) -> bool:
        """Whether an item speaks of stores, those that could not be seen among them."""
        return any(
            item in self.facts.rules[id].items for id, rule in self.rules.items()
            if rule.of in ("store", "unit")
        )  # fmt: skip


def align(
    facts: Facts,
    rules: Mapping[str, Rule],
    evidence: Evidence,
    dossier: Dossier | None,
    gaps: tuple[Unknown, ...],
    summary: Any,
) -> Alignment:
    """The table of a judgement; `gaps` say why something in scope was not read."""
    table = _Table(facts, rules, evidence, dossier, gaps)
    names = sorted(facts.table("alignment"))
    items = [row for item in names for row in _rows(table, item, summary.as_of)]
    blocking = (
        row.status
        for row in items
        if row.treatment == EVERY
        and not row.recommended
        and facts.table("alignment")[row.item]["severity_if_missing"] == "blocking"
    )
    return Alignment(
        as_of=summary.as_of,
        edition=summary.edition,
        dossier=summary.dossier,
        overall=worst(blocking),
        items=tuple(items),
    )


def _rows(table: _Table, item: str, day: Any) -> Iterator[Aligned]:
    """One item overall, then for each treatment."""
    dossier, unclaimed = table.dossier, _NOBODY in table.evidence.seen
    treatments = {t.id: t.under for t in dossier.treatments.values()} if dossier else {}
    rows = [_row(table, item, id, under, day) for id, under in treatments.items()]
    if unclaimed or not rows:
        rows.append(_row(table, item, _NOBODY, frozenset(), day))
    yield Aligned(
        item=item,
        treatment=EVERY,
        status=worst(r.status for r in rows),
        evidence=worst(r.evidence for r in rows),
        said=worst(r.said for r in rows if r.said) if any(r.said for r in rows) else None,
        recommended=all(r.recommended for r in rows),
        rules=tuple(sorted({rule for r in rows for rule in r.rules})),
        unread=rows[0].unread,
        attestations=tuple(sorted({a for r in rows for a in r.attestations})),
        expired=tuple(sorted({a for r in rows for a in r.expired})),
    )
    yield from (row for row in rows if row.treatment != _NOBODY)


def _row(table: _Table, item: str, treatment: str, under: frozenset[Regime], day: Any) -> Aligned:
    entry = table.facts.table("alignment")[item]
    evidence, holding = table.best(item, treatment)
    about = _attested(table.dossier, item, treatment)
    standing = [a for a in about if a.signed <= day <= a.until]
    own = [a for a in standing if a.treatment] or standing  # of one treatment before of all
    said = worst(a.answer for a in own) if own else None
    asked = frozenset(map(Regime, entry["regimes"]))
    return Aligned(
        item=item,
        treatment=treatment,
        status=_status(evidence, holding, said, entry["pass_requires_human"]),
        evidence=evidence,
        said=said,
        recommended=bool(under) and not under & asked,
        rules=holding,
        unread=table.gaps if table.of_the_estate(item) else (),
        attestations=tuple(sorted(a.id for a in own)),
        expired=tuple(sorted(a.id for a in about if a.until < day)),
    )


def _attested(dossier: Dossier | None, item: str, treatment: str) -> list[Attestation]:
    said = dossier.attestations.values() if dossier else ()
    return [a for a in said if a.item == item and a.treatment in ("", treatment)]


def _status(evidence: Status, holding: tuple[str, ...], said: Status | None, human: bool) -> Status:
    """The status that what was seen and what was said give together."""
    if said is Status.NOT_APPLICABLE:
        return evidence if holding or evidence is Status.UNKNOWN else said
    if said is None:
        return worst((evidence, Status.HUMAN_REQUIRED if human else evidence))
    return worst((evidence, said))
