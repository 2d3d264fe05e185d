"""Reach: whose law can compel whoever operates or controls an offer, with the path shown.

It is derived from the entities and the laws; the verdict that a source proposes is never read. A
weak fact can accuse. That no link is known is said only of a whole path seated in the EEA, by
strong or fair facts, with no contested point, and no later than the day they are to be read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.model import Confidence, Entity, LawReach, Reach, Reached, Reason, Unknown

from .standing import strongest, weakest

if TYPE_CHECKING:
    from .base import Facts


def reach_of(facts: Facts, offer: str, day: date) -> Reach:
    """What the sources read on that day say of foreign law and an offer."""
    fact = facts.table("offers").get(offer)
    unknown = Unknown(Reason.UNCATALOGUED, f"offers:{offer}")
    if fact is None:
        return Reach(offer=offer, verdict=Reached.UNDETERMINED, reason=unknown)
    held = facts.edition_facts.holds(fact, day)
    if held is not True:
        why = held if isinstance(held, Unknown) and held.detail else unknown
        return Reach(offer=offer, verdict=Reached.UNDETERMINED, reason=why)
    path = tuple(_path(facts, fact, day))
    laws = tuple(_law(facts, id, day) for id in fact["laws"])
    used = (f"offers:{offer}", *(f"laws:{law.law}" for law in laws))
    verdict, confidence, reason = _conclude(facts, offer, fact, path, laws, day)
    return Reach(
        offer=offer,
        verdict=verdict,
        path=path,
        laws=laws,
        confidence=confidence,
        reason=reason,
        facts=tuple(facts.cite(id) for id in used),
    )


def _path(facts: Facts, offer: Mapping[str, Any], day: date) -> Iterator[Entity]:
    """Who contracts, then who controls it, as held on the day."""
    own = [offer["contracting"]] if "contracting" in offer else []
    for entity in (*own, *offer.get("parents", ())):
        held = facts.edition_facts.holds({**entity, "source": offer["source"]}, day)
        if held is False:
            continue
        seat = held if isinstance(held, Unknown) else entity.get("seat")
        known = seat or Unknown(Reason.UNTOLD, entity["name"])
        yield Entity(name=entity["name"], seat=known, share=entity.get("share", ""))


def _law(facts: Facts, id: str, day: date) -> LawReach:
    """One law, and whether it stands on the day."""
    fact = facts.table("laws").get(id)
    if fact is None:
        missing = Unknown(Reason.UNCATALOGUED, f"laws:{id}")
        return LawReach(law=id, name=id, country="", in_force=missing, confidence=Confidence.WEAK)
    stands = facts.edition_facts.clears(fact, day)
    if isinstance(stands, Unknown) and not stands.detail:
        stands = Unknown(stands.reason, f"laws:{id}")
    unsettled = fact.get("unsettled_from")
    if unsettled is not None and day >= unsettled:
        stands = Unknown(Reason.UNTOLD, f"laws:{id} {unsettled.isoformat()}")
    return LawReach(
        law=id,
        name=fact["name"],
        country=fact["country"],
        in_force=stands,
        confidence=facts.edition_facts.confidence(fact),
        data_access=fact["data_access"],
    )


def _conclude(
    facts: Facts,
    offer: str,
    fact: Mapping[str, Any],
    path: tuple[Entity, ...],
    laws: tuple[LawReach, ...],
    day: date,
) -> tuple[Reached, Confidence, Unknown | None]:
    sure = facts.edition_facts.confidence(fact)
    seats = [facts.country(e.seat, day) for e in path if isinstance(e.seat, str)]
    links = [sure for seat in seats if seat.in_eea is False]
    links += [
        weakest(sure, law.confidence) for law in laws if law.data_access and law.in_force is True
    ]
    if links:
        return Reached.LINKED, strongest(*links), None
    lowest = weakest(sure, *(seat.confidence for seat in seats))
    doubts: list[Unknown] = [e.seat for e in path if isinstance(e.seat, Unknown)]
    doubts += [seat.in_eea for seat in seats if isinstance(seat.in_eea, Unknown)]
    doubts += [w.in_force for w in laws if w.data_access and isinstance(w.in_force, Unknown)]
    doubts += _doubts(facts, offer, fact, day, bool(path), lowest)
    if doubts:
        return Reached.UNDETERMINED, lowest, doubts[0]
    return Reached.NO_KNOWN_LINK, lowest, None


def _doubts(
    facts: Facts, offer: str, fact: Mapping[str, Any], day: date, path: bool, lowest: Confidence
) -> Iterator[Unknown]:
    """What forbids to say that no link is known, when none was found."""
    if not path or fact.get("contested"):
        yield Unknown(Reason.UNTOLD, f"offers:{offer}")
    if lowest is Confidence.WEAK:
        yield Unknown(Reason.WEAK, f"offers:{offer}")
    cleared = facts.edition_facts.clears(fact, day)
    if isinstance(cleared, Unknown):
        yield cleared
