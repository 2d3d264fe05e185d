"""Answers: all that the facts say of a service in a region on a day, with each fact behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.errors import FactsError
from auditor.model import Answer, Cited, Confidence, Place, Reach, Reason, Unknown

from .capital import capital_of
from .guarantees import guarantees_of
from .reading import USERS
from .transfers import framework_of

if TYPE_CHECKING:
    from .base import Facts


def answer_of(
    facts: Facts, offer: str, service: str, region: str, day: date, activity: int | None
) -> Answer:
    """The three verdicts, apart, then what is attested; nothing of one clears another."""
    nowhere = (Unknown(Reason.NOT_ASKED, "region"),)
    places = facts.places_of(offer, region, day, service=service) if region else nowhere
    reach = facts.reach_of(offer, day, region)
    countries = dict.fromkeys((*_countries(places), *_seats(facts, reach, day)))
    frameworks = tuple(framework_of(facts, country, day) for country in countries)
    guarantees = guarantees_of(facts, offer, service, region, day, activity)
    capital = capital_of(facts, offer, day)
    ids = (
        *(id for place in places if isinstance(place, Place) for id in place.facts),
        *reach.facts,
        *(id for framework in frameworks for id in framework.facts),
        *(id for guarantee in guarantees for id in guarantee.facts),
        *capital.facts,
    )
    return Answer(
        offer=offer,
        service=service,
        region=region,
        as_of=day,
        edition=facts.edition,
        places=places,
        reach=reach,
        frameworks=frameworks,
        guarantees=guarantees,
        capital=capital,
        facts=tuple(cited(facts, id) for id in dict.fromkeys(ids)),
    )


def _countries(places: tuple[object, ...]) -> Iterator[str]:
    """The third countries where bytes rest."""
    yield from (p.country for p in places if isinstance(p, Place) and not p.in_eea)


def _seats(facts: Facts, reach: Reach, day: date) -> Iterator[str]:
    """The third countries on the path: should data be handed over there, it would be a transfer."""
    for step in reach.path:
        if isinstance(step.seat, str) and facts.country(step.seat, day).in_eea is not True:
            yield step.seat


def cited(facts: Facts, id: str) -> Cited:
    """A fact as it is cited: where it was read, when, how surely."""
    try:
        entry = facts.get(id)
    except FactsError:
        return Cited(id=id, source="", locator="", retrieved=None, confidence=Confidence.WEAK)
    source = entry["source"]
    return Cited(
        id=id,
        source=_told(source),
        locator=source.get("locator", ""),
        retrieved=source.get("retrieved"),
        confidence=facts.edition_facts.confidence(entry),
        since=entry.get("since"),
        since_source=_told(entry.get("since_from", {}).get("source", {})),
        until=entry.get("until"),
        theirs=id.startswith(USERS),
    )


def _told(source: Mapping[str, Any]) -> str:
    return str(source.get("url") or source.get("document", ""))
