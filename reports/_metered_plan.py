"""Where the transition stands, as metrics: what is exposed still, how far its steps have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditor.sdk import Plan, Progress

from ._meters import Metric, seconds


def progress(plan: Plan, words: Any) -> Iterator[Metric]:
    """Every family of the plan, in an order that stays."""
    yield from _counted(plan, words)
    yield from _steps(plan, words)
    if plan.ends:
        ends = Metric("plan_ends_timestamp_seconds", words("The last milestone, since 1970."))
        yield ends.add(seconds(plan.ends))


def _counted(plan: Plan, words: Any) -> Iterator[Metric]:
    told, unplanned = plan.counted, sum(group.unplanned for group in plan.groups)
    numbers = {
        "stores": (words("Data stores judged."), told.stores),
        "stores_exposed": (words("Data stores judged that are exposed."), told.exposed),
        "stores_undetermined": (
            words("Data stores judged of which it is not known."), told.undetermined),
        "stores_unplanned": (words("Data stores that no step of the plan means yet."), unplanned),
        "stores_keys_out_of_reach": (
            words("Data stores whose keys the host cannot use alone."), told.keys_out_of_reach),
        "bytes": (words("Bytes judged, where the size is known."), told.bytes),
        "bytes_exposed": (words("Bytes judged that are exposed."), told.bytes_exposed),
    }  # fmt: skip
    for name, (said, value) in numbers.items():
        yield Metric(f"plan_{name}", said).add(value)


def _steps(plan: Plan, words: Any) -> Iterator[Metric]:
    steps = [step for group in plan.groups for step in group.steps]
    marks = [mark for step in steps for mark in step.milestones]
    passed = sum(limit.passed for step in steps for limit in step.limits)
    latest = max((slip.days for step in steps for slip in step.slips), default=0)
    numbers = {
        "milestones": (words("Milestones of the plan."), len(marks)),
        "milestones_reached": (words("Milestones that are behind."), sum(m.reached for m in marks)),
        "milestones_undated": (words("Milestones without a day."), plan.undated),
        "limits_passed": (words("Days that a step should not pass, and does."), passed),
        "slip_days": (
            words("Days after the deadline of an earlier version, of the latest step."), latest),
    }  # fmt: skip
    for name, (said, value) in numbers.items():
        yield Metric(f"plan_{name}", said).add(value)
    states = Counter(str(step.state) for step in steps)
    told = Metric("plan_steps", words("Steps of the plan, by how far they have come."))
    for state in map(str, Progress):
        told.add(states[state], state=state)
    yield told
