"""One pass over a judgement: where the bytes of its stores rest, and by which offers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from auditor.sdk import Place

INSIDE, OUTSIDE, UNKNOWN = "inside", "outside", "unknown"


@dataclass(frozen=True, slots=True)
class Tally:
    """Stores counted by where they rest, and by the offer that holds them ("?" not known)."""

    places: Counter[str] = field(default_factory=Counter)
    offers: Counter[str] = field(default_factory=Counter)


def tally(report: Any) -> Tally:
    """Count the stores of a report, one at a time."""
    told = Tally()
    for judged in report.judgement.judged():
        told.places[_rests(judged.places)] += 1
        told.offers[judged.offer if isinstance(judged.offer, str) else "?"] += 1
    return told


def _rests(places: Any) -> str:
    """As the rule RES001 has it: one known copy outside, else one that is not established."""
    if any(isinstance(p, Place) and not p.in_eea for p in places):
        return OUTSIDE
    sure = bool(places) and all(isinstance(p, Place) and p.established for p in places)
    return INSIDE if sure else UNKNOWN
