"""Cases: each store of a run with all that a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from .classify import Signals, classify, inherit, stronger
from .custody import custody_of
from .declare import StoreType
from .facts import Facts
from .judge import gaps_of
from .locate import Index, link, locate
from .model import Case, Certainty, DataStore, Reach, Reached, Unknown
from .registry import Registry
from .runs import RunFolder


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging one store needs beside the store."""

    facts: Facts
    index: Index
    signals: Signals
    day: date
    holds_health: frozenset[str]
    organisation: frozenset[str]


def bench_of(run: RunFolder, registry: Registry, facts: Facts, day: date) -> Bench:
    signals = Signals.of(facts)
    holds = frozenset(
        name
        for name, kind in registry.store_types.items()
        if isinstance(kind, StoreType) and kind.holds_health
    )
    index = Index()
    for store in run.stores():
        index.add(store)
        health = classify(store, signals, store.kind in holds)
        if health.certainty in _TELLING:
            index.health[store.id] = health
            for name in store.also:
                index.health.setdefault(name, health)
    for subject in run.subjects_iter():
        index.add_subject(subject)
    ours = frozenset(run.header.get("organisation") or ())
    return Bench(facts, index, signals, day, holds, ours)


_TELLING = frozenset(
    (Certainty.POSSIBLE, Certainty.PROBABLE, Certainty.DECLARED, Certainty.CONFIRMED)
)


def case_of(store: DataStore, bench: Bench) -> tuple[Case, str | Unknown]:
    """All that a rule may look at for one store, and the offer it belongs to."""
    facts, day = bench.facts, bench.day
    store = link(store, bench.index)
    offer = facts.offer_of(store.kind.partition(".")[0], store.partition)
    places, flows = locate(store, offer, facts, day)
    health = classify(store, bench.signals, store.kind in bench.holds_health)
    origin = bench.index.health.get(store.origin) if isinstance(store.origin, str) else None
    if origin is not None:
        health = stronger(health, inherit(origin, bench.signals))
    case = Case(
        store=store,
        health=health,
        places=places,
        flows=flows,
        reach=_reach(store, offer, facts, day),
        custody=custody_of(store, bench.index.key_of(store)),
        shares=store.shares,
        organisation=bench.organisation,
        gaps=gaps_of(store),
        as_of=day,
    )
    return case, offer


def on(case: Case, offer: str | Unknown, facts: Facts, day: date) -> Case:
    """The same case on another day: only places, flows and reach depend on it."""
    places, flows = locate(case.store, offer, facts, day)
    reach = _reach(case.store, offer, facts, day)
    return replace(case, places=places, flows=flows, reach=reach, as_of=day)


def _reach(store: DataStore, offer: str | Unknown, facts: Facts, day: date) -> Reach:
    if isinstance(offer, Unknown):
        return Reach(offer="", verdict=Reached.UNDETERMINED, reason=offer, doubts=(offer,))
    return facts.reach_of(offer, day, store.region if isinstance(store.region, str) else "")
