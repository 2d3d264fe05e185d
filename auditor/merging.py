"""One store told by several sources: put together by id, each attribute from who told it.

What one source leaves unknown another may know. Where two know and differ, none establishes it: it
is unknown, and said to be in conflict. Copies and shares that anyone told stay, for one that is
known is enough to deviate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from .model import Copy, DataStore, Reason, Share, Unknown

CONFLICT = "CONFLICT"
_NEWEST = ("name", "parent", "account_name", "bytes", "tags")  # they change: the latest word counts
_AGREED = ("region", "encrypted", "key", "created", "origin")


@dataclass(frozen=True, slots=True)
class Word:
    """A store as one source told it: which one, and of what moment."""

    source: str
    moment: str
    store: DataStore


def merged(words: Sequence[Word]) -> tuple[DataStore, tuple[Unknown, ...]]:
    """The store that several sources tell, and where they contradict one another."""
    told = sorted(words, key=lambda w: (w.moment, w.source), reverse=True)
    first = next((w.store for w in told if w.store.account), told[0].store)
    if len(told) == 1:
        return replace(first, calls=_calls(told, {}), collected=told[0].moment), ()
    got: dict[str, Any] = {}
    by: dict[str, Word] = {}
    for name in (*_NEWEST, *_AGREED):
        got[name], by[name] = _one(name, told, name in _NEWEST)
    for name, key in (("copies", _copy), ("shares", _share)):
        got[name], by[name] = _group(name, told, key)
    got["facts"] = _facts(told)
    names = {n for w in told for n in (w.store.id, *w.store.also)} - {first.id}
    store = replace(
        first,
        **got,
        also=tuple(sorted(names)),
        calls=_calls(told, by),
        collected=told[0].moment,
    )
    return store, tuple(_conflicts(store))


def in_conflict(value: Any) -> bool:
    """Whether sources contradict one another about a value."""
    return isinstance(value, Unknown) and value.detail.startswith(CONFLICT)


def _conflict(name: str, one: Word, other: Word) -> Unknown:
    return Unknown(Reason.UNREAD, f"{CONFLICT} {name}: {one.source} / {other.source}")


def _one(name: str, told: Sequence[Word], newest: bool) -> tuple[Any, Word]:
    """The value that the sources agree on, or the latest; unknown only when none knows it."""
    known = [w for w in told if _known(name, getattr(w.store, name))]
    if not known:
        return getattr(told[0].store, name), told[0]
    value = getattr(known[0].store, name)
    for other in known[1:]:
        if not newest and not _same(name, value, getattr(other.store, name)):
            return _conflict(name, known[0], other), known[0]
    return value, known[0]


def _known(name: str, value: Any) -> bool:
    if isinstance(value, Unknown):
        return False
    return value != "" or name == "key"  # no key named: the provider's own, and that is known


def _same(name: str, one: Any, other: Any) -> bool:
    if name == "created":
        return bool(_moment(one) == _moment(other))
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return bool(one == other)


def _moment(text: str) -> Any:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).replace(microsecond=0)


def _group(
    name: str, told: Sequence[Word], key: Callable[[Any], Any]
) -> tuple[tuple[Any, ...], Word]:
    """All that anyone told; unknown besides, where nobody told all of it or they differ."""
    everything: dict[Any, Any] = {}
    for word in reversed(told):
        for one in getattr(word.store, name):
            if not isinstance(one, Unknown):
                everything[key(one)] = one
    whole = [w for w in told if not any(isinstance(x, Unknown) for x in getattr(w.store, name))]
    if not whole:
        doubts = dict.fromkeys(
            x for w in told for x in getattr(w.store, name) if isinstance(x, Unknown)
        )
        return (*_in_order(everything), *doubts), told[0]
    for word in whole:
        if len({key(x) for x in getattr(word.store, name)}) != len(everything):
            other = next(w for w in told if w is not word)
            return (*_in_order(everything), _conflict(name, word, other)), word
    return _in_order(everything), whole[0]


def _in_order(found: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(found[key] for key in sorted(found, key=repr))


def _copy(copy: Copy) -> tuple[Any, ...]:
    where = copy.region if isinstance(copy.region, str) else f"id {copy.id}"
    return copy.role, where


def _share(share: Share) -> tuple[Any, ...]:
    return share.party, share.account, share.condition


def _facts(told: Sequence[Word]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name in sorted({n for w in told for n in w.store.facts}):
        known = [w for w in told if name in w.store.facts]
        sure = [w for w in known if not isinstance(w.store.facts[name], Unknown)]
        found[name] = (sure or known)[0].store.facts[name]
        for other in sure[1:]:
            if not _same(name, found[name], other.store.facts[name]):
                found[name] = _conflict(name, sure[0], other)
                break
    return found


def _calls(told: Sequence[Word], by: Mapping[str, Word]) -> Mapping[str, str]:
    """Which call of which source gave each attribute."""
    found = {}
    for name in sorted({n for w in told for n in w.store.calls}):
        word = by.get(name, told[0])
        if name in word.store.calls:
            found[name] = f"{word.store.calls[name]} ({word.source})"
    return found


def _conflicts(store: DataStore) -> Iterator[Unknown]:
    values = [getattr(store, name) for name in _AGREED]
    for value in (*values, *store.copies, *store.shares, *store.facts.values()):
        if in_conflict(value):
            yield value
