"""Reviewing the facts themselves: what gets old, and how two editions differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from auditor.model import Confidence

if TYPE_CHECKING:
    from .base import Facts


class Old(StrEnum):
    """Why a fact is to be read again."""

    ENDS = "ends"  # its last day is near
    NOT_READ = "not_read_since"  # nobody has read its source since
    MEMORY = "memory"  # it rests on somebody's memory, or on a weak source


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A fact to be read again, why, and the day that says so: its end, or its last reading."""

    id: str
    why: Old
    day: date
    confidence: Confidence
    source: str


def stale(facts: Facts, day: date, within: int, not_read_since: date) -> Iterator[Stale]:
    """What ends within some days of a day, what was not read since a date, what is weak."""
    until = day + timedelta(days=within)
    told = ((f"{kind}:{id}", entry) for kind in facts.kinds() for id, entry in facts.entries(kind))
    for id, entry in told:
        source = entry.get("source") if isinstance(entry, Mapping) else None
        if not isinstance(source, Mapping) or "retrieved" not in source:
            continue  # words and groups of facts have no days of their own
        sure = facts.edition_facts.confidence(entry) if "confidence" in entry else None
        for why, when in _reasons(entry, source, sure, (day, until), not_read_since):
            yield Stale(
                id=id,
                why=why,
                day=when,
                confidence=sure or Confidence.WEAK,
                source=source.get("url") or source.get("document", ""),
            )


def _reasons(
    entry: Mapping[str, Any],
    source: Mapping[str, Any],
    sure: Confidence | None,
    near: tuple[date, date],
    not_read_since: date,
) -> Iterator[tuple[Old, date]]:
    ends = entry.get("until")
    if ends is not None and near[0] <= ends <= near[1]:
        yield Old.ENDS, ends
    if source["retrieved"] < not_read_since:
        yield Old.NOT_READ, source["retrieved"]
    if sure is Confidence.WEAK:
        yield Old.MEMORY, source["retrieved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that two editions do not tell alike; `keys` are those that changed."""

    id: str
    change: str  # added, removed, changed
    keys: tuple[str, ...] = ()


def differences(old: Facts, new: Facts) -> Iterator[Difference]:
    """What was added, taken out or changed from one edition to another, by id."""
    before = {f"{kind}:{id}" for kind, id in old.ids()}
    after = {f"{kind}:{id}" for kind, id in new.ids()}
    for id in sorted(before | after):
        if id not in after:
            yield Difference(id=id, change="removed")
        elif id not in before:
            yield Difference(id=id, change="added")
        else:
            keys = tuple(_changed(old.get(id), new.get(id)))
            if keys:
                yield Difference(id=id, change="changed", keys=keys)


def _changed(old: Any, new: Any) -> Iterator[str]:
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        yield from ([""] if old != new else [])
        return
    yield from sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
