"""The plan as rows: one for each step of each group, and one for what no step means yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Exposed, Group, Grouping, Limit, Phase, Plan, Step, plain

from ._blocks import Blank
from ._saying import word
from ._sheets import Column, Value


def steps_of(plan: Plan | None) -> Iterator[tuple[Group, Step | None]]:
    """Every step with its group; a group with stores that no step means comes once more."""
    for group in plan.groups if plan else ():
        for step in group.steps:
            yield group, step
        if group.unplanned or not group.steps:
            yield group, None


def columns(words: Any) -> tuple[Column, ...]:
    """What the cells of a row are, in order."""
    return (
        Column(words("Group"), 28), Column(words("Grouped by"), 13), Column(words("Why"), 34),
        Column(words("Stores of the group"), 11), Column(words("Bytes known"), 20),
        Column(words("Stores without a size"), 11), Column(words("Regimes"), 12),
        Column(words("Step"), 20), Column(words("Stores of the step"), 11),
        Column(words("Offer aimed at"), 16), Column(words("Service"), 16),
        Column(words("Region"), 14), Column(words("Owner"), 20), Column(words("State"), 16),
        Column(words("Deadline"), 13), Column(words("After"), 18),
        *(Column(name, 13) for name in phases(words).values()),
        Column(words("Owners of milestones"), 28), Column(words("Milestones reached"), 24),
        Column(words("On the critical path"), 24), Column(words("Limits"), 42),
        Column(words("Slippage in days"), 12), Column(words("To be completed"), 24),
    )  # fmt: skip


def rows(report: Any, words: Any) -> Iterator[tuple[tuple[Value, ...], str]]:
    """One row for each step; what nobody has said yet stands out."""
    for group, step in steps_of(report.plan()):
        yield (*_group(words, group), *_step(report, words, group, step)), ""


def _group(words: Any, group: Group) -> tuple[Value, ...]:
    return (
        plain(group.name or group.id), by(words, group), why(words, group), group.volume.stores,
        group.volume.bytes, group.volume.unknown, ", ".join(group.regimes),
    )  # fmt: skip


def _step(report: Any, words: Any, group: Group, step: Step | None) -> tuple[Value, ...]:
    to_come = _blank(words)
    if step is None:
        rest = group.unplanned or group.volume.stores
        return (to_come, rest, *[to_come] * 3, to_come, None, to_come)
    days = {milestone.phase: milestone.day for milestone in step.milestones}
    named = phases(words)
    return (
        plain(step.id), step.stores, plain(step.offer) or to_come, plain(step.service) or to_come,
        plain(step.region) or to_come, plain(step.owner) or to_come,
        word(report, words, "progress", step.state), step.deadline or to_come,
        ", ".join(map(plain, step.after)), *(days.get(phase) or to_come for phase in Phase),
        " · ".join(f"{words.title(named[m.phase])} {plain(m.owner)}"
                  for m in step.milestones if m.owner),
        ", ".join(named[m.phase] for m in step.milestones if m.reached),
        ", ".join(named[m.phase] for m in step.milestones if m.critical),
        " · ".join(limit(words, told) for told in step.limits),
        max((slip.days for slip in step.slips), default=None), asked(words, step),
    )  # fmt: skip


def _blank(words: Any) -> Blank:
    return Blank(words("to be completed"), "")


def phases(words: Any) -> dict[Phase, str]:
    """The milestones of a step, in order."""
    said = (
        words("Evaluation"), words("Decision"), words("Contract signed"), words("Target built"),
        words("Copy made"), words("Copy checked"), words("Switch"),
        words("Deletion at the former host"), words("Proof of deletion"),
    )  # fmt: skip
    return dict(zip(Phase, said, strict=True))


def by(words: Any, group: Group) -> str:
    """What the stores of a group have in common."""
    said = {
        Grouping.TREATMENT: words("treatment"),
        Grouping.TAG: words("tag"),
        Grouping.ACCOUNT: words("account"),
    }
    return str(said[group.by])


def why(words: Any, group: Group) -> str:
    """What exposes the stores of a group, and how many each."""
    said = {
        Exposed.REACH: words("reach of non-EU law"),
        Exposed.PLACE: words("copy outside the EEA"),
        Exposed.TRANSFER: words("transfer outside the EEA"),
        Exposed.UNDETERMINED: words("undetermined"),
    }
    return ", ".join(
        f"{said[Exposed(code)]} ({words.number(n)})" for code, n in group.exposed.items()
    )


def asked(words: Any, step: Step) -> str:
    """What only a person can say of a step, and has not."""
    said = {
        "owner": words("Owner"), "deadline": words("Deadline"), "offer": words("Offer aimed at"),
        "service": words("Service"), "region": words("Region"), "necessity": words("Necessity"),
        "budget": words("Budget"), "milestones": words("Milestones"),
    }  # fmt: skip
    return ", ".join(said.get(code, plain(code)) for code in step.asked)


def limit(words: Any, told: Limit) -> str:
    """A day that a step should not pass, and what sets it."""
    said = {
        "convention_warn": words("convention of the project, warning"),
        "convention_fail": words("convention of the project, deviation"),
    }.get(told.origin, plain(told.origin))
    passed = words("passed") if told.passed else ""
    return f"{words.date(told.day)} ({', '.join(filter(None, (said, passed)))})"
