"""The plan as rows: one for each step of each group, and one for what no step means yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Group, Limit, Phase, Step, plain

from ._asked import blank, convention
from ._groups import name_of, why
from ._saying import word
from ._sheets import Column, Value
from ._told import Told


def columns(report: Any, words: Any) -> tuple[Column, ...]:
    """What the cells of a row are, in order."""
    return (
        Column(words("Group"), 28), Column(words("Grouped by"), 13), Column(words("Why"), 34),
        Column(words("Stores of the group"), 11), Column(words("Bytes known"), 20),
        Column(words("Stores without a size"), 11), Column(words("Regimes"), 12),
        Column(words("Step"), 20), Column(words("Stores of the step"), 11),
        Column(words("Offer aimed at"), 16), Column(words("Service"), 16),
        Column(words("Region"), 14), Column(words("Owner"), 20), Column(words("State"), 16),
        Column(words("Deadline"), 13), Column(words("After"), 18),
        *(Column(name, 13) for name in _phases(report, words).values()),
        Column(words("Owners of milestones"), 28), Column(words("Milestones reached"), 24),
        Column(words("On the critical path"), 24), Column(words("Limits"), 42),
        Column(words("Slippage in days"), 12), Column(words("To be completed"), 24),
    )  # fmt: skip


def rows(report: Any, words: Any) -> Iterator[tuple[tuple[Value, ...], str]]:
    """One row for each step; what nobody has said yet stands out."""
    told = Told(report, words, 0)
    for group, step in told.steps:
        yield (*_group(told, group), *_step(told, step)), ""


def _group(told: Told, group: Group) -> tuple[Value, ...]:
    return (
        name_of(told, group), convention(told.report, told.words, "grouping", group.by),
        why(told, group), group.volume.stores, group.volume.bytes, group.volume.unknown,
        ", ".join(group.regimes),
    )  # fmt: skip


def _step(told: Told, step: Step) -> tuple[Value, ...]:
    report, words = told.report, told.words
    to_come = blank(words, "targets")
    days = {milestone.phase: milestone.day for milestone in step.milestones}
    named = _phases(report, words)
    return (
        plain(step.id) or to_come, step.stores, plain(step.offer) or to_come,
        plain(step.service) or to_come, plain(step.region) or to_come,
        plain(step.owner) or to_come,
        word(report, words, "progress", step.state) if step.id else to_come,
        step.deadline or to_come, ", ".join(map(plain, step.after)),
        *(days.get(phase) or to_come for phase in Phase),
        " · ".join(f"{words.title(named[m.phase])} {plain(m.owner)}"
                  for m in step.milestones if m.owner),
        ", ".join(named[m.phase] for m in step.milestones if m.reached),
        ", ".join(named[m.phase] for m in step.milestones if m.critical),
        " · ".join(_limit(told, limit) for limit in step.limits),
        max((slip.days for slip in step.slips), default=None), _asked(told, step),
    )  # fmt: skip


def _phases(report: Any, words: Any) -> dict[Phase, str]:
    return {phase: convention(report, words, "phases", phase) for phase in Phase}


def _asked(told: Told, step: Step) -> str:
    """What only a person can say of a step, and has not."""
    report, words = told.report, told.words
    said = {
        "owner": words("Owner"), "deadline": words("Deadline"), "offer": words("Offer aimed at"),
        "necessity": words("Necessity"), "budget": words("Budget"),
        **{f"milestones.{phase}": name for phase, name in _phases(report, words).items()},
    }  # fmt: skip
    return ", ".join(said.get(code, plain(code)) for code in step.asked)


def _limit(told: Told, limit: Limit) -> str:
    """A day that a step should not pass, and what sets it."""
    words = told.words
    said = convention(told.report, words, "limits", limit.origin)
    passed = words("passed by the step") if limit.passed else ""
    return f"{words.date(limit.day)} ({', '.join(filter(None, (said, passed)))})"
