"""A report: one judgement of one run, ready to be told, one store at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .codec import dumps, to_json
from .facts import USERS, Facts
from .model import (
    Alignment,
    Changes,
    Confidence,
    Counted,
    Coverage,
    DataStore,
    Dossier,
    Finding,
    Judged,
    Place,
    Plan,
    Reach,
    Summary,
    Unknown,
)
from .plan import named
from .runs import JudgementFolder, RunFolder


@dataclass(frozen=True, slots=True)
class Resting:
    """Stores counted by where they rest (inside the EEA, outside, unknown), and by offer.

    As the rule RES001 has it: one copy known to be outside, else one that is not established. An
    offer that is not known is "?".
    """

    places: Mapping[str, int] = field(default_factory=Counter)
    offers: Mapping[str, int] = field(default_factory=Counter)

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Resting:
        """One pass over the stores of a judgement."""
        places, offers = Counter[str](), Counter[str]()
        for one in judged:
            places[_rests(one.places)] += 1
            offers[one.offer if isinstance(one.offer, str) else "?"] += 1
        return cls(places, offers)


def _rests(places: tuple[Place | Unknown, ...]) -> str:
    if any(isinstance(p, Place) and not p.in_eea for p in places):
        return "outside"
    sure = bool(places) and all(isinstance(p, Place) and p.established for p in places)
    return "inside" if sure else "unknown"


@dataclass(frozen=True, slots=True)
class Report:
    """What a renderer is handed. Nothing here keeps the whole estate in memory."""

    header: Mapping[str, Any]
    summary: Summary
    facts: Facts
    reaches: Mapping[str, Reach]
    run: RunFolder
    judgement: JudgementFolder
    dossier: Dossier | None = None  # the one that was judged with, where it is at hand
    options: Mapping[str, Any] = field(default_factory=dict)  # what formats were asked for besides
    counted: Resting | None = None

    @classmethod
    def of(
        cls, run: RunFolder, judgement: JudgementFolder, facts: Facts,
        dossier: Dossier | None = None, options: Mapping[str, Any] | None = None,
    ) -> Report:  # fmt: skip
        """The report of a judgement; the reach of each offer is that of its day."""
        summary = judgement.summary()
        counted = Resting.of(judgement.judged())
        offers = sorted(set(counted.offers) - {"?"})
        reaches = {offer: facts.reach_of(offer, summary.as_of) for offer in offers}
        return cls(run.header, summary, facts, reaches, run, judgement, dossier, options or {},
                   counted)  # fmt: skip

    def resting(self) -> Resting:
        """Stores counted by where they rest, and by the offer that holds them."""
        return self.counted or Resting.of(self.judgement.judged())

    @property
    def as_of(self) -> date:
        """The day whose law was applied."""
        return self.summary.as_of

    @property
    def edition(self) -> str:
        """The edition of the facts that were applied."""
        return self.summary.edition

    def stores(self) -> Iterator[tuple[DataStore, Judged]]:
        """Every store with what was concluded of it."""
        return zip(self.run.stores(), self.judgement.judged(), strict=True)

    def findings(self) -> Iterator[Finding]:
        """Every finding, the most severe first."""
        return self.judgement.findings()

    def tallied(self) -> Iterator[tuple[Finding, int]]:
        """Every finding, and how many are like it: one by one, unless they may only be counted."""
        return ((finding, 1) for finding in self.findings())

    @staticmethod
    def plain(value: Any) -> Any:
        """A noun as JSON values, as its schema says."""
        return to_json(value)

    @staticmethod
    def line(value: Any) -> str:
        """The same as one line of JSON, its keys in order: quicker where nothing is added."""
        return dumps(value)

    def changes(self) -> Changes | None:
        """What this day changes, when the judgement was compared with another day's."""
        return self.judgement.changes()

    def alignment(self) -> Alignment | None:
        """The alignment table of the judgement."""
        return self.judgement.alignment()

    def plan(self) -> Plan | None:
        """The transition plan of the judgement, with whoever the dossier says sees to its steps.

        None in a judgement made before there was one.
        """
        plan = self.judgement.plan()
        return named(plan, self.dossier) if plan else None

    def history(self) -> tuple[tuple[date, Counted], ...]:
        """What was counted in the first run, in the latest ones, and in this: progress."""
        return self.judgement.history()

    def coverage(self) -> Iterator[Coverage]:
        """What was read of what."""
        return self.run.coverage()

    @staticmethod
    def theirs(facts: Iterable[str]) -> tuple[str, ...]:
        """Of the facts that a conclusion cites, those that are the user's own."""
        return tuple(id.removeprefix(USERS) for id in facts if id.startswith(USERS))

    def confidence(self, fact: Mapping[str, Any]) -> Confidence:
        """How sure a fact is, on the one scale of the house."""
        return self.facts.edition_facts.confidence(fact)
