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
    found = [_certificate(facts, e, offer, service, region, day, activity) for e in entries]
    why = Unknown(Reason.UNCATALOGUED, f"hds:{offer}")
    nothing = Guarantee(scheme="hds", state=Attested.NOT_READ, reason=why)
    return min(found, key=lambda g: _ORDER.index(g.state), default=nothing)


def _certificate(
    facts: Facts,
    entry: Entry,
    offer: str,
    service: str,
    region: str,
    day: date,
    activity: int | None,
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
    found = (
        _activity(fact, activity),
        _service(fact, service, day),
        _outside(facts, fact, offer, region, day),
    )
    if Attested.NONE in found:  # what is surely outside is so, whatever else was not read
        return answer(Attested.NONE)
    doubts = [one for one in found if isinstance(one, Unknown)]
    return answer(Attested.NOT_READ, doubts[0]) if doubts else answer(Attested.QUALIFIED)


def _version_counts(facts: Facts, fact: Mapping[str, Any], day: date) -> bool:
    """Whether a certificate is under a version of the scheme that counts on the day."""
    ended: date = facts.table("history")[_HDS_V1]["until"]
    if day <= ended or str(fact.get("version", "")).startswith("v2"):
        return True
    return "version" not in fact and bool(fact["source"]["retrieved"] > ended)


Covers = Attested | Unknown | None  # none of it, not told, or nothing against it


def _activity(fact: Mapping[str, Any], activity: int | None) -> Covers:
    """Whether a certificate names the activity that is asked for."""
    if activity is None:
        return None
    if "activities" not in fact:
        return Unknown(Reason.UNREAD, "activities")
    return None if activity in fact["activities"] else Attested.NONE


def _service(fact: Mapping[str, Any], service: str, day: date) -> Covers:
    """Whether a certificate covers the service, on that day."""
    if service in fact.get("services_to_check", ()):
        return Unknown(Reason.UNREAD, f"service: {service}")
    if "services" in fact and service not in fact["services"]:
        missing = Unknown(Reason.UNREAD, "service: " + ", ".join(fact["services"]))
        return Attested.NONE if service else missing
    return Attested.NONE if day < fact.get("services_since", {}).get(service, day) else None


def _outside(facts: Facts, fact: Mapping[str, Any], offer: str, region: str, day: date) -> Covers:
    """Whether a region lies outside what a certificate covers: HDS asks for storage in the EEA."""
    if "regions" in fact:
        if not region:
            return Unknown(Reason.UNREAD, "region: " + ", ".join(fact["regions"]))
        return None if region in fact["regions"] else Attested.NONE
    if not region:
        return Unknown(Reason.UNREAD, "region") if fact.get("only_in_eea") else None
    for place in facts.places_of(offer, region, day):
        if isinstance(place, Unknown):
            return place
        if not place.in_eea:
            return Attested.NONE
    return Unknown(Reason.UNREAD, "sites") if fact.get("sites_not_read") else None
