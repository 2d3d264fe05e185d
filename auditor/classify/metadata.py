"""Metadata-only certainty: from a store's kind, name and tags, with the evidence kept.

Metadata alone never gives `confirmed` nor `none`: what was read had a sign, or had none. The
evidence names the detector and where it looked, never the value of a tag.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.model import Certainty, DataStore, Health, Signal, StoreSample, Unknown

from .schemas import columns_of, schema_of
from .signals import Signals

NEGATIVE_TAG, CONTENT_NONE = "negative_tag", "content_none"

_STRENGTH = (
    Certainty.NOT_ASSESSED,
    Certainty.NO_SIGN,
    Certainty.NONE,
    Certainty.POSSIBLE,
    Certainty.PROBABLE,
    Certainty.DECLARED,
    Certainty.CONFIRMED,
)
_SIGNS = _STRENGTH[3:]


def classify(store: DataStore, signals: Signals, type_holds_health: bool) -> Health:
    """How sure metadata makes us that a store holds health data."""
    level, found = _kind(store, signals, type_holds_health)
    total = sum(s.weight for s in found)
    name, where = _name_of(store)
    columns = schema_of(columns_of(store), signals.headings)
    if columns.guard:
        name = ""  # a table of counts or of codes, whatever it is called
    if name:
        hits = signals.names(name)
        total += hits.total
        found += tuple(
            s if where == "name" else Signal(detector=s.detector, seen_in=where, weight=s.weight)
            for s in hits.signals
        )
    declared, tagged, denials = _tags(store, signals)
    total += sum(s.weight for s in tagged)
    found += tagged
    if declared:
        level = Certainty.DECLARED
    if not (found or name or columns.signals) and isinstance(store.tags, Unknown):
        return Health(certainty=Certainty.NOT_ASSESSED)
    level = _higher(level, _by_weight(total, signals))
    level = _higher(level, columns.level(total))
    found += columns.signals
    return Health(
        certainty=level,
        signals=found + denials,
        conflict=NEGATIVE_TAG if denials and level in _SIGNS else "",
    )


def inherit(origin: Health, signals: Signals) -> Health:
    """What a copy takes from its origin: as sure, but never as if its own content had been read."""
    if origin.certainty not in _SIGNS:
        assessed = origin.certainty is not Certainty.NOT_ASSESSED
        return Health(certainty=Certainty.NO_SIGN if assessed else Certainty.NOT_ASSESSED)
    level = min(origin.certainty, Certainty.DECLARED, key=_STRENGTH.index)
    sign = Signal(detector="inherited", seen_in="origin", weight=signals.inherited)
    return Health(certainty=level, signals=(sign,), conflict=origin.conflict)


def stronger(own: Health, inherited: Health) -> Health:
    """A copy's own certainty and the one it inherits: the higher, with the evidence of both."""
    return Health(
        certainty=_higher(own.certainty, inherited.certainty),
        signals=own.signals + inherited.signals,
        conflict=own.conflict or inherited.conflict,
    )


def with_content(health: Health, sample: StoreSample | None) -> Health:
    """Certainty from metadata, and what a sample of the content says: the higher of the two.

    Content that was read to the planned budget and shows nothing gives *none* where metadata had
    no sign; where it had one, both are told. A tag's denial never takes away what was read.
    """
    if sample is None or sample.certainty is Certainty.NOT_ASSESSED:
        return health
    if sample.certainty is Certainty.NONE:
        if health.certainty in _SIGNS:
            return replace(health, conflict=health.conflict or CONTENT_NONE)
        return replace(health, certainty=Certainty.NONE)
    level = _higher(health.certainty, sample.certainty)
    denied = any(s.seen_in.startswith("tag:") and not s.weight for s in health.signals)
    return replace(
        health,
        certainty=level,
        evidence=sample.evidence,
        conflict=NEGATIVE_TAG if denied else health.conflict,
    )


def _higher(one: Certainty, other: Certainty) -> Certainty:
    return max(one, other, key=_STRENGTH.index)


def _kind(
    store: DataStore, signals: Signals, type_holds_health: bool
) -> tuple[Certainty, tuple[Signal, ...]]:
    service = signals.services.get(store.kind)
    if service:
        return service.level, (Signal(detector=service.id, seen_in="kind", weight=service.weight),)
    if type_holds_health:
        sign = Signal(detector="kind", seen_in="kind", weight=signals.kind)
        return Certainty.DECLARED, (sign,)
    return Certainty.NO_SIGN, ()


def _name_of(store: DataStore) -> tuple[str, str]:
    """The name, and where it was read: many stores only have one in a tag."""
    if not store.name and not isinstance(store.tags, Unknown):
        for key in ("Name", "name"):
            if store.tags.get(key):
                return store.tags[key], f"tag:{key}"
    return store.name, "name"


def _tags(
    store: DataStore, signals: Signals
) -> tuple[bool, tuple[Signal, ...], tuple[Signal, ...]]:
    """Whether a tag declares health data, what the tags add, and what they deny."""
    if isinstance(store.tags, Unknown):
        return False, (), ()
    said = [
        (tag, Signal(detector=tag.id, seen_in=f"tag:{key}", weight=tag.weight))
        for key in sorted(store.tags)
        for tag in signals.tags(key, store.tags[key])
    ]
    adds = tuple(sign for tag, sign in said if tag.level != "negative")
    denies = tuple(sign for tag, sign in said if tag.level == "negative")
    return any(tag.level == "declared" for tag, _ in said), adds, denies


def _by_weight(total: float, signals: Signals) -> Certainty:
    """By the sum: it reaches `probable` by one strong signal, or by two that are less."""
    total = round(total, 6)
    if total >= signals.probable:
        return Certainty.PROBABLE
    return Certainty.POSSIBLE if total >= signals.possible else Certainty.NO_SIGN
