"""Cases: each store of a run with all that a rule may look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from .classify import Signals, classify, inherit, stronger
from .codec import encoded
from .custody import custody_of
from .declare import StoreType
from .dossier import Matching
from .dossier.matching import Claims
from .facts import Facts
from .judge import gaps_of
from .locate import Index, link, locate
from .model import (
    Capital,
    Case,
    Certainty,
    Coverage,
    CoverageState,
    DataStore,
    Declared,
    Dossier,
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
from .registry import Registry
from .runs import RunFolder

T = TypeVar("T")
_UNREAD = (CoverageState.PARTIAL, CoverageState.UNREAD)


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging one store needs beside the store."""

    facts: Facts
    index: Index
    signals: Signals
    day: date
    organisation: frozenset[str]
    matching: Matching | None = None
    gaps: tuple[Unknown, ...] = ()  # why a store may have been missed, empty when none was
    memo: dict[Any, Any] = field(default_factory=dict)
    _same: dict[Any, Any] = field(default_factory=dict)

    def same(self, value: T) -> T:
        """The one object that stands for all values equal to this one."""
        found: T = self._same.setdefault(value, value)
        return found

    def marks(self, case: Case) -> tuple[str, str]:
        """Digests of what the facts say of a case, and of what the dossier says."""
        law = (case.places, case.flows, case.key_places, case.reach, case.guarantees,
               case.frameworks, case.capital, case.ends)  # fmt: skip
        return self._mark(law), self._mark((case.declared,)) if case.declared else ""

    def _mark(self, parts: tuple[Any, ...]) -> str:
        key = tuple(map(id, parts))
        if key not in self.memo:  # the parts are kept, for they are known by their id
            self.memo[key] = sha256(encoded(parts)).hexdigest()[:12], parts
        found: str = self.memo[key][0]
        return found


def bench_of(
    run: RunFolder, registry: Registry, facts: Facts, day: date, dossier: Dossier | None = None
) -> Bench:
    """Everything that was seen, by its names, and the dossier made ready to be asked."""
    signals = Signals.of(facts)
    holds = frozenset(
        name
        for name, kind in registry.store_types.items()
        if isinstance(kind, StoreType) and kind.holds_health
    )
    index = Index()
    known: dict[Health, Health] = {}
    for store in run.stores():
        index.add(store)
        health = classify(store, signals, store.kind in holds)
        index.classified[store.id] = health = known.setdefault(health, health)
        if health.certainty in _TELLING:
            index.health[store.id] = health
            for name in store.also:
                index.health.setdefault(name, health)
    for subject in run.subjects_iter():
        index.add_subject(subject)
    ours = frozenset(run.header.get("organisation") or ())
    matching = Matching(dossier) if dossier else None
    return Bench(facts, index, signals, day, ours, matching, unread_of(run.coverage()))


def unread_of(coverage: Iterator[Coverage]) -> tuple[Unknown, ...]:
    """The reasons for which something in scope was not read to its end, each once."""
    found = {
        (gap.reason, "")
        for unit in coverage
        if unit.state in _UNREAD
        for gap in unit.gaps or (Unknown(Reason.FAILED),)
    }
    return tuple(Unknown(reason, detail) for reason, detail in sorted(found))


_TELLING = frozenset(
    (Certainty.POSSIBLE, Certainty.PROBABLE, Certainty.DECLARED, Certainty.CONFIRMED)
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
    """What a store is a copy of: gone only where everything in scope was read."""
    if isinstance(store.origin, Unknown):
        return store.origin
    if not store.origin:
        return None
    seen = bench.index.seen(store.account, store.region, store.origin)
    if seen is None:
        return Unknown(Reason.OUT_OF_SCOPE if bench.gaps else Reason.GONE, store.origin)
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
