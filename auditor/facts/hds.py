"""HDS: what is certified of an offer in a region, for an activity, on one day.

Since the second version of the scheme counts alone, a certificate under the first, or whose version
was not read, is none. Storage lies in the EEA: a region outside it is covered by no certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.model import Attested, Confidence, Guarantee, Reason, Unknown

from .attesting import Entry, told

if TYPE_CHECKING:
    from .base import Facts

_CERTIFIED = ("certified", "partial")
_NOTHING = ("none", "not_required_for_own_data")
_HDS_V1 = "HDS-V1"
_ORDER = (Attested.QUALIFIED, Attested.NONE, Attested.ENDED, Attested.NOT_READ)


def hds_of(
    facts: Facts, offer: str, service: str, region: str, day: date, activity: int | None
) -> Guarantee:
    """The certificate that says most of what is asked."""
    entries = [
        e for e in facts.attested("hds", offer) if service not in e[1].get("services_outside", ())
    ]
    found = [_certificate(facts, e, offer, region, day, activity) for e in entries]
    why = Unknown(Reason.UNCATALOGUED, f"hds:{offer}")
    nothing = Guarantee(scheme="hds", state=Attested.NOT_READ, reason=why)
    return min(found, key=lambda g: _ORDER.index(g.state), default=nothing)


def _certificate(
    facts: Facts, entry: Entry, offer: str, region: str, day: date, activity: int | None
) -> Guarantee:
    id, fact = entry
    edition = facts.edition_facts

    def answer(state: Attested, why: Unknown | None = None) -> Guarantee:
        return told(facts, "hds", state, entry, day, why)

    def unread(what: str, reason: Reason = Reason.UNREAD) -> Guarantee:
        return answer(Attested.NOT_READ, Unknown(reason, f"guarantees:{id}{what}"))

    held = edition.clears(fact, day)
    if held is False and day >= fact.get("since", day):
        return answer(Attested.ENDED)
    if held is not True:
        detailed = isinstance(held, Unknown) and held.detail
        return answer(Attested.NOT_READ, held) if detailed else unread("", Reason.UNCATALOGUED)  # type: ignore[arg-type]
    if fact["state"] in _NOTHING:
        return answer(Attested.NONE)
    if fact["state"] not in _CERTIFIED:
        return unread("")
    if edition.confidence(fact, day) is Confidence.WEAK:
        return unread("", Reason.WEAK)
    if fact.get("version_to_check") or not _version_counts(facts, fact, day):
        return unread(".version")
    outside = _outside(facts, fact, offer, region, day)
    if outside is not None:
        return (
            answer(outside) if isinstance(outside, Attested) else answer(Attested.NOT_READ, outside)
        )
    if activity is not None:
        if "activities" not in fact:
            return unread(".activities")
        if activity not in fact["activities"]:
            return answer(Attested.NONE)
    return answer(Attested.QUALIFIED)


def _version_counts(facts: Facts, fact: Mapping[str, Any], day: date) -> bool:
    """Whether a certificate is under a version of the scheme that counts on the day."""
    ended: date = facts.table("history")[_HDS_V1]["until"]
    if day <= ended or str(fact.get("version", "")).startswith("v2"):
        return True
    return "version" not in fact and bool(fact["source"]["retrieved"] > ended)


def _outside(
    facts: Facts, fact: Mapping[str, Any], offer: str, region: str, day: date
) -> Attested | Unknown | None:
    """Whether a region lies outside what a certificate covers: HDS asks for storage in the EEA."""
    if "regions" in fact:
        if not region:
            return Unknown(Reason.UNREAD, "region: " + ", ".join(fact["regions"]))
        return None if region in fact["regions"] else Attested.NONE
    if not region:
        return None
    for place in facts.places_of(offer, region, day):
        if isinstance(place, Unknown):
            return place
        if not place.in_eea:
            return Attested.NONE
    return None
