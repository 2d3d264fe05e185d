"""Checking facts against each other: what a contract of one file cannot see.

Ids that lead nowhere, codes that are no country, days in the wrong order, validities that overlap,
owners in a circle, shares over a hundred percent. Refused before any cloud is called, with the
file, the key and what to mend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from auditor.errors import FactsError

if TYPE_CHECKING:
    from .base import Facts

Entry = Mapping[str, Any]
_ALWAYS = date.min, date.max
# Where the ids of one kind are named in another: kind, keys on the way, the kind they lead to.
NAMED = (
    ("offers", ("contracting",), "entities"),
    ("offers", ("owner",), "entities"),
    ("offers", ("operator", "entity"), "entities"),
    ("offers", ("hosts", "offer"), "offers"),
    ("offers", ("laws_listed",), "laws"),
    ("offers", ("technology", "law"), "laws"),
    ("offers", ("technology", "country"), "countries"),
    ("offers", ("secnumcloud", "decisions"), "guarantees"),
    ("entities", ("seat",), "countries"),
    ("entities", ("administration",), "countries"),
    ("entities", ("main_establishment",), "countries"),
    ("entities", ("owners", "entity"), "entities"),
    ("entities", ("establishments", "country"), "countries"),
    ("entities", ("establishments", "laws"), "laws"),
    ("guarantees", ("offer",), "offers"),
    ("guarantees", ("on",), "guarantees"),
    ("laws", ("country",), "countries"),
    ("laws", ("text",), "texts"),
    ("adequacy", ("history",), "history"),
    ("countries", ("history",), "history"),
    ("regions", ("country",), "countries"),
    ("locations", ("countries",), "countries"),
    ("rules", ("legal_basis",), "texts"),
    ("alternatives", ("alternatives", "offer"), "offers"),
    ("switching", ("text",), "texts"),
    ("switching", ("offer",), "offers"),
    ("timeline", ("text",), "texts"),
    ("timeline", ("offers",), "offers"),
    ("alignment", ("sources", "ref"), "texts"),
)
# Spans that may not overlap, inside one entry: kind, key, what makes two of them the same thing.
SPANS = (("countries", "member", "of"), ("entities", "owners", "entity"))


def check_whole(facts: Facts) -> None:
    """Hold all facts, the user's own among them, against each other."""
    for kind in facts.kinds():
        for id, entry in facts.entries(kind):
            _days(facts, kind, id, entry, ())
    for kind, keys, to in NAMED:
        known = set(facts.table(to))
        aliases = facts.aliases() if to == "countries" else frozenset()
        for id, entry in facts.entries(kind):
            for name in _found(entry, keys):
                if name not in known and name not in aliases and not name.startswith("XX-"):
                    raise FactsError(
                        "{place}: {name} is not among the {kinds}",
                        hint="write one that is there, or add it to a file of {kinds}",
                        place=_place(facts, kind, id, *keys),
                        name=name,
                        kinds=to,
                    )
    for kind, key, same in SPANS:
        for id, entry in facts.entries(kind):
            _apart(facts, kind, id, key, entry.get(key, ()), same)
    _one_at_a_time(facts, "adequacy", lambda entry: (entry["country"],))
    _one_at_a_time(facts, "guarantees", _attested)
    _circles(facts)
    _shares(facts)


def _place(facts: Facts, kind: str, id: str, *keys: str) -> str:
    """Where a mistake is: the file, the entry, the key."""
    return f"{facts.file_of(kind, id)}: {'.'.join((id, *keys))}"


