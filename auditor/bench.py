"""The bench: what judging one store needs beside the store, made once for a run and a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlsplit

from .classify import Signals, classify, inherit, stronger, with_content
from .codec import encoded
from .declare import StoreType
from .dossier import Matching
from .facts import Facts
from .locate import Index
from .model import (
    Case,
    Certainty,
    Coverage,
    CoverageState,
    DataStore,
    Dossier,
    Health,
    Reason,
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
    origins: Mapping[str, str] = field(default_factory=dict)  # type → the type it is a copy of
    read: frozenset[tuple[str, str]] = frozenset()  # account and type of origins, read to the end
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
    samples = {sample.store: sample for sample in run.samples()}
    described: dict[str, Health] = {}
    for store in run.stores():
        index.add(store)
        health = classify(store, signals, store.kind in holds)
        health = with_content(health, samples.get(store.id))
        health = index.classified.same(health)
        _classified(index, store, health)
        if health.certainty in _TELLING and (name := _pointed_at(store)):
            said = inherit(health, signals)
            described[name] = stronger(described[name], said) if name in described else said
    for store in run.stores() if described else ():
        if said_of := next((described[name] for name in store.also if name in described), None):
            _classified(index, store, stronger(index.classified[store.id], said_of))
    for subject in run.subjects_iter():
        index.add_subject(subject)
    ours = frozenset(run.header.get("organisation") or ())
    matching = Matching(dossier) if dossier else None
    origins = {
        name: kind.origin.to
        for name, kind in registry.store_types.items()
        if isinstance(kind, StoreType) and kind.origin is not None
    }
    gaps, read = _coverage(run.coverage(), run.header, frozenset(origins.values()))
    return Bench(facts, index, signals, day, ours, matching, gaps, origins, read)


def _classified(index: Index, store: DataStore, health: Health) -> None:
    """Enter what is known of a store's health, by its names too where it tells something."""
    index.classified[store.id] = health
    if health.certainty in _TELLING:
        index.health[store.id] = health
        for name in store.also:
            index.health[name] = health


def _pointed_at(store: DataStore) -> str:
    """The store that a table of a catalogue says its bytes rest in, by name: `s3://name/…`."""
    location = store.facts.get("location")
    return urlsplit(location).netloc if isinstance(location, str) and "://" in location else ""


def _coverage(
    units: Iterable[Coverage], header: Mapping[str, Any], kinds: Collection[str]
) -> tuple[tuple[Unknown, ...], frozenset[tuple[str, str]]]:
    """Why some store of ours may not have been seen, and what was: units come one at a time.

    A reason is a reading that failed, an account of ours that was not asked, a choice of types or
    regions; each is told once. Of these kinds: each account and type that was read to its end,
    wherever it was asked.
    """
    found: set[tuple[Reason, str]] = set()
    asked: set[str] = set()
    read: set[tuple[str, str]] = set()
    cut: set[tuple[str, str]] = set()
    for unit in units:
        asked.add(unit.scope.account)
        unread = unit.state in _UNREAD
        if unread:
            found |= {(gap.reason, "") for gap in unit.gaps or (Unknown(Reason.FAILED),)}
        if unit.kind in kinds:
            (cut if unread else read).add((unit.scope.account, unit.kind))
    left = sorted(set(header.get("organisation") or ()) - asked)
    found |= {(Reason.NOT_ASKED, f"account {account}") for account in left[:_NAMED]}
    for section, values in (header.get("settings") or {}).items():
        chosen = [k for k in _NARROWING if isinstance(values, Mapping) and values.get(k)]
        found |= {(Reason.NOT_ASKED, f"{section}.{key}") for key in chosen}
    gaps = tuple(Unknown(reason, detail) for reason, detail in sorted(found))
    return gaps, frozenset(read - cut)


_NAMED = 5  # accounts told one by one
_NARROWING = ("types", "exclude_types", "providers", "regions")  # settings by which less is asked


_TELLING = frozenset(
    (Certainty.POSSIBLE, Certainty.PROBABLE, Certainty.DECLARED, Certainty.CONFIRMED)
)
