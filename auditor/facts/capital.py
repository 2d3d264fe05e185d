"""Capital: seat, capital, votes and powers of an operator against SecNumCloud 3.2, 19.6 a) and b).

No entity from outside the Union may hold more than 24 %, nor all of them more than 39 %, of the
capital or of the votes, directly or indirectly; none may hold a veto or appoint the majority of a
governing body. The text does not say how an indirect holding is counted: it is counted both ways,
by multiplying along the chain and by giving a company's holdings to whoever holds more than half
of it, and the larger counts. What is held by nobody knows whom could be held by anybody: it is
added to the largest holder, and to all together, before the answer is `met`. A qualification that
stands is the authority's own test: it is told apart, and never merged with this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.model import Capital, Confidence, Measured, Unknown

from .standing import weakest

if TYPE_CHECKING:
    from .base import Facts

ALONE, TOGETHER, CONTROL, WHOLE = 24.0, 39.0, 50.0, 100.0
TEXT = "texts:SECNUMCLOUD-3.2"
_EXACT = 1e-9
_NOT_HELD = ("people", "public", "foundation")  # nobody holds a part of these


@dataclass(slots=True)
class _Held:
    """What is held of one company, in percent: by whom outside the Union, and by nobody knows."""

    outside: dict[str, float] = field(default_factory=dict)
    unknown: float = 0.0

    def add(self, other: _Held, part: float) -> None:
        for name, share in other.outside.items():
            self.outside[name] = self.outside.get(name, 0.0) + share * part / WHOLE
        self.unknown += other.unknown * part / WHOLE

    @property
    def alone(self) -> tuple[float, str]:
        """The largest part of one holder outside the Union, and who that is."""
        return max(((v, k) for k, v in self.outside.items()), default=(0.0, ""))

    @property
    def together(self) -> float:
        """The part of all of them."""
        return sum(self.outside.values())


@dataclass(slots=True)
class _Walk:
    facts: Facts
    day: date
    used: dict[str, None] = field(default_factory=dict)
    sure: Confidence = Confidence.STRONG
    powers: list[str] = field(default_factory=list)
    unsure: bool = False  # whether it is not known in whose hands a power is

    def company(self, id: str) -> Mapping[str, Any] | None:
        """A company as known on the day, its confidence counted."""
        fact: Mapping[str, Any] | None = self.facts.table("entities").get(id)
        self.used[self.facts.cite(f"entities:{id}")] = None
        if fact is None or self.facts.edition_facts.holds(fact, self.day) is not True:
            return None
        self.sure = weakest(self.sure, self.facts.edition_facts.confidence(fact, self.day))
        return fact

    def outside(self, fact: Mapping[str, Any]) -> bool | None:
        """Whether seat, central administration or main establishment lies outside the Union."""
        seats = [fact[k] for k in ("seat", "administration", "main_establishment") if k in fact]
        inside = [self.facts.country(seat, self.day).in_eu for seat in seats]
        if any(one is False for one in inside):
            return True
        if not seats or any(isinstance(one, Unknown) for one in inside):
            return None
        return False

    def owners(self, fact: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The owners as held on the day."""
        for edge in fact.get("owners", ()):
            if self.facts.edition_facts.holds(edge, self.day) is True:
                self.sure = weakest(self.sure, self.facts.edition_facts.confidence(edge, self.day))
                yield edge

    def held(self, id: str, measure: str, attributed: bool, seen: frozenset[str]) -> _Held:
        """What is held of a company, by multiplying along the chain or by control."""
        told = _Held()
        fact = self.company(id)
        if fact is None or id in seen:
            told.unknown = WHOLE
            return told
        rest = WHOLE
        for edge in self.owners(fact):
            above = self.above(edge["entity"], measure, attributed, seen | {id})
            self.power(edge, above)
            share = edge.get(measure, edge.get("capital") if edge.get("capital") == WHOLE else None)
            if share is not None:  # else it stays among what is not known
                rest -= share
                told.add(above, share)
        told.unknown += max(0.0, rest)
        return told

    def above(self, id: str, measure: str, attributed: bool, seen: frozenset[str]) -> _Held:
        """What is held of a holder: whoever sits outside holds itself, wherever it is unknown."""
        fact = self.company(id)
        where = None if fact is None else self.outside(fact)
        if where:
            return _Held({id: WHOLE})
        if fact is None or where is None:
            return _Held(unknown=WHOLE)
        if fact.get("kind") in _NOT_HELD:
            return _Held()
        held = self.held(id, measure, attributed, seen)
        return _controlled(held) if attributed else held

    def power(self, edge: Mapping[str, Any], above: _Held) -> None:
        """Note a veto or an appointment, when it is, or might be, in hands outside the Union."""
        told = [power for power in ("veto", "board") if edge.get(power)]
        if above.alone[0] > CONTROL:
            self.powers += told
        elif told and above.together + above.unknown > CONTROL:
            self.unsure = True


def _controlled(above: _Held) -> _Held:
    """The same when whoever holds more than half of a company is given all that it holds."""
    share, name = above.alone
    return _Held({name: WHOLE}) if share > CONTROL else above


def capital_of(facts: Facts, offer: str, day: date) -> Capital:
    """The test for the company that signs for an offer, on a day."""
    fact = facts.table("offers").get(offer, {})
    id = fact.get("contracting") or fact.get("owner")
    if id is None or facts.edition_facts.holds(fact, day) is not True:
        return Capital(answer=Measured.UNDETERMINED, reasons=("capital",), facts=(TEXT,))
    walk = _Walk(facts, day)
    company = walk.company(id)
    where = None if company is None else walk.outside(company)
    counted = {
        measure: [walk.held(id, measure, both, frozenset()) for both in (False, True)]
        for measure in ("capital", "votes")
    }
    held = [one for both in counted.values() for one in both]
    alone, holder = max(h.alone for h in held)
    together = max(h.together for h in held)
    unknown = max(h.unknown for h in held)
    wrong = [
        *(["seat"] if where is True else []),
        *(["alone"] if alone > ALONE + _EXACT else []),
        *(["together"] if together > TOGETHER + _EXACT else []),
        *dict.fromkeys(walk.powers),
    ]
    doubts = [
        *(["seat_unknown"] if where is None else []),
        *(measure for measure, both in counted.items() if any(_might(h) for h in both)),
        *(["power"] if walk.unsure else []),
        *(["weak"] if walk.sure is Confidence.WEAK else []),
    ]
    answer = Measured.DEVIATES if wrong else Measured.UNDETERMINED if doubts else Measured.MET
    return Capital(
        answer=answer,
        alone=round(alone, 4),
        together=round(together, 4),
        unknown=round(unknown, 4),
        holder=facts.table("entities").get(holder, {}).get("name", holder),
        reasons=tuple(wrong or doubts),
        confidence=walk.sure,
        facts=(facts.cite(f"offers:{offer}"), *walk.used, TEXT),
    )


def _might(held: _Held) -> bool:
    """Whether what is not known could bring one holder, or all of them, over the caps."""
    over = held.alone[0] + held.unknown > ALONE + _EXACT
    return over or held.together + held.unknown > TOGETHER + _EXACT
