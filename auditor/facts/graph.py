"""The graph of an offer: who signs, who owns them, where they are established, on what it runs.

Every edge is a fact with its own days, source and confidence. A step is as sure as the weakest
edge that leads to it. Nothing is concluded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.model import Confidence, Entity, Link, Place, Reason, Role, Unknown

from .standing import weakest

if TYPE_CHECKING:
    from .base import Facts

# Steps that are the operator itself, or hold the bytes: all laws of their country reach them.
COMPELLED = (Link.CONTRACTS, Link.OWNS, Link.OPERATES, Link.HOSTS, Link.SITE)
_BY = {"establishment": Link.ESTABLISHED, "listing": Link.LISTED, "customers": Link.CUSTOMERS}


@dataclass(slots=True)
class Graph:
    """The steps of an offer on a day, in order, and what was not told on the way."""

    facts: Facts
    day: date
    steps: list[Entity] = field(default_factory=list)
    named: dict[Entity, tuple[str, ...]] = field(default_factory=dict)  # laws told of one edge
    doubts: list[Unknown] = field(default_factory=list)
    offers: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # it, then its hosts
    _seen: set[str] = field(default_factory=set)

    def walk(self, id: str, offer: Mapping[str, Any], region: str) -> Graph:
        """Everything from an offer: the chain, the operator, establishments, hosts, the site."""
        self._walk(id, offer, region, Confidence.STRONG)
        return self

    def _walk(self, id: str, offer: Mapping[str, Any], region: str, sure: Confidence) -> None:
        self.offers[id] = offer
        sure = weakest(sure, self.facts.edition_facts.confidence(offer, self.day))
        first = Link.HOSTS if len(self.offers) > 1 else Link.CONTRACTS
        companies: list[tuple[str, Entity]] = []
        if "contracting" in offer:
            companies += self._company(offer["contracting"], first, sure, "")
        if "owner" in offer:
            companies += self._company(offer["owner"], Link.OWNS, sure, "")
        if "operator" in offer:
            companies += self._company(offer["operator"]["entity"], Link.OPERATES, sure, "")
        if not {"contracting", "owner", "operator"} & offer.keys():
            self.doubts.append(Unknown(Reason.UNREAD, f"offers:{id}"))
        for company, step in companies:
            self._abroad(company, step)
        self._hosts(id, offer, region, sure)
        if region:
            self._site(id, region)

    def _company(
        self,
        id: str,
        link: Link,
        sure: Confidence,
        share: str,
        edge: Mapping[str, Any] | None = None,
    ) -> Iterator[tuple[str, Entity]]:
        """A company, then its owners, nearest first; each only once."""
        if id in self._seen:
            return
        self._seen.add(id)
        edition = self.facts.edition_facts
        fact = self.facts.table("entities").get(id)
        cited = (self.facts.cite(f"entities:{id}"),)
        held: bool | Unknown = Unknown(Reason.UNCATALOGUED)
        if fact is not None and (edge is None or edition.holds(edge, self.day) is True):
            held = edition.holds(fact, self.day)
        if held is not True or fact is None:
            unknown = held if isinstance(held, Unknown) and held.detail else None
            seat = unknown or Unknown(Reason.UNCATALOGUED, f"entities:{id}")
            yield id, self._step(fact["name"] if fact else id, seat, share, link, sure, cited)
            return
        sure = weakest(sure, edition.confidence(fact, self.day))
        seat = fact.get("seat") or Unknown(Reason.UNREAD, f"entities:{id}")
        yield id, self._step(fact["name"], seat, share, link, sure, cited)
        owners = [o for o in fact.get("owners", ()) if edition.holds(o, self.day) is not False]
        if not owners and not fact.get("ultimate") and isinstance(seat, str):
            self.doubts.append(Unknown(Reason.UNREAD, f"entities:{id}.owners"))
        for owner in owners:
            surely = weakest(sure, edition.confidence(owner, self.day))
            share = owner.get("share", "")
            yield from self._company(owner["entity"], Link.OWNS, surely, share, owner)

    def _abroad(self, id: str, step: Entity) -> None:
        """Where a company of the chain is established, listed or serves customers besides."""
        fact = self.facts.table("entities").get(id, {})
        edition = self.facts.edition_facts
        for there in fact.get("establishments", ()):
            held = edition.holds(there, self.day)
            if held is False:
                continue
            if held is not True:
                self.doubts.append(Unknown(Reason.UNCATALOGUED, f"entities:{id}.establishments"))
                continue
            sure = weakest(step.confidence, edition.confidence(there, self.day))
            country, laws = there["country"], tuple(there.get("laws", ()))
            made = self._step(step.name, country, "", _BY[there["by"]], sure, step.facts)
            self.named[made] = laws
            if not laws and self.facts.country(country, self.day).in_eea is not True:
                detail = f"entities:{id}.establishments.{country}"
                self.doubts.append(Unknown(Reason.UNREAD, detail))

    def _hosts(self, id: str, offer: Mapping[str, Any], region: str, sure: Confidence) -> None:
        """The offers that this one runs on, when it is told which."""
        if offer.get("host_chosen_by_customer") or offer.get("host_by_zone"):
            self.doubts.append(Unknown(Reason.UNREAD, f"offers:{id}.hosts"))
            return
        for host in offer.get("hosts", ()):
            name = host["offer"]
            below = self.facts.table("offers").get(name)
            if below is None or self.facts.edition_facts.holds(below, self.day) is not True:
                self.doubts.append(Unknown(Reason.UNCATALOGUED, f"offers:{name}"))
            elif name not in self.offers:
                self._walk(name, below, host.get("regions", {}).get(region, ""), sure)

    def _site(self, id: str, region: str) -> None:
        """The country of the region itself: outside the EEA its law applies to what is there."""
        for place in self.facts.places_of(id, region, self.day, Role.PRIMARY):
            if not isinstance(place, Place):
                self.doubts.append(place)
            elif not place.in_eea:
                self._step(region, place.country, "", Link.SITE, place.confidence, place.facts)

    def _step(
        self, name: str, seat: str | Unknown, share: str, link: Link, sure: Confidence,
        facts: tuple[str, ...],
    ) -> Entity:  # fmt: skip
        step = Entity(name=name, seat=seat, share=share, link=link, confidence=sure, facts=facts)
        self.steps.append(step)
        return step
