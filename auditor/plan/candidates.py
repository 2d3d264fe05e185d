"""Offers to study for each kind of store, under European law only, and their state on a day.

The order is neutral: by name. What excludes one is told; what is not established is never counted
as established.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from auditor.facts import Facts
from auditor.model import Attested, Candidate, Confidence, Guarantee, Reached

_BEST = (Attested.QUALIFIED, Attested.ENDED, Attested.NOT_READ, Attested.IN_PROGRESS)


def candidates_of(facts: Facts, kind: str, day: date) -> tuple[Candidate, ...]:
    """All that the facts name for a kind of store, those excluded too."""
    told = facts.table("alternatives").get(kind, {}).get("alternatives", ())
    found = (_candidate(facts, entry, day) for entry in told)
    return tuple(sorted(found, key=lambda c: (c.offer, c.product["en"])))


def _candidate(facts: Facts, entry: Mapping[str, Any], day: date) -> Candidate:
    offer, regions = entry["offer"], tuple(entry.get("regions", ()))
    reach = facts.reach_of(offer, day, regions[0] if regions else "")
    confidence = facts.edition_facts.confidence(entry)
    clear = reach.verdict is Reached.NO_KNOWN_LINK and reach.confidence is not Confidence.WEAK
    secnumcloud = _attested(facts, entry, "secnumcloud", entry.get("snc", "unknown"), day)
    hds = _attested(facts, entry, "hds", entry.get("hds", "unknown"), day)
    return Candidate(
        offer=offer,
        product=entry["product"],
        compatibility=entry.get("compatibility", {}),
        regions=regions,
        reach=reach.verdict,
        reason=reach.reason,
        established=clear and confidence is not Confidence.WEAK,
        excluded="linked" if reach.verdict is Reached.LINKED else "",
        secnumcloud_scope=entry.get("snc", "unknown"),
        secnumcloud=secnumcloud.state,
        secnumcloud_until=secnumcloud.until,
        hds_scope=entry.get("hds", "unknown"),
        hds=hds.state,
        hds_until=hds.until,
        confidence=confidence,
        note=entry.get("note", {}),
        facts=tuple(dict.fromkeys((*reach.facts, *secnumcloud.facts, *hds.facts))),
    )


def _attested(
    facts: Facts, entry: Mapping[str, Any], scheme: str, scope: str, day: date
) -> Guarantee:
    """What stands that day of what covers the product: a decision that lapsed covers nothing."""
    if scope == "out_of_scope":
        return Guarantee(scheme=scheme, state=Attested.NONE)
    if scope not in ("in_scope", "host_only"):
        return Guarantee(scheme=scheme, state=Attested.NOT_READ)
    best = _of_offer(facts, entry, scheme, day)
    if scope == "host_only" and best.state is Attested.QUALIFIED:
        return Guarantee(scheme=scheme, state=Attested.HOSTED, until=best.until, facts=best.facts)
    return best


def _of_offer(facts: Facts, entry: Mapping[str, Any], scheme: str, day: date) -> Guarantee:
    """The best that stands of an offer there; the entry says that it covers the product."""
    offer, decision = entry["offer"], entry.get("decision")
    services = {
        service
        for id, told in facts.attested(scheme, offer)
        if decision in (None, id)
        for service in told.get("services", ())
    }
    asked = (
        (service, region)
        for service in ("", *sorted(services))
        for region in entry.get("regions") or ("",)
    )
    found = [
        guarantee
        for service, region in asked
        for guarantee in facts.guarantees_of(offer, service, region, day)
        if guarantee.scheme == scheme
    ]
    return min(found, key=lambda g: (_rank(g), -(g.until or date.min).toordinal()))


def _rank(guarantee: Guarantee) -> int:
    weak = guarantee.state is Attested.QUALIFIED and not guarantee.stands
    if weak or guarantee.state not in _BEST:
        return len(_BEST)
    return _BEST.index(guarantee.state)
