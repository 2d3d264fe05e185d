"""What all rules share: who is judged, and what it takes to call a statement met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps

from auditor.sdk import (
    Because,
    Case,
    Certainty,
    Place,
    Reason,
    Regime,
    Role,
    Unknown,
    Verdict,
    met,
    not_applicable,
    undetermined,
)

HOLDS_DATA = (Role.REPLICA, Role.BACKUP, Role.SNAPSHOT)


def of_health_data(judge: Callable[[Case], Verdict]) -> Callable[[Case], Verdict]:
    """Leave out the stores whose content was read without a sign of health data; only those."""

    @wraps(judge)
    def judged(case: Case) -> Verdict:
        if case.health.certainty is Certainty.NONE:
            return not_applicable(Because(code="content_read"))
        return judge(case)

    return judged


def of_dossier(judge: Callable[[Case], Verdict]) -> Callable[[Case], Verdict]:
    """Leave out what only a dossier can answer where there is none: its absence is told once."""

    @wraps(judge)
    def judged(case: Case) -> Verdict:
        if case.declared is None:
            return not_applicable(Because(code="no_dossier"))
        return judge(case)

    return judged


def under(*regimes: Regime) -> Callable[[Callable[[Case], Verdict]], Callable[[Case], Verdict]]:
    """Leave out the stores whose declared regimes are all others; where none is, all are judged."""

    def narrowed(judge: Callable[[Case], Verdict]) -> Callable[[Case], Verdict]:
        @wraps(judge)
        def judged(case: Case) -> Verdict:
            if case.regimes and case.regimes.isdisjoint(regimes):
                return not_applicable(Because(code="other_regime"))
            return judge(case)

        return judged

    return narrowed


def known(places: Iterable[Place | Unknown]) -> tuple[Place, ...]:
    """The places that are known, however surely."""
    return tuple(p for p in places if isinstance(p, Place))


def unsure(places: Iterable[Place | Unknown]) -> tuple[Unknown, ...]:
    """What keeps a rule from being met: unknown places, and places that only weak facts give."""
    return tuple(
        Unknown(Reason.WEAK, f"{p.country} {p.region}".strip()) if isinstance(p, Place) else p
        for p in places
        if not isinstance(p, Place) or not p.established
    )


def met_if_established(places: Iterable[Place | Unknown]) -> Verdict:
    """Met when every place is established, and there is one at all; undetermined otherwise."""
    listed = tuple(places)
    doubts = unsure(listed) if listed else (Unknown(Reason.UNTOLD, "places"),)
    return undetermined(*doubts) if doubts else met(*known(listed))


def originals(case: Case) -> tuple[Place, ...]:
    """Where the store's own bytes rest, as far as that is known."""
    return tuple(p for p in known(case.places) if p.role is Role.PRIMARY)


def same_jurisdiction(one: Place, other: Place) -> bool:
    """Whether two places lie in one country, or both in the European Economic Area."""
    return one.country == other.country or (one.in_eea and other.in_eea)


def fact(case: Case, name: str) -> bool | Unknown | None:
    """What a store says of itself in our own words, a bool; None when its type does not say."""
    told = case.store.facts.get(name)
    return told if told is None or isinstance(told, bool | Unknown) else None


def stands(until: date | None, day: date) -> bool:
    """Whether what ends on a day, that day included, stands on another."""
    return until is None or day <= until


def said(part: str, id: str) -> Because:
    """That a person states it, by the entry of the dossier: never who."""
    return Because(code="stated", values={"entry": f"{part}.{id}"})


def not_known(text: str) -> bool:
    """Whether a text of the dossier says that it is to be completed."""
    return text == "?"
