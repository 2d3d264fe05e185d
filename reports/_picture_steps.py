"""What a timeline says in words, and its table: each step by its ends, its limits, its slip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Group, Plan, Step, plain

from ._blocks import Blank, Cell, Table
from ._picture_marks import phases
from ._picture_measure import fit, listed

MOST = 24  # lanes drawn
Lanes = list[tuple[Group, Step | None]]


def days_of(words: Any, days: int) -> str:
    sign = "+" if days > 0 else "−"
    return str(words("{sign}{n} d", sign=sign, n=words.number(abs(days))))


def group_of(group: Group) -> str:
    return plain(group.name or group.id.partition(":")[2] or group.id)


def goal(words: Any, step: Step | None) -> str:
    """Where a step leads to."""
    if step is None:
        return str(words("no target yet: to be completed"))
    where = " ".join(plain(p) for p in (step.offer, step.service, step.region) if p)
    return f"→ {where}" if where else f"→ {words('target to be completed')}"


def is_law(origin: str) -> bool:
    return not origin.startswith("convention")


def more(words: Any, lanes: int) -> str:
    return str(
        words(
            "Steps drawn: the first {n}, of {all}; the table tells all of them.",
            n=words.number(MOST),
            all=words.number(lanes),
        )
    )


def told(words: Any, plan: Plan, lanes: Lanes) -> str:
    """What the timeline says, in words: each lane by its ends, its deadline, its slip."""
    said = [
        words(
            "Timeline of the transition plan on {day}: {n} steps.",
            day=words.date(plan.as_of),
            n=words.number(len(lanes)),
        )
    ]
    for group, step in lanes[:MOST]:
        parts = list(_parts(words, step)) if step else []
        name = fit(group_of(group), 300, 11)
        where = words.title(f"{name} {fit(goal(words, step), 300, 11)}")
        said.append(f"{where} {listed(words, parts or [words('dates to be completed')])}.")
    if len(lanes) > MOST:
        said.append(more(words, len(lanes)))
    return " ".join(said)


def _parts(words: Any, step: Step) -> Iterator[str]:
    days = [m.day for m in step.milestones if m.day]
    if days:
        yield words(
            "milestones from {first} to {last}",
            first=words.date(min(days)),
            last=words.date(max(days)),
        )
    if step.deadline:
        yield words("deadline {day}", day=words.date(step.deadline))
    for one in step.limits:
        yield _limit(words, one)
    for slip in step.slips:
        yield _slip(words, slip)


def _limit(words: Any, one: Any) -> str:
    day = words.date(one.day)
    if is_law(one.origin):
        said = words("limit {day} by {reference}", day=day, reference=plain(one.origin))
    else:
        said = words("limit {day} by a convention of the project", day=day)
    return f"{said} ({words('passed')})" if one.passed else str(said)


def _slip(words: Any, slip: Any) -> str:
    return str(
        words(
            "{days} since the version {version} ({day})",
            days=days_of(words, slip.days),
            version=plain(slip.version) or "–",
            day=words.date(slip.deadline),
        )
    )


def table(words: Any, lanes: Lanes) -> Table:
    names, rows = phases(words), []
    for group, step in lanes:
        blank = Blank(words("to be completed"), f"targets.{step.id}" if step else "targets")
        said: list[Cell] = []
        if step:
            dated = [f"{names[m.phase]} {words.date(m.day)}" for m in step.milestones if m.day]
            said = [
                ", ".join(dated) or blank,
                words.date(step.deadline) if step.deadline else blank,
                ", ".join(_limit(words, one) for one in step.limits) or "–",
                ", ".join(_slip(words, s) for s in step.slips) or "–",
            ]
        where: Cell = goal(words, step).removeprefix("→ ") if step and step.offer else blank
        rows.append((group_of(group), where, *(said or (blank, blank, "–", "–"))))
    columns = (
        words("Group"),
        words("Target"),
        words("Milestones"),
        words("Deadline"),
        words("Limits"),
        words("Slip"),
    )
    caption = words("Steps of the plan")
    return Table(caption, columns, tuple(rows), 0, (), (3, 3, 5, 2, 4, 3))
