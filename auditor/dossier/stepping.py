"""Steps of a plan that cannot be: milestones out of their order, steps that wait for each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from auditor.model import Phase

_PHASES = tuple(map(str, Phase))


class Wrong(NamedTuple):
    """One thing that does not hold: where in the data, and two sentences with what fills them."""

    path: tuple[str, ...]
    wrong: str
    instead: str
    values: Mapping[str, str] = {}


def steps_of(data: Mapping[str, Any]) -> Iterator[Wrong]:
    """Everything that does not hold of the steps, and between them."""
    steps: Mapping[str, Mapping[str, Any]] = data.get("targets", {})
    for id, step in steps.items():
        yield from _order(id, step)
        for other in step.get("after", ()):
            if other not in steps:
                yield Wrong(("targets", id, "after"), "{name} is not known",
                            "one of [targets]: {known}",
                            {"name": other, "known": ", ".join(sorted(steps)[:12])})  # fmt: skip
    for id in steps:
        if id in _behind(id, steps):
            yield Wrong(("targets", id, "after"), "it waits for itself, through other steps",
                        "take one of these steps out")  # fmt: skip


def _order(id: str, step: Mapping[str, Any]) -> Iterator[Wrong]:
    """A milestone never comes before the one that it follows."""
    days = step.get("milestones", {})
    set_ = [(phase, str(days[phase])) for phase in _PHASES if phase in days]
    for (earlier, first), (phase, day) in pairwise(set_):
        if day < first:
            yield Wrong(("targets", id, "milestones", phase), "it lies before {first}",
                        "write a later day", {"first": f"{earlier} ({first})"})  # fmt: skip


def _behind(id: str, steps: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """All that a step waits for."""
    found: set[str] = set()
    left = list(steps[id].get("after", ()))
    while left:
        other = left.pop()
        if other not in found and other in steps:
            found.add(other)
            left += steps[other].get("after", ())
    return found
