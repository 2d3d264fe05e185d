"""One pass over a judgement: counts and the first few of each are kept, never the whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from auditor.sdk import Certainty, CoverageState, Finding, Outcome, Severity

HOLDS = (Certainty.CONFIRMED, Certainty.DECLARED, Certainty.PROBABLE)
PERSON = (Certainty.POSSIBLE, Certainty.NO_SIGN, Certainty.NOT_ASSESSED)
NOT_WHOLE = (CoverageState.PARTIAL, CoverageState.UNREAD)
TOLD = (Outcome.DEVIATES, Outcome.UNDETERMINED)


@dataclass(slots=True)
class Findings:
    """Findings counted, and the first of each rule, outcome and kind of store.

    `holds` in a key says whether the store is judged to hold health data (confirmed, declared,
    probable); the others are told apart, for a person to qualify.
    """

    count: Counter[tuple[str, Outcome, bool]] = field(default_factory=Counter)
    first: defaultdict[tuple[str, Outcome, bool], list[Finding]] = field(
        default_factory=lambda: defaultdict(list)
    )
    severity: dict[str, Severity] = field(default_factory=dict)
    by_severity: Counter[tuple[Severity, bool]] = field(default_factory=Counter)
    waived: Counter[bool] = field(default_factory=Counter)

    def rules(self, holds: bool) -> list[str]:
        """The rules that have findings, the most severe first."""
        order = list(Severity)
        found = {rule for rule, _, held in self.count if held is holds}
        return sorted(found, key=lambda rule: (order.index(self.severity[rule]), rule))

    def of(self, rule: str, holds: bool) -> Iterator[Finding]:
        """The first findings of a rule: what deviates, then what is undetermined."""
        for outcome in TOLD:
            yield from self.first.get((rule, outcome, holds), ())

    def total(self, outcome: Outcome, holds: bool) -> int:
        """How many findings have this outcome."""
        return sum(n for (_, o, h), n in self.count.items() if o is outcome and h is holds)


def findings_of(report: Any, most: int) -> Findings:
    """All findings counted, the first `most` of each rule and outcome kept."""
    told, order = Findings(), list(Severity)
    for finding, n in report.tallied():
        holds = finding.health in HOLDS
        key = (finding.rule, finding.outcome, holds)
        told.count[key] += n
        heaviest = told.severity.get(finding.rule, finding.severity)
        told.severity[finding.rule] = min(heaviest, finding.severity, key=order.index)
        if finding.waiver:
            told.waived[holds] += n
        elif finding.outcome is Outcome.DEVIATES:
            told.by_severity[finding.severity, holds] += n
        if finding.uid and len(told.first[key]) < most:
            told.first[key].append(finding)
    return told


@dataclass(slots=True)
class Read:
    """What was read of what: accounts, the certificate of each type, and the gaps."""

    accounts: dict[tuple[str, str], str] = field(default_factory=dict)
    regions: defaultdict[tuple[str, str], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    stores: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    gaps: Counter[tuple[str, str, str, str, Any]] = field(default_factory=Counter)

    def all_regions(self) -> list[str]:
        """Every region where something was asked."""
        return sorted(set().union(*self.regions.values()))

    def looked_for(self) -> list[str]:
        """The store types that were asked for: a store of any other service was not seen."""
        return sorted(kind for kind in self.kinds if "." in kind)  # discovery is no type

    def reasons(self) -> Counter[Any]:
        """How many gaps each reason made."""
        found: Counter[Any] = Counter()
        for gap, n in self.gaps.items():
            found[gap[-1].reason] += n
        return found


def read_of(report: Any) -> Read:
    """The coverage of a run, counted."""
    told = Read()
    for unit in report.coverage():
        where = (unit.scope.partition, unit.scope.account)
        told.accounts[where] = unit.scope.account_name or told.accounts.get(where, "")
        told.regions[where] |= {unit.scope.region} - {""}
        told.stores[where] += unit.stores
        told.kinds[unit.kind][unit.state] += 1
        told.kinds[unit.kind]["stores"] += unit.stores
        if unit.state in NOT_WHOLE:
            for gap in unit.gaps:
                told.gaps[(*where, unit.scope.region, unit.kind, gap)] += 1
    return told


def unread_units(summary: Any) -> int:
    """How many units of the survey are not whole."""
    return sum(summary.coverage.get(str(state), 0) for state in NOT_WHOLE)
