"""The summary for whoever decides: two pages that stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from auditor.sdk import Certainty, Group, Outcome, Severity, plain

from . import _figures
from ._alignment import overall
from ._asked import blank, day
from ._blocks import Block, Items, Section, Table, Text, numbers
from ._gather import HOLDS
from ._groups import name_of, volume, why
from ._saying import word
from ._scope import whole
from ._told import Told


def summary(told: Told) -> Section:
    """What was seen, what is exposed, what is asked of the reader."""
    report, words = told.report, told.words
    blocks: list[Block] = [Text(line, "lead") for line in conclusion(told)]
    blocks.append(Text(whole(report, words), "warning" if _partial(report) else ""))
    if report.summary.on_own_facts:
        blocks.append(Text(own_met(report, words), "warning"))
    if told.groups:
        blocks += _exposed(told, _groups(told))
    blocks.append(Items(tuple(decisions(told))))
    if told.alignment is not None:
        said = words("Alignment: the 35 items")
        blocks.append(Text(f"{said}. {overall(report, words, told.alignment)}"))
    blocks += [_severities(told), _certainty(report, words)]
    return Section(words("Summary for whoever decides"), tuple(blocks), 2, "", "summary")


def conclusion(told: Told) -> Iterator[str]:
    """The whole in three sentences."""
    report, words, plan = told.report, told.words, told.plan
    yield holding(report, words)
    if plan is not None:
        counted = plan.counted
        yield words(
            "Exposed to non-EU law, or resting or going outside the EEA: {exposed} of {stores} "
            "data stores; undetermined: {unknown}.",
            exposed=words.number(counted.exposed), stores=words.number(counted.stores),
            unknown=words.number(counted.undetermined),
        )  # fmt: skip
        planned = sum(step.stores for _, step in told.steps if step.id)
        yield words(
            "The plan has a step for {planned} of them; {rest} have none yet.",
            planned=words.number(planned),
            rest=words.number(sum(group.unplanned for group in plan.groups)),
        )  # fmt: skip


def holding(report: Any, words: Any) -> str:
    """How many stores hold health data, as far as that was seen."""
    s = report.summary
    held = sum(s.health.get(str(c), 0) for c in HOLDS)
    return str(
        words(
            "Data stores seen: {n}. Health data confirmed, declared or probable: {held}. "
            "To be qualified by a person: {rest}.",
            n=words.number(s.stores), held=words.number(held),
            rest=words.number(s.stores - held - s.health.get(str(Certainty.NONE), 0)),
        )
    )  # fmt: skip


def own_met(report: Any, words: Any) -> str:
    """That rules are met only by facts of the user's own, and for how many stores each."""
    told = ", ".join(
        f"{plain(rule)} ({words.number(n)})" for rule, n in report.summary.on_own_facts.items()
    )
    return str(
        words("Met by facts of the user’s own, which nobody else has read: {rules}.", rules=told)
    )


def _partial(report: Any) -> bool:
    return any(report.summary.coverage.get(state) for state in ("partial", "unread"))


def _of(words: Any, group: Group) -> str:
    """How many stores of a group are exposed, of how many that were seen."""
    exposed, seen = words.number(group.volume.stores), words.number(group.seen)
    return str(words("{n} of {m}", n=exposed, m=seen))


def _exposed(told: Told, table: Table) -> tuple[Block, ...]:
    """The picture of what is exposed, with the one table that says all of it."""
    return tuple(replace(figure, table=table) for figure in _figures.exposure(told)) or (table,)


def _groups(told: Told) -> Table:
    words, rows = told.words, []
    for group in told.groups:
        step = next((s for s in group.steps if s.id), None)
        key = f"targets.{plain(step.id)}" if step else "targets"
        rows.append(
            (name_of(told, group), _of(words, group), why(told, group),
             volume(told, group.volume),
             plain(step.offer) if step and step.offer else blank(words, f"{key}.offer"),
             day(words, step.deadline if step else None, f"{key}.deadline"))
        )  # fmt: skip
    columns = (words("Group"), words("Data stores exposed"), words("Why it is exposed"),
               words("Volume"), words("Target"), words("Deadline"))  # fmt: skip
    caption = words("What is exposed, and where it goes")
    most = 12  # the director's two pages
    return Table(caption, columns, tuple(rows[:most]), max(0, len(rows) - most), (),
                 (5, 3, 5, 4, 4, 4))  # fmt: skip


def decisions(told: Told) -> Iterator[str]:
    """What only the reader can decide, most pressing first."""
    words, plan = told.words, told.plan
    if plan is None:
        return
    if plan.since is None:
        yield words("Approve a first version of the plan: deadlines count from that day.")
    late = [s for _, s in told.steps if any(limit.passed for limit in s.limits)]
    if late:
        yield words("Steps whose deadline passes a limit: {n} (section S8).",
                    n=words.number(len({s.id for s in late})))  # fmt: skip
    unplanned = sum(group.unplanned for group in plan.groups)
    if unplanned:
        yield words("Set a step, an owner and a date for {n} exposed data stores (section S11).",
                    n=words.number(unplanned))  # fmt: skip
    asked = len({(s.id, name) for _, s in told.steps if s.id for name in s.asked})
    if asked:
        yield words("Complete what only you can say of the steps: {n} answers (sections S8 to "
                    "S12).", n=words.number(asked))  # fmt: skip
    short = [kind for kind, found in plan.candidates.items()
             if sum(c.established for c in found) < 2]  # fmt: skip
    if short:
        yield words("Have offers studied: for {n} families, fewer than two are established by the "
                    "sources read (section S7).", n=words.number(len(short)))  # fmt: skip
    if _partial(told.report):
        yield words("Have the missing read permissions granted: what could not be read is never "
                    "counted as met (section S18).")  # fmt: skip


def _certainty(report: Any, words: Any) -> Table:
    s = report.summary
    rows = tuple(
        (word(report, words, "certainty", c), words.number(s.health[c]),
         words.percent(s.health[c], s.stores))
        for c in map(str, Certainty)
        if s.health.get(c)
    )  # fmt: skip
    columns = (words("Certainty"), words("Data stores"), words("Share"))
    return Table(words("Whether they hold health data"), columns, rows)


def _severities(told: Told) -> Table:
    report, words, found = told.report, told.words, told.found
    rows = tuple(
        (word(report, words, "severity", s),
         *numbers(words, (found.by_severity[s, True], found.by_severity[s, False])))
        for s in Severity
    )  # fmt: skip
    undetermined = [found.total(Outcome.UNDETERMINED, holds) for holds in (True, False)]
    waived = [found.waived[holds] for holds in (True, False)]
    rows = (
        *rows,
        (words("Undetermined, any severity"), *numbers(words, undetermined)),
        (words("Deviations that a waiver accepts"), *numbers(words, waived)),
    )
    columns = (words("Findings"), words("On health data"), words("To be qualified"))
    caption = words("Deviations by severity, and what is undetermined")
    return Table(caption, columns, rows, 0, (*map(str, Severity), "", ""))
