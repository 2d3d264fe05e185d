"""A schema: what the names of a table's columns say, before any of its rows is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Certainty, DataStore, Signal

from .headings import Headings
from .words import parts_of

CAP = 3.5
_PROBABLE, _POSSIBLE, _PERSON = 2.5, 1.0, 1.0
_STRONG, _SOMEBODY = 3.0, 0.5  # health so sure that any sign of a person will do
_NUMBER = 1.8  # a person's number alone: it may be used as a health identifier
_COUNTED = 0.5  # persons that are counted have less than this


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """What columns say, on the axes of health and of persons."""

    health: float = 0.0
    person: float = 0.0
    model: Certainty = Certainty.NO_SIGN
    guard: str = ""
    signals: tuple[Signal, ...] = ()

    def level(self, named: float) -> Certainty:
        """How sure columns make us, beside what the name of their table weighs."""
        if self.model is not Certainty.NO_SIGN or not self.signals:
            return self.model
        health = self.health + named
        somebody = self.person >= _PERSON or (health >= _STRONG and self.person >= _SOMEBODY)
        if health >= _PROBABLE and somebody:
            return Certainty.PROBABLE
        if health >= _POSSIBLE or self.person >= _NUMBER:
            return Certainty.POSSIBLE
        return Certainty.NO_SIGN


def columns_of(store: DataStore) -> tuple[str, ...]:
    """The names of a store's columns, where its catalogue tells them: one a line."""
    told = store.facts.get("columns")
    return tuple(told.split("\n")) if isinstance(told, str) and told else ()


def schema_of(columns: Sequence[str], headings: Headings) -> Schema:
    """What the names of columns say together."""
    if not columns:
        return Schema()
    found = {axis: _words(columns, headings, axis) for axis in "HP"}
    health, person = (min(CAP, sum(found[axis].values())) for axis in "HP")
    parts = [parts_of(name) for name in columns]
    model = headings.model_of(columns)
    guard = ""
    if model is None:
        if person < _COUNTED and headings.against("aggregate", parts):
            guard = "aggregate"
        elif len(headings.against("animal", parts)) >= 2:
            guard = "animal"
        elif person < _COUNTED and {("code",), ("libelle",)} <= set(parts):
            guard = "reference"
    if guard:
        return Schema(guard=guard)
    signals = [
        Signal(detector=f"{sort}:{text}", seen_in="columns", weight=weight)
        for sort, axis in (("column", "H"), ("person", "P"))
        for text, weight in found[axis].items()
    ]
    if model is not None:
        signals.append(Signal(detector=f"model:{model[0].id}", seen_in="columns", weight=_PROBABLE))
    level = Certainty(model[0].level) if model is not None else Certainty.NO_SIGN
    return Schema(health=health, person=person, model=level, signals=tuple(signals))


def _words(columns: Sequence[str], headings: Headings, axis: str) -> dict[str, float]:
    """The words of an axis that columns are named by, each once."""
    words = (headings.word_of(name, axis) for name in columns)
    return {word.text: word.weight for word in words if word is not None}
