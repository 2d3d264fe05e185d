"""Guarantees: what a scheme attests of (offer, service, region, activity) on one day.

A qualification is of a service in a region, with a first and a last day, both included (Paris
time). What runs on a qualified service is not qualified. A last day that has passed since the
facts were read is a projection: a renewal is not known, and the day to watch is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.model import Attested, Confidence, Guarantee, Reason, Unknown

from .attesting import Entry, told
from .hds import hds_of

if TYPE_CHECKING:
    from .base import Facts


def guarantees_of(
    facts: Facts, offer: str, service: str, region: str, day: date, activity: int | None
) -> tuple[Guarantee, ...]:
    """One answer for each scheme."""
    name, _ = facts.region(offer, region)
    return (
        _secnumcloud(facts, offer, service, name, day),
        hds_of(facts, offer, service, name, day, activity),
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
            other = _other(facts, id, entry, day)
            if other is not None:
                return other
    for id, entry in decisions:
        missing = _covers(entry, service, region)
        if isinstance(missing, str) and facts.edition_facts.holds(entry, day) is not False:
            detail = f"{missing}: {entry['service']}"
            return told(facts, "secnumcloud", Attested.NOT_READ, (id, entry), day,
                         Unknown(Reason.UNREAD, detail))  # fmt: skip
    return _status(facts, offer, day)


def _covers(entry: Mapping[str, Any], service: str, region: str) -> bool | str:
    """Whether an entry speaks of a service there; or which word is missing to tell."""
    if service in entry.get("services_outside", ()) or region in entry.get("regions_outside", ()):
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
    if region and entry.get("sites_not_read"):
        missing = missing or "sites"
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
        return told(facts, fact["scheme"], Attested.ENDED, entry, day)
    if isinstance(held, Unknown):
        why = held if held.detail else Unknown(held.reason, f"guarantees:{id}")
        return told(facts, fact["scheme"], Attested.NOT_READ, entry, day, why)
    if fact.get("end_not_read"):
        why = Unknown(Reason.UNREAD, f"guarantees:{id}.until")
        return told(facts, fact["scheme"], Attested.NOT_READ, entry, day, why)
    if facts.edition_facts.confidence(fact, day) is Confidence.WEAK:
        why = Unknown(Reason.WEAK, f"guarantees:{id}")
        return told(facts, fact["scheme"], Attested.NOT_READ, entry, day, why)
    return told(facts, fact["scheme"], Attested.QUALIFIED, entry, day)


def _other(facts: Facts, id: str, entry: Mapping[str, Any], day: date) -> Guarantee | None:
    """What is no qualification: on its way, hosted on one, or not established."""
    if facts.edition_facts.holds(entry, day) is not True:
        return None
    found = (id, entry)
    if entry["state"] == "in_progress":
        return told(facts, "secnumcloud", Attested.IN_PROGRESS, found, day)
    if entry["state"] != "hosted_on_qualified":
        why = Unknown(Reason.UNREAD, f"guarantees:{id}")
        return told(facts, "secnumcloud", Attested.NOT_READ, found, day, why)
    below = facts.table("guarantees").get(entry["on"])
    on = _decision(facts, (entry["on"], below), day) if below else None
    if on is not None and on.state is Attested.QUALIFIED:
        return told(facts, "secnumcloud", Attested.HOSTED, found, day, below=on)
    if on is not None and on.state is Attested.NOT_READ:
        return told(facts, "secnumcloud", Attested.NOT_READ, found, day, on.reason, below=on)
    return told(facts, "secnumcloud", Attested.NONE, found, day, below=on)


def _status(facts: Facts, offer: str, day: date) -> Guarantee:
    """What is said of a whole offer, when no decision speaks of the service."""
    fact = facts.table("offers").get(offer)
    why: Unknown | None = Unknown(Reason.UNCATALOGUED, f"offers:{offer}")
    if fact is None:
        return Guarantee(scheme="secnumcloud", state=Attested.NOT_READ, reason=why)
    if facts.edition_facts.holds(fact, day) is True and day >= fact["source"]["retrieved"]:
        unread = fact.get("secnumcloud", {}).get("status", "unknown") == "unknown"
        why = Unknown(Reason.UNREAD, f"offers:{offer}.secnumcloud") if unread else None
    state = Attested.NONE if why is None else Attested.NOT_READ
    return told(facts, "secnumcloud", state, (offer, fact), day, why, kind="offers")
