"""The plan in short, in plain text: what whoever decides needs first, in eighty columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Group, Step, plain, renderer

from ._brief import Line, laid
from ._director import conclusion, decisions
from ._groups import name_of, volume, why
from ._told import Told

_GROUPS = 20


@renderer("plan", suffix=".plan.txt", media_type="text/plain; charset=utf-8")
def plan(report: Any, words: Any) -> Iterator[bytes]:
    """Version, conclusion, groups with their steps, and what is to be decided."""
    for line in lines(Told(report, words, 0)):
        yield "".join(f"{part}\n" for part in laid(line)).encode("utf-8", "replace")


def lines(told: Told) -> Iterator[Line]:
    """The plan, one line per thing."""
    words, found = told.words, told.plan
    if found is None:
        yield Line(words("This run was judged before there was a plan: judge it again."))
        return
    day = words.date(found.as_of)
    yield Line(words("Transition plan {version}, {day}", version=found.version, day=day), "title")
    yield from (Line(text) for text in conclusion(told))
    yield Line()
    yield Line(words("Groups, and where they go"), "head")
    for group in told.groups[:_GROUPS]:
        yield from _group(told, group)
    if len(told.groups) > _GROUPS:
        more = words.number(len(told.groups) - _GROUPS)
        yield Line(words("{n} more in the documents", n=more), "soft", 2)
    if not told.groups:
        yield Line(words("Nothing exposed was seen."), "", 2)
    asked = list(decisions(told))
    if asked:
        yield Line()
        yield Line(words("To decide"), "head")
        yield from (Line(f"{at}. {text}", "", 2) for at, text in enumerate(asked, 1))


def _group(told: Told, group: Group) -> Iterator[Line]:
    words = told.words
    count = words.number(group.volume.stores)
    yield Line(words("{group} · data stores: {n} · volume: {size}", n=count,
                     group=name_of(told, group), size=volume(told, group.volume)),
               "", 2)  # fmt: skip
    yield Line(why(told, group), "soft", 4)
    for step in group.steps:
        yield Line(_step(told, step), "soft", 4)


def _step(told: Told, step: Step) -> str:
    words = told.words
    if not step.id:
        n = words.number(step.stores)
        return str(words("without a step: {n}; owner, target and date are to be set", n=n))
    asked = words("to be completed")
    return str(
        words("step {id}: target {offer}, owner {owner}, deadline {day}", id=plain(step.id),
              offer=plain(step.offer) or asked, owner=plain(step.owner) or asked,
              day=words.date(step.deadline) if step.deadline else asked)
    )  # fmt: skip
