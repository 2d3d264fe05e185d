"""Cases: each store of a run with all that a rule may look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from .bench import Bench
from .classify import inherit, stronger
from .custody import custody_of
from .dossier.matching import Claims
from .facts import Facts
from .judge import gaps_of
from .locate import link, locate
from .model import (
    Capital,
    Case,
    Certainty,
    DataStore,
    Declared,
    Framework,
    Guarantee,
    Health,
    KeyCustody,
    Original,
    Place,
    Reach,
    Reached,
    Reason,
    Role,
    Signal,
    Unknown,
)


def case_of(
    store: DataStore, bench: Bench, claims: Sequence[Claims] = ()
) -> tuple[Case, str | Unknown]:
    """All that a rule may look at for one store, and the offer it belongs to.

    `claims` are the entries of the dossier that mean the store.
    """
    facts, day = bench.facts, bench.day
    store = link(store, bench.index)
    offer = facts.offer_of(store.kind.partition(".")[0], store.partition)
    custody = custody_of(store, bench.index.key_of(store))
    said = bench.matching.declared(claims, offer, day) if bench.matching else None
    case = Case(
        store=store,
        health=bench.same(_health(store, bench, said)),
        places=(),
        reach=_reach(store, offer, facts, day),
        custody=bench.same(custody),
        shares=bench.same(store.shares),
        organisation=bench.organisation,
        gaps=bench.same(gaps_of(store)),
        original=bench.same(_original(store, offer, bench)),
        ends=bench.facts.ending_of(store.kind),
        declared=said,
        regimes=bench.same(said.regimes if said else frozenset()),
        as_of=day,
    )
    return on(case, offer, bench, day), offer


def _health(store: DataStore, bench: Bench, said: Declared | None) -> Health:
    """What was seen, and what people state: they can say that there is health data, not none."""
    health = bench.index.classified[store.id]
    origin = bench.index.health.get(store.origin) if isinstance(store.origin, str) else None
    if origin is not None:
        health = stronger(health, inherit(origin, bench.signals))
    if said is None or health.certainty in (Certainty.CONFIRMED, Certainty.DECLARED):
        return health
    named = [f"treatments:{t.id}" for t in said.treatments]
    if said.assessment and said.assessment.holds_health:
        named.append(f"assessments:{said.assessment.id}")
    if not named:
        return health
    stated = tuple(Signal(detector="dossier", seen_in=name, weight=1.0) for name in named)
    return replace(health, certainty=Certainty.DECLARED, signals=(*health.signals, *stated))


def _original(store: DataStore, offer: str | Unknown, bench: Bench) -> Original | Unknown | None:
    """What a store is a copy of: gone only where everything was read, its own type among it."""
    if isinstance(store.origin, Unknown):
        return store.origin
    if not store.origin:
        return None
    seen = bench.index.seen(store.account, store.region, store.origin)
    if seen is None:
        there = (store.account, bench.origins.get(store.kind, "*")) in bench.read
        gone = there and not bench.gaps
        return Unknown(Reason.GONE if gone else Reason.OUT_OF_SCOPE, store.origin)
    region, account, encrypted = seen
    places = _located(offer, region, bench.facts, bench.day)
    return Original(places=places, account=str(account), encrypted=encrypted)


def _located(
    offer: str | Unknown, region: str | Unknown, facts: Facts, day: date
) -> tuple[Place | Unknown, ...]:
    for unknown in (region, offer):
        if isinstance(unknown, Unknown):
            return (unknown,)
    return facts.places_of(str(offer), str(region), day, Role.PRIMARY)


def on(case: Case, offer: str | Unknown, bench: Bench, day: date) -> Case:
    """The same case on another day: what the facts say of its offer, its places and its key."""
    facts, store = bench.facts, case.store
    places, flows = locate(store, offer, facts, day)
    keys = _key_places(case.custody, offer, facts, day)
    known = [p for p in (*places, *flows, *keys) if isinstance(p, Place) and not p.in_eea]
    third = {p.country for p in known}
    if case.declared:
        third |= {o.country for o in case.declared.outsiders.values() if o.country}
        third |= {case.declared.holding.country} if case.declared.holding else set()
    return replace(
        case,
        places=bench.same(places),
        flows=bench.same(flows),
        key_places=bench.same(keys),
        reach=_reach(store, offer, facts, day),
        frameworks=_frameworks(frozenset(third), bench, day),
        guarantees=_guarantees(offer, store.region, bench, day),
        capital=_capital(offer, bench, day),
        as_of=day,
    )


def _key_places(
    custody: KeyCustody, offer: str | Unknown, facts: Facts, day: date
) -> tuple[Place | Unknown, ...]:
    """Where the key that a store names rests; nothing when it names none."""
    return _located(offer, custody.region, facts, day) if custody.key else ()


def _frameworks(countries: frozenset[str], bench: Bench, day: date) -> Mapping[str, Framework]:
    """What answers a transfer to each of these countries, those of the EEA left out."""
    key = ("frameworks", countries, day)
    if key not in bench.memo:
        told = {c: bench.facts.country(c, day).in_eea for c in sorted(countries - {"", "?"})}
        bench.memo[key] = {
            c: bench.facts.framework_of(c, day) for c, inside in told.items() if inside is not True
        }
    found: Mapping[str, Framework] = bench.memo[key]
    return found


def _guarantees(
    offer: str | Unknown, region: str | Unknown, bench: Bench, day: date
) -> Mapping[str, Guarantee]:
    """What is attested of the offer there, by scheme; nothing of an offer that is not known."""
    if isinstance(offer, Unknown):
        return {}
    key = ("guarantees", offer, region, day)
    if key not in bench.memo:
        where = region if isinstance(region, str) else ""
        told = bench.facts.guarantees_of(offer, "", where, day)
        bench.memo[key] = {guarantee.scheme: guarantee for guarantee in told}
    found: Mapping[str, Guarantee] = bench.memo[key]
    return found


def _capital(offer: str | Unknown, bench: Bench, day: date) -> Capital | None:
    if isinstance(offer, Unknown):
        return None
    key = ("capital", offer, day)
    if key not in bench.memo:
        bench.memo[key] = bench.facts.capital_of(offer, day)
    found: Capital = bench.memo[key]
    return found


def _reach(store: DataStore, offer: str | Unknown, facts: Facts, day: date) -> Reach:
    if isinstance(offer, Unknown):
        return Reach(offer="", verdict=Reached.UNDETERMINED, reason=offer, doubts=(offer,))
    return facts.reach_of(offer, day, store.region if isinstance(store.region, str) else "")
