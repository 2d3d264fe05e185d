"""The profile `public`: counts only. No store, no finding by itself, nobody but the controller."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from auditor.model import (
    Coverage,
    DataStore,
    Dossier,
    Finding,
    Judged,
)
from auditor.report import Report

from .fields import PUBLIC
from .learning import learn
from .names import Names
from .naming import header
from .telling import Conclusions, Teller

_STEPS = {"treatments": "treatment", "targets": "step"}


class CountedReport(Report):
    """A report that tells how many, and not which."""

    def tallied(self) -> Iterator[tuple[Finding, int]]:
        """One finding of each sort, and how many are like it."""
        judgement: Any = self.judgement
        found: Iterator[tuple[Finding, int]] = judgement.tallied()
        return found


def counted(report: Report, words: Any, known: Iterable[str]) -> Report:
    """The report in counts."""
    names = Names(words, report.facts, known)
    learn(names, report.coverage(), ())
    _number(report, names)
    tell = Teller(names, PUBLIC, report.facts)
    run: Any = Run(report.run, tell)
    judgement: Any = Judgement(report.judgement, tell, names, words)
    of = {
        names.said(f"treatment:{t}") if t else "": n for t, n in report.summary.treatments.items()
    }
    summary = replace(report.summary, treatments=of, dossier="")
    return CountedReport(header(report.header, None), summary, report.facts, report.reaches, run,
                         judgement, tell(report.dossier), counted=report.resting())  # fmt: skip


def _number(report: Report, names: Names) -> None:
    """Number the entries of the dossier in its order, then what else has a name of people."""
    if report.dossier is not None:
        for field in fields(Dossier):
            entries = getattr(report.dossier, field.name)
            if isinstance(entries, dict):
                kind = _STEPS.get(field.name, "entry")
                for id in entries:
                    names.add(kind, f"{kind}:{id}")
    for id in filter(None, report.summary.treatments):
        names.add("treatment", f"treatment:{id}")
    alignment, plan = report.alignment(), report.plan()
    for row in alignment.items if alignment else ():
        if row.treatment:
            names.add("treatment", f"treatment:{row.treatment}")
    for step in (s for g in (plan.groups if plan else ()) for s in g.steps):
        names.add("step", f"step:{step.id}")
    for version in plan.approved if plan else ():
        names.add("entry", f"entry:{version.id}")


@dataclass(frozen=True, slots=True)
class Run:
    """A run in counts."""

    _run: Any
    _tell: Teller

    def stores(self) -> Iterator[DataStore]:
        """None: the summary counts them."""
        return iter(())

    def coverage(self) -> Iterator[Coverage]:
        """What was read of what, accounts by their numbers: they are counted too."""
        return map(self._tell, self._run.coverage())


@dataclass(frozen=True, slots=True)
class Judgement(Conclusions):
    """A judgement in counts."""

    _words: Any

    def judged(self) -> Iterator[Judged]:
        """None: the summary counts them."""
        return iter(())

    def findings(self) -> Iterator[Finding]:
        """None by itself: one of each sort, which says of how many it is."""
        return (finding for finding, _ in self.tallied())

    def tallied(self) -> Iterator[tuple[Finding, int]]:
        """One finding of each sort, and how many are like it, the most severe first."""
        found: Counter[tuple[Any, ...]] = Counter()
        first: dict[tuple[Any, ...], Finding] = {}
        for f in self._judgement.findings():
            stores = bool(f.store)
            sort = (
                f.rule,
                f.severity,
                f.outcome,
                f.kind,
                f.health,
                f.regimes,
                bool(f.waiver),
                stores,
            )
            found[sort] += 1
            first.setdefault(sort, f)
        for rank, (sort, n) in enumerate(found.items(), 1):
            yield self._sort(rank, first[sort], n), n

    def _sort(self, rank: int, first: Finding, n: int) -> Finding:
        """A sort of findings, told as one: what it is about is how many."""
        many = self._words.number(n)
        return replace(
            self._tell(first),
            uid=f"{first.rule}-{rank}",
            store=self._words("data stores: {n}", n=many) if first.store else "",
            subject="" if first.store else f"{first.subject.partition(':')[0]}:× {many}",
            waiver=self._names.hidden if first.waiver else "",
        )
