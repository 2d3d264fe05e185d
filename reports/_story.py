"""What is told, said once: the plan's document, with the audit that it rests on, in one language.

A summary for whoever decides, sections S0 to S18, annexes A to F. A format decides looks. Every
text here is ready to be shown: strangers' names are on one line, without control or direction
marks; escaping for the medium is the format's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ._annexes import aligned, hosts, inventory, references, transfers, versions
from ._blocks import Section
from ._director import summary
from ._exposure import laws, measures, places
from ._governance import contracts, decisions, follow_up, formalities, information, method
from ._leaving import leaving
from ._outline import answered
from ._parties import cover, parties, scope, treatments
from ._schedule import calendar, duration, meanwhile
from ._studied import studied, target
from ._told import Told

_SECTIONS: Mapping[str, Callable[[Told], Iterator[Section]]] = {
    "S0": cover, "S1": scope, "S2": parties, "S3": treatments, "S4": places, "S5": laws,
    "S6": measures, "S7": studied, "S8": duration, "S9": meanwhile, "S10": target,
    "S11": calendar, "S12": leaving, "S13": contracts, "S14": information, "S15": formalities,
    "S16": decisions, "S17": follow_up, "S18": method,
}  # fmt: skip
PAGED = 60  # rows that a document of pages shows of each table, and about as many findings
_ANNEXES = (inventory, hosts, aligned, transfers, references, versions)


def tell(report: Any, words: Any, most: int) -> Iterator[Section]:
    """The whole story; at most about `most` rows for all findings, and for each other table."""
    told = Told(report, words, most)
    yield summary(told)
    for id, made in _SECTIONS.items():
        yield from made(told)
        yield from answered(told, id)
    for made in _ANNEXES:
        yield from made(told)


def headline(report: Any, words: Any) -> str:
    """The title of every document."""
    return str(
        words("Health-data hosting: audit and transition plan, {day}", day=words.date(report.as_of))
    )
