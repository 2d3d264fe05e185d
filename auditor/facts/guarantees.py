"""Guarantees: what a scheme attests of (offer, service, region, activity) on one day.

A qualification is of a service in a region, with a first and a last day, both included (Paris
time). What runs on a qualified service is not qualified. A last day that has passed since the
facts were read is a projection: a renewal is not known, and the day to watch is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from auditor.model import Attested, Confidence, Guarantee, Reason, Unknown

from .standing import weakest

if TYPE_CHECKING:
    from .base import Facts

SCHEMES = ("secnumcloud", "hds")
_ANNOUNCED = timedelta(days=90)
_CERTIFIED = ("certified", "partial")
_HDS_V1 = "HDS-V1"
Entry = tuple[str, Mapping[str, Any]]


def guarantees_of(
    facts: Facts, offer: str, service: str, region: str, day: date, activity: int | None
) -> tuple[Guarantee, ...]:
    """One answer for each scheme."""
    _, known = facts.region(offer, region)
    name = facts.region(offer, region)[0] if known else region
    return (
        _secnumcloud(facts, offer, service, name, day),
        _hds(facts, offer, service, name, day, activity),
    )


# ---------------------------------------------------------------------- SecNumCloud


def _secnumcloud(facts: Facts, offer: str, service: str, region: str, day: date) -> Guarantee:
    entries = facts.attested("secnumcloud", offer)
    decisions = [e for e in entries if e[1]["state"] == "qualified"]
    best = _best(facts, [e for e in decisions if _covers(e[1], service, region) is True], day)
    if best is not None:
        return best
    for id, entry in entries:
        if entry["state"] != "qualified" and _covers(entry, service, region) is True:
            told = _other(facts, id, entry, day)
            if told is not None:
                return told
    for id, entry in decisions:
        missing = _covers(entry, service, region)
        if isinstance(missing, str) and facts.edition_facts.holds(entry, day) is not False:
            detail = f"{missing}: {entry['service']}"
            return _told(facts, "secnumcloud", Attested.NOT_READ, (id, entry), day,
                         Unknown(Reason.UNREAD, detail))  # fmt: skip
    return _status(facts, "secnumcloud", offer, day)


def _covers(entry: Mapping[str, Any], service: str, region: str) -> bool | str:
    """Whether an entry speaks of a service there; or which word is missing to tell."""
    if service in entry.get("services_outside", ()):
        return False
    missing = ""
    for word, value, named in (
        ("service", service, entry.get("services")),
        ("region", region, entry.get("regions")),
    ):
        if named and value not in named:
            if value:
                return False
            missing = missing or word
    return missing or True


def _best(facts: Facts, entries: list[Entry], day: date) -> Guarantee | None:
    """Of several decisions about one service, the one that says most on the day."""
    found = [g for e in entries if (g := _decision(facts, e, day)) is not None]
    order = (Attested.QUALIFIED, Attested.NOT_READ, Attested.ENDED)
    return min(found, key=lambda g: order.index(g.state), default=None)


def _decision(facts: Facts, entry: Entry, day: date) -> Guarantee | None:
    """What one decision says on a day; nothing before its first."""
    id, fact = entry
    held = facts.edition_facts.holds(fact, day)
    if held is False and day < fact.get("since", day):
        return None
    if held is False:
        return _told(facts, fact["scheme"], Attested.ENDED, entry, day)
    if isinstance(held, Unknown):
        why = held if held.detail else Unknown(held.reason, f"guarantees:{id}")
        return _told(facts, fact["scheme"], Attested.NOT_READ, entry, day, why)
    if fact.get("end_not_read"):
        why = Unknown(Reason.UNREAD, f"guarantees:{id}.until")
        return _told(facts, fact["scheme"], Attested.NOT_READ, entry, day, why)
    if facts.edition_facts.confidence(fact, day) is Confidence.WEAK:
        why = Unknown(Reason.WEAK, f"guarantees:{id}")
        return _told(facts, fact["scheme"], Attested.NOT_READ, entry, day, why)
    return _told(facts, fact["scheme"], Attested.QUALIFIED, entry, day)


def _other(facts: Facts, id: str, entry: Mapping[str, Any], day: date) -> Guarantee | None:
    """What is no qualification: on its way, hosted on one, or not established."""
    if facts.edition_facts.holds(entry, day) is not True:
        return None
    told = (id, entry)
    if entry["state"] == "in_progress":
        return _told(facts, "secnumcloud", Attested.IN_PROGRESS, told, day)
    if entry["state"] != "hosted_on_qualified":
        why = Unknown(Reason.UNREAD, f"guarantees:{id}")
        return _told(facts, "secnumcloud", Attested.NOT_READ, told, day, why)
    below = facts.table("guarantees").get(entry["on"])
    on = _decision(facts, (entry["on"], below), day) if below else None
    if on is not None and on.state is Attested.QUALIFIED:
        return _told(facts, "secnumcloud", Attested.HOSTED, told, day, below=on)
    if on is not None and on.state is Attested.NOT_READ:
        return _told(facts, "secnumcloud", Attested.NOT_READ, told, day, on.reason, below=on)
    return _told(facts, "secnumcloud", Attested.NONE, told, day, below=on)


def _status(facts: Facts, scheme: str, offer: str, day: date) -> Guarantee:
    """What is said of a whole offer, when no decision speaks of the service."""
    fact = facts.table("offers").get(offer)
    missing = Unknown(Reason.UNCATALOGUED, f"offers:{offer}")
    if fact is None:
        return Guarantee(scheme=scheme, state=Attested.NOT_READ, reason=missing)
    entry = (offer, fact)
    if facts.edition_facts.holds(fact, day) is not True or day < fact["source"]["retrieved"]:
        return _told(facts, scheme, Attested.NOT_READ, entry, day, missing, kind="offers")
    said = fact.get("secnumcloud", {}).get("status", "unknown")
    if said == "unknown":
        why = Unknown(Reason.UNREAD, f"offers:{offer}.secnumcloud")
        return _told(facts, scheme, Attested.NOT_READ, entry, day, why, kind="offers")
    return _told(facts, scheme, Attested.NONE, entry, day, kind="offers")


# ---------------------------------------------------------------------- HDS


def _hds(
    facts: Facts, offer: str, service: str, region: str, day: date, activity: int | None
) -> Guarantee:
    entries = [
        e for e in facts.attested("hds", offer) if service not in e[1].get("services_outside", ())
    ]
    found = [_certificate(facts, e, offer, region, day, activity) for e in entries]
    order = (Attested.QUALIFIED, Attested.NONE, Attested.ENDED, Attested.NOT_READ)
    why = Unknown(Reason.UNCATALOGUED, f"hds:{offer}")
    nothing = Guarantee(scheme="hds", state=Attested.NOT_READ, reason=why)
    return min(found, key=lambda g: order.index(g.state), default=nothing)


def _certificate(
    facts: Facts, entry: Entry, offer: str, region: str, day: date, activity: int | None
) -> Guarantee:
    id, fact = entry
    edition = facts.edition_facts

    def told(state: Attested, why: Unknown | None = None) -> Guarantee:
        return _told(facts, "hds", state, entry, day, why)

    def unread(what: str, reason: Reason = Reason.UNREAD) -> Guarantee:
        return told(Attested.NOT_READ, Unknown(reason, f"guarantees:{id}{what}"))

    held = edition.clears(fact, day)
    if held is False and day >= fact.get("since", day):
        return told(Attested.ENDED)
    if held is not True:
        detailed = isinstance(held, Unknown) and held.detail
        return told(Attested.NOT_READ, held) if detailed else unread("", Reason.UNCATALOGUED)  # type: ignore[arg-type]
    if fact["state"] in ("none", "not_required_for_own_data"):
        return told(Attested.NONE)
    if fact["state"] not in _CERTIFIED:
        return unread("")
    if edition.confidence(fact, day) is Confidence.WEAK:
        return unread("", Reason.WEAK)
    if fact.get("version_to_check") or not _version_counts(facts, fact, day):
        return unread(".version")
    outside = _outside(facts, fact, offer, region, day)
    if outside is not None:
        return told(outside) if isinstance(outside, Attested) else told(Attested.NOT_READ, outside)
    if activity is not None:
        if "activities" not in fact:
            return unread(".activities")
        if activity not in fact["activities"]:
            return told(Attested.NONE)
    return told(Attested.QUALIFIED)


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


# ---------------------------------------------------------------------- telling


def _told(
    facts: Facts, scheme: str, state: Attested, entry: Entry, day: date,
    why: Unknown | None = None, *, below: Guarantee | None = None, kind: str = "guarantees",
) -> Guarantee:  # fmt: skip
    id, fact = entry
    sure = facts.edition_facts.confidence(fact, day)
    own = kind == "guarantees"
    since, until = (fact.get("since"), fact.get("until")) if own else (None, None)
    left = (until - day).days if until and state is Attested.QUALIFIED else None
    return Guarantee(
        scheme=scheme,
        state=state,
        service=fact.get("service", "") if own else "",
        since=since,
        until=until,
        ends_in=left if left is not None and left <= _ANNOUNCED.days else None,
        reason=why,
        confidence=weakest(sure, below.confidence) if below else sure,
        facts=(facts.cite(f"{kind}:{id}"), *(below.facts if below else ())),
    )


def ending(facts: Facts, day: date, within: timedelta) -> Iterator[tuple[str, date]]:
    """The attestations that end within some days from a day, the first to end first."""
    soon = [
        (entry["until"], id)
        for id, entry in facts.table("guarantees").items()
        if "until" in entry and day <= entry["until"] <= day + within
    ]
    yield from ((id, until) for until, id in sorted(soon))
