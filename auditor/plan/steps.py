"""Steps: milestones, limits, slippage and the critical path, from what the dossier says.

What only a person can say is never filled in: it is asked. Who sees to a step stays in the
dossier, until a document is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditor.days import months_after
from auditor.facts import Facts
from auditor.model import (
    Dossier,
    Limit,
    Milestone,
    Phase,
    Plan,
    Progress,
    Regime,
    Slip,
    Step,
    Target,
)

PHASES = tuple(Phase)
_TEXTS = ("offer", "owner", "necessity", "budget")
_REACHED = {
    Progress.STUDIED: 0,
    Progress.DECIDED: PHASES.index(Phase.DECISION) + 1,
    Progress.UNDER_WAY: PHASES.index(Phase.DECISION) + 1,
    Progress.SWITCHED: PHASES.index(Phase.SWITCH) + 1,
    Progress.DELETED: PHASES.index(Phase.DELETION) + 1,
}
_BLANK = Step(
    id="",
    milestones=tuple(Milestone(phase=phase) for phase in PHASES),
    asked=(*_TEXTS, "deadline", *(f"milestones.{phase}" for phase in PHASES)),
)
Node = tuple[str, Phase]


@dataclass(frozen=True, slots=True)
class Schedule:
    """The steps that a dossier sets, by id, and what their days add up to."""

    steps: Mapping[str, Step]
    ends: date | None
    undated: int


def schedule(
    facts: Facts, dossier: Dossier | None, day: date, earlier: Mapping[str, Plan]
) -> Schedule:
    """Every step of a dossier. `earlier` are the plans that were approved, by their version."""
    targets = dossier.targets if dossier else {}
    days = {id: _days(target) for id, target in targets.items()}
    critical = _critical(targets, days)
    steps = {}
    for id, target in targets.items():
        milestones = tuple(
            Milestone(
                phase=phase,
                day=days[id].get(phase),
                reached=PHASES.index(phase) < _REACHED[target.state],
                critical=(id, phase) in critical,
            )
            for phase in PHASES
        )
        steps[id] = Step(
            id=id,
            offer=_known(target.offer),
            service=_known(target.service),
            region=_known(target.region),
            state=target.state,
            deadline=target.deadline,
            after=target.after,
            milestones=milestones,
            limits=tuple(_limits(facts, dossier, target, day)),
            slips=tuple(_slips(dossier, target, earlier)),
            asked=tuple(_asked(target)),
        )
    known = [d for found in days.values() for d in found.values()]
    open_ = (m for s in steps.values() for m in s.milestones if m.day is None and not m.reached)
    return Schedule(steps, max(known, default=None), sum(1 for _ in open_))


def blank(stores: int) -> Step:
    """The step of stores that no step of the dossier means: all of it is to be said."""
    return replace(_BLANK, stores=stores)


def named(plan: Plan, dossier: Dossier | None) -> Plan:
    """A plan with whoever sees to its steps, as the dossier says it: a run keeps no such name."""
    if dossier is None:
        return plan
    groups = (
        replace(group, steps=tuple(_owned(step, dossier) for step in group.steps))
        for group in plan.groups
    )
    return replace(plan, groups=tuple(groups))


def _owned(step: Step, dossier: Dossier) -> Step:
    target = dossier.targets.get(step.id)
    if target is None:
        return step
    owner = _known(target.owner)
    milestones = tuple(
        replace(m, owner=_known(target.owners.get(m.phase, "")) or owner) for m in step.milestones
    )
    return replace(step, owner=owner, milestones=milestones)


def _known(text: str) -> str:
    return "" if text == "?" else text


def _days(target: Target) -> dict[Phase, date]:
    """The days that were set. A deadline is that of the switch, unless another day is."""
    days = {phase: day for phase in PHASES if (day := target.milestones.get(phase)) is not None}
    if target.deadline is not None:
        days.setdefault(Phase.SWITCH, target.deadline)
    return days


def _asked(target: Target) -> Iterator[str]:
    yield from (name for name in _TEXTS if not _known(getattr(target, name)))
    if target.deadline is None:
        yield "deadline"
    days, reached = _days(target), _REACHED[target.state]
    for rank, phase in enumerate(PHASES):
        if phase not in days and rank >= reached:
            yield f"milestones.{phase}"


# ---------------------------------------------------------------------- limits


def _limits(facts: Facts, dossier: Dossier | None, target: Target, day: date) -> Iterator[Limit]:
    """Conventions of ours from the first approval, and the cap of a text where it applies."""
    policy, held = facts.table("conventions")["deadlines"], target.deadline or day
    begun = dossier.plan_since if dossier else None
    if begun is not None:
        for name in ("warn", "fail"):
            last = months_after(begun, policy[f"{name}_after_months"])
            yield Limit(day=last, origin=f"convention_{name}", counted_from=begun,
                        passed=held > last)  # fmt: skip
    treatment = dossier.treatments.get(target.treatment) if dossier else None
    for cap in policy["legal_caps"]:
        bound = treatment is not None and Regime(cap["regime"]) in treatment.under
        if bound and target.offer_since is not None:
            last = months_after(target.offer_since, cap["months"])
            yield Limit(day=last, origin=cap["ref"], counted_from=target.offer_since,
                        passed=held > last)  # fmt: skip


def _slips(dossier: Dossier | None, target: Target, earlier: Mapping[str, Plan]) -> Iterator[Slip]:
    """How far the deadline lies from each earlier one, approved plans first."""
    if dossier is None or target.deadline is None:
        return
    told: set[date] = set()
    for version in dossier.versions.values():
        before = _deadline(earlier.get(version.plan), target.id)
        if before is not None:
            told.add(before)
            yield _slip(version.id, before, target.deadline)
    for before in target.earlier_deadlines:
        if before not in told:
            yield _slip("", before, target.deadline)


def _slip(version: str, before: date, now: date) -> Slip:
    return Slip(version=version, deadline=before, days=(now - before).days)


def _deadline(plan: Plan | None, id: str) -> date | None:
    steps = (step for group in (plan.groups if plan else ()) for step in group.steps)
    return next((step.deadline for step in steps if step.id == id), None)


# ---------------------------------------------------------------------- the critical path


def _critical(
    targets: Mapping[str, Target], days: Mapping[str, Mapping[Phase, date]]
) -> frozenset[Node]:
    """From the last day known back to the beginning: at each milestone, what comes before latest.

    Within a step milestones follow each other; a step that comes after another copies nothing
    before that one has switched.
    """
    nodes = {(id, phase): day for id, found in days.items() for phase, day in found.items()}
    at = max(nodes, key=lambda n: (nodes[n], PHASES.index(n[1]), n[0]), default=None)
    path: set[Node] = set()
    while at is not None and at not in path:
        path.add(at)
        before = [node for node in _before(at, targets) if node in nodes]
        at = max(before, key=lambda n: (nodes[n], PHASES.index(n[1]), n[0]), default=None)
    return frozenset(path)


def _before(node: Node, targets: Mapping[str, Target]) -> Iterable[Node]:
    id, phase = node
    rank = PHASES.index(phase)
    yield from ((id, earlier) for earlier in PHASES[:rank])
    if rank >= PHASES.index(Phase.COPY):
        yield from ((other, Phase.SWITCH) for other in targets[id].after)
