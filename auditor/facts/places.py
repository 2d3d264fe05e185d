"""Places: in which country a region lies, and what that country is to the Union on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.model import PAIRED, Confidence, Place, Reason, Role, Unknown

from .standing import weakest

if TYPE_CHECKING:
    from .base import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country as it stood on one day.

    `adequate` says that a decision covers all of it: never of a member of the EEA, which needs
    none, and not of the United States, where decisions covered listed organisations only.
    """

    code: str
    in_eu: bool | Unknown
    in_eea: bool | Unknown
    adequate: bool | Unknown
    names: Mapping[str, str]
    confidence: Confidence = Confidence.WEAK
    facts: tuple[str, ...] = ()


def country_of(facts: Facts, code: str, day: date) -> Country:
    """A country on a day; what is not known of it is `Unknown`."""
    entry = facts.table("countries").get(code)
    if entry is None:
        unknown = Unknown(Reason.UNCATALOGUED, code)
        return Country(code=code, in_eu=unknown, in_eea=unknown, adequate=unknown, names={})
    member, confidence = _member(facts, code, entry, day)
    used: tuple[str, ...] = (facts.cite(f"countries:{code}"),)
    if isinstance(member, Unknown):
        return Country(
            code=code, in_eu=member, in_eea=member, adequate=member, names=entry["name"], facts=used
        )
    adequate: bool | Unknown = False
    if not member:
        adequate, sure, decisions = _adequate(facts, code, day)
        confidence, used = weakest(confidence, *sure), (*used, *decisions)
    return Country(
        code=code,
        in_eu=member == "EU",
        in_eea=bool(member),
        adequate=adequate,
        names=entry["name"],
        confidence=confidence,
        facts=used,
    )


def _member(
    facts: Facts, code: str, entry: Mapping[str, Any], day: date
) -> tuple[str | Unknown, Confidence]:
    """What a country is a member of on a day ("" nothing), or why we cannot tell."""
    edition = facts.edition_facts
    sure = edition.confidence(entry)
    if "review" in entry:
        return Unknown(Reason.WEAK, f"countries:{code}"), Confidence.WEAK
    spans = [{**entry, **span} for span in entry.get("member", ())]
    held = [(span, edition.holds(span, day)) for span in spans]
    for span, holds in held:
        if holds is True:
            return span["of"], edition.confidence(span, day)
        if isinstance(holds, Unknown):
            return Unknown(holds.reason, holds.detail or code), sure
    ended = [edition.confidence(s) for s in spans if s.get("until", day) < day]
    if day >= entry.get("since", entry["source"]["retrieved"]):
        return "", edition.confidence(entry, day)
    if ended:
        return "", weakest(sure, *ended)
    return Unknown(Reason.UNCATALOGUED, code), sure


def _adequate(
    facts: Facts, code: str, day: date
) -> tuple[bool | Unknown, tuple[Confidence, ...], tuple[str, ...]]:
    """Whether a decision covers a whole country on a day, with what that was read from."""
    found = decision_of(facts, code, day)
    if found is None:
        return False, (), ()
    id, decision, stands = found
    sure, used = (facts.edition_facts.confidence(decision, day),), (facts.cite(f"adequacy:{id}"),)
    if decision.get("entity_check_required"):
        return False, sure, used
    if stands is True and decision["partial"]:
        return Unknown(Reason.UNTOLD, f"adequacy:{id}"), sure, used
    return stands, sure, used


def decision_of(
    facts: Facts, code: str, day: date
) -> tuple[str, Mapping[str, Any], bool | Unknown] | None:
    """The latest adequacy decision of a country that has not ended, and whether it still clears."""
    told = ((*d, facts.edition_facts.clears(d[1], day)) for d in facts.by_country(code))
    return next((one for one in told if one[2] is not False), None)


def places_of(
    facts: Facts, offer: str, region: str, day: date, role: Role, service: str = ""
) -> Iterator[Place | Unknown]:
    """Every country that a region's name stands for; what is not known stays unknown.

    Some names stand for several places, and for others in another `service`: when it is not told
    which is meant, the places of all of them count.
    """
    if region.startswith(PAIRED):
        pair = paired(facts, offer, region.removeprefix(PAIRED))
        if isinstance(pair, Unknown):
            yield pair
            return
        region = pair
    id, fact = facts.region(offer, region)
    if fact is not None:
        yield _place(facts, f"regions:{offer}/{id}", fact, fact["country"], region, day, role)
        return
    several = facts.locations(offer, region, service)
    if not several:
        yield Unknown(Reason.UNCATALOGUED, f"{offer}/{region}")
    for name, entry in several:
        cited = f"locations:{offer}/{name}"
        if not entry["countries"]:
            yield Unknown(Reason.UNTOLD, cited)
        for code in entry["countries"]:
            yield _place(facts, cited, entry, code, region, day, role)


def paired(facts: Facts, offer: str, region: str) -> str | Unknown:
    """The region that the provider pairs with this one, as the facts say; a region may have none.

    >>> from auditor.facts import load
    >>> paired(load(), "azure", "francecentral")
    'francesouth'
    """
    id, fact = facts.region(offer, region)
    pair = (fact or {}).get("paired_region")
    return pair if pair else Unknown(Reason.UNCATALOGUED, f"{offer}/{id}: paired region")


def _place(
    facts: Facts, id: str, fact: Mapping[str, Any], code: str, region: str, day: date, role: Role
) -> Place | Unknown:
    held = facts.edition_facts.holds(fact, day)
    if isinstance(held, Unknown) and held.reason is Reason.PROJECTION:
        return held
    if held is not True:
        return Unknown(Reason.UNCATALOGUED, id.partition(":")[2])
    country = facts.country(code, day)
    if isinstance(country.in_eea, Unknown):
        return country.in_eea
    return Place(
        country=country.code,
        in_eu=country.in_eu is True,
        in_eea=country.in_eea,
        adequate=country.adequate,
        region=region,
        role=role,
        confidence=weakest(facts.edition_facts.confidence(fact, day), country.confidence),
        facts=(facts.cite(id), *country.facts),
    )
