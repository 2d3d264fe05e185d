"""Reach: whose law can compel whoever operates or controls an offer, with the path shown.

It is derived from the graph of companies and the laws of their countries; the verdict and the laws
that a source proposes are never read. A weak fact can accuse. That no link is known is said only
of a whole path seated in the EEA, by strong or fair facts, with no contested point about it, no
establishment abroad that a person has not qualified, no supplier whose remote access was not read,
and no later than the day they are to be read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.model import Confidence, LawReach, Reach, Reached, Reason, Unknown

from .graph import COMPELLED, Graph
from .standing import strongest, weakest

if TYPE_CHECKING:
    from .base import Facts


def reach_of(facts: Facts, offer: str, day: date, region: str = "") -> Reach:
    """What the sources read on that day say of foreign law and an offer, in a region or at all."""
    fact = facts.table("offers").get(offer)
    unknown = Unknown(Reason.UNCATALOGUED, f"offers:{offer}")
    if fact is None:
        return _undetermined(offer, unknown)
    held = facts.edition_facts.holds(fact, day)
    if held is not True:
        return _undetermined(offer, held if isinstance(held, Unknown) and held.detail else unknown)
    graph = Graph(facts, day).walk(offer, fact, region)
    laws = tuple(_laws(facts, graph))
    verdict, confidence, doubts = _conclude(facts, graph, laws)
    used = [facts.cite(f"offers:{id}") for id in graph.offers]
    used += [id for step in graph.steps for id in step.facts]
    used += [facts.cite(f"laws:{law.law}") for law in laws]
    return Reach(
        offer=offer,
        verdict=verdict,
        path=tuple(graph.steps),
        laws=laws,
        confidence=confidence,
        reason=doubts[0] if doubts else None,
        doubts=doubts,
        facts=tuple(dict.fromkeys(used)),
    )


def _undetermined(offer: str, why: Unknown) -> Reach:
    return Reach(offer=offer, verdict=Reached.UNDETERMINED, reason=why, doubts=(why,))


def _laws(facts: Facts, graph: Graph) -> Iterator[LawReach]:
    """Every law that reaches a step, once, through the first step that it reaches."""
    told: set[str] = set()
    for step in graph.steps:
        named = graph.named.get(step, ())
        ids = facts.laws_of(step.seat) if step.link in COMPELLED else named
        for id in ids:
            if id not in told:
                told.add(id)
                yield _law(facts, id, graph.day, step.key)
    for offer in graph.offers.values():
        technology = offer.get("technology", {})
        if "law" in technology and technology["law"] not in told:
            yield _law(facts, technology["law"], graph.day, technology["supplier"])


def _law(facts: Facts, id: str, day: date, via: str) -> LawReach:
    """One law, and whether it stands on the day."""
    fact = facts.table("laws").get(id)
    if fact is None:
        return LawReach(
            law=id,
            name=id,
            country="",
            in_force=Unknown(Reason.UNCATALOGUED, f"laws:{id}"),
            confidence=Confidence.WEAK,
            via=via,
        )
    stands = facts.edition_facts.holds(fact, day)  # it accuses: only what clears must be read again
    if isinstance(stands, Unknown) and not stands.detail:
        stands = Unknown(stands.reason, f"laws:{id}")
    unsettled = fact.get("unsettled_from")
    if unsettled is not None and day >= unsettled:
        stands = Unknown(Reason.UNREAD, f"laws:{id} {unsettled.isoformat()}")
    return LawReach(
        law=id,
        name=fact["name"],
        country=fact["country"],
        in_force=stands,
        confidence=facts.edition_facts.confidence(fact, day),
        data_access=fact["data_access"],
        via=via,
    )


def _conclude(
    facts: Facts, graph: Graph, laws: tuple[LawReach, ...]
) -> tuple[Reached, Confidence, tuple[Unknown, ...]]:
    links = list(_links(facts, graph, laws))
    if links:
        return Reached.LINKED, strongest(*links), ()
    sure = weakest(
        *(facts.edition_facts.confidence(offer, graph.day) for offer in graph.offers.values()),
        *(step.confidence for step in graph.steps),
        *(facts.country(s.seat, graph.day).confidence for s in _seated(graph)),
    )
    doubts = (*_open(facts, graph, laws), *_doubts(facts, graph, sure))
    if doubts:
        return Reached.UNDETERMINED, sure, tuple(dict.fromkeys(doubts))
    return Reached.NO_KNOWN_LINK, sure, ()


def _seated(graph: Graph) -> Iterator[Any]:
    return (step for step in graph.steps if isinstance(step.seat, str))


def _links(facts: Facts, graph: Graph, laws: tuple[LawReach, ...]) -> Iterator[Confidence]:
    """How surely each thing seen links the offer to foreign law: of several, one is enough."""
    sure: dict[str, Confidence] = {}
    for step in _seated(graph):
        sure.setdefault(step.key, step.confidence)
        if step.link in COMPELLED and facts.country(step.seat, graph.day).in_eea is False:
            yield step.confidence
    for law in laws:
        if law.data_access and law.in_force is True:
            yield weakest(sure.get(law.via, Confidence.WEAK), law.confidence)


def _open(facts: Facts, graph: Graph, laws: tuple[LawReach, ...]) -> Iterator[Unknown]:
    """What is not known of the steps seen and of the laws that would reach them."""
    for step in graph.steps:
        if isinstance(step.seat, Unknown):
            yield step.seat
        elif step.link in COMPELLED:
            inside = facts.country(step.seat, graph.day).in_eea
            if isinstance(inside, Unknown):
                yield inside
    yield from (w.in_force for w in laws if w.data_access and isinstance(w.in_force, Unknown))
    yield from graph.doubts


def _doubts(facts: Facts, graph: Graph, sure: Confidence) -> Iterator[Unknown]:
    """What else forbids to say that no link is known: of the offer, and of what it runs on."""
    for id, offer in graph.offers.items():
        if any(point["about"] == "reach" for point in offer.get("contested", ())):
            yield Unknown(Reason.UNREAD, f"offers:{id}.contested")
        supplier = offer.get("technology", {"remote_access": "none", "country": ""})
        inside = facts.country(supplier["country"], graph.day).in_eea is True
        if supplier["remote_access"] != "none" and not inside:
            yield Unknown(Reason.UNREAD, f"offers:{id}.technology")
        if sure is Confidence.WEAK:
            yield Unknown(Reason.WEAK, f"offers:{id}")
        cleared = facts.edition_facts.clears(offer, graph.day)
        if isinstance(cleared, Unknown):
            yield cleared