def _found(value: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """The names at the end of some keys, through lists."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _found(one, keys)
    elif not keys:
        if isinstance(value, str):
            yield value
    elif isinstance(value, Mapping) and keys[0] in value:
        yield from _found(value[keys[0]], keys[1:])


def _days(facts: Facts, kind: str, id: str, value: Any, keys: tuple[str, ...]) -> None:
    """No fact ends before it begins, at any depth."""
    if isinstance(value, list | tuple):
        for one in value:
            _days(facts, kind, id, one, keys)
    elif isinstance(value, Mapping):
        since, until = value.get("since"), value.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            raise FactsError(
                "{place}: {until} is before {since}",
                hint="days are inclusive: the last is not before the first",
                place=_place(facts, kind, id, *keys, "until"),
                since=since,
                until=until,
            )
        for key, below in value.items():
            if isinstance(below, Mapping | list):
                _days(facts, kind, id, below, (*keys, str(key)))


def _span(entry: Entry) -> tuple[date, date]:
    return entry.get("since", _ALWAYS[0]), entry.get("until", _ALWAYS[1])


def _apart(facts: Facts, kind: str, id: str, key: str, spans: Iterable[Entry], same: str) -> None:
    """Of one thing, no two spans overlap."""
    by: dict[str, list[tuple[date, date]]] = {}
    for span in spans:
        by.setdefault(span[same], []).append(_span(span))
    for name, several in by.items():
        _overlap(facts, kind, id, (key, name), several)


def _overlap(
    facts: Facts, kind: str, id: str, keys: tuple[str, ...], spans: Iterable[tuple[date, date]]
) -> None:
    for (_, until), (since, _) in pairwise(sorted(spans)):
        if since <= until:
            raise FactsError(
                "{place}: two validities overlap on {day}",
                hint="end the first with `until` the day before the second begins",
                place=_place(facts, kind, id, *keys),
                day=since,
            )


def _one_at_a_time(facts: Facts, kind: str, about: Callable[[Entry], tuple[str, ...]]) -> None:
    """Of what several decisions are about, one stands at a time; of nothing, any number."""
    by: dict[tuple[str, ...], list[tuple[tuple[date, date], str]]] = {}
    for id, entry in facts.entries(kind):
        by.setdefault(about(entry), []).append((_span(entry), id))
    by.pop((), None)
    for several in by.values():
        _overlap(facts, kind, max(several)[1], (), [span for span, _ in several])


def _attested(entry: Entry) -> tuple[str, ...]:
    """What an attestation is about: a scheme's decision of one service in some regions."""
    if entry["state"] not in ("qualified", "certified", "partial"):
        return ()
    service, regions = entry.get("service", ""), sorted(entry.get("regions", ()))
    return (entry["scheme"], entry["offer"], service, *regions)


def _circles(facts: Facts) -> None:
    """Nobody owns themselves, however far up."""
    table = facts.table("entities")
    done: set[str] = set()
    for start in table:
        path: list[str] = []
        todo: list[tuple[str, int]] = [(start, 0)]
        while todo:
            id, depth = todo.pop()
            del path[depth:]
            if id in path:
                raise FactsError(
                    "{place}: owners in a circle: {circle}",
                    hint="an owner cannot be owned by what it owns: take one edge out",
                    place=_place(facts, "entities", start, "owners"),
                    circle=" → ".join((*path[path.index(id) :], id)),
                )
            if id in done:
                continue
            path.append(id)
            owners = [o["entity"] for o in table.get(id, {}).get("owners", ())]
            todo += [(owner, depth + 1) for owner in owners]
        done.update(path)


def _shares(facts: Facts) -> None:
    """On no day is more than the whole of a company held."""
    for id, entry in facts.entries("entities"):
        owners = entry.get("owners", ())
        for measure in ("capital", "votes"):
            for day in {_span(o)[0] for o in owners}:
                held = [o for o in owners if _span(o)[0] <= day <= _span(o)[1]]
                total = sum(o.get(measure, 0) for o in held)
                if total > 100:
                    raise FactsError(
                        "{place}: {total} % are held together",
                        hint="shares add up to 100 at most",
                        place=_place(facts, "entities", id, "owners", measure),
                        total=f"{total:g}",
                    )
