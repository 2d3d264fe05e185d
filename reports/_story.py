"""What is told, said once: a report as titles, sentences and tables, in one language.

A format decides looks. Every text here is ready to be shown: strangers' names are on one line,
without control or direction marks; escaping for the medium is the format's work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Certainty, Outcome, Severity, plain

from ._alignment import alignment
from ._blocks import Section, Table, numbers, section
from ._changes import changes
from ._findings import findings, to_qualify
from ._gather import HOLDS, Findings, findings_of, read_of
from ._saying import word
from ._scope import unread, what, whole
from ._sources import limits, texts
from ._verdicts import custody, others, verdicts


def tell(report: Any, words: Any, most: int) -> Iterator[Section]:
    """The whole story; at most about `most` rows for all findings, and for each other table."""
    rules = max(1, len(report.summary.outcomes))
    found, read = findings_of(report, max(10, most // rules)), read_of(report)
    yield _summary(report, words, found)
    yield what(report, words, read)
    yield from changes(report, words, most)
    yield from verdicts(report, words)
    yield custody(report, words)
    yield from others(report, words)
    yield from alignment(report, words)
    yield from findings(report, words, found)
    yield to_qualify(report, words, found, most)
    yield unread(report, words, read, most)
    yield texts(report, words, found)
    yield limits(report, words)


def headline(report: Any, words: Any) -> str:
    """The title of every document."""
    return str(words("Residency of health data: audit of {day}", day=words.date(report.as_of)))


def _summary(report: Any, words: Any, found: Findings) -> Section:
    s = report.summary
    rows = tuple(
        (word(report, words, "certainty", c), words.number(s.health[c]),
         words.percent(s.health[c], s.stores))
        for c in map(str, Certainty)
        if s.health.get(c)
    )  # fmt: skip
    columns = (words("Certainty"), words("Data stores"), words("Share"))
    certainty = Table(words("Whether they hold health data"), columns, rows)
    cleared = (own_met(report, words),) if s.on_own_facts else ()
    sentences = (holding(report, words), whole(report, words), *cleared)
    return section(words("In short"), sentences, (certainty, _severities(report, words, found)))


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


def _severities(report: Any, words: Any, found: Findings) -> Table:
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
