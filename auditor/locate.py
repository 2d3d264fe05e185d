"""Locating: references are linked by id, then every copy is given its country.

What one store says of another (a replica's bucket, a key, a snapshot's source) is an id. It is
linked from a small index of all that was seen; what leads outside stays `Unknown(out of scope)`,
and is never assumed to be near.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from .facts import Facts
from .model import Copy, DataStore, Health, Place, Reason, Role, Unknown
from .names import Names

HOLDS_DATA = (Role.PRIMARY, Role.REPLICA, Role.BACKUP, Role.SNAPSHOT)


Seen = tuple[str | Unknown, str, bool | Unknown]  # region, account, whether it is encrypted


@dataclass(slots=True)
class Index:
    """Where everything that was seen is, by every id it is known under."""

    places: Names[Seen] = field(default_factory=Names)
    subjects: dict[str, DataStore] = field(default_factory=dict)
    health: Names[Health] = field(default_factory=Names)  # of what tells something, by any name
    classified: Names[Health] = field(default_factory=Names)  # of every store, by its id

    def add(self, store: DataStore) -> None:
        """Enter a store under its id and its other names (other names only when unambiguous)."""
        place = (store.region, store.account, store.encrypted)
        self.places[_folded(store.id)] = place
        for name in store.also:
            self.places[_near(store.account, store.region, name)] = place
            self.places.setdefault(_folded(name), place)

    def seen(self, account: str, region: str | Unknown, name: str) -> Seen | None:
        """What was seen under a name: nearest first, in the same account and region."""
        return self.places.get(_near(account, region, name)) or self.places.get(_folded(name))

    def add_subject(self, subject: DataStore) -> None:
        """Enter a subject, a key, under all its names."""
        for name in (subject.id, *subject.also):
            self.subjects.setdefault(_folded(name), subject)

    def key_of(self, store: DataStore) -> DataStore | Unknown | None:
        """The key a store names: its subject, None when it names none, or why it is not known."""
        if isinstance(store.key, Unknown):
            return store.key
        if not store.key:
            return None
        near = _near(store.account, store.region, store.key)
        found = self.subjects.get(_folded(store.key)) or self.subjects.get(near)
        return found or Unknown(Reason.OUT_OF_SCOPE, store.key)


def _near(account: str, region: str | Unknown, name: str) -> str:
    return f"{account}/{region if isinstance(region, str) else ''}/{name}"


def _folded(name: str) -> str:
    """A name as it is compared: paths and addresses are written in any case."""
    return name.lower() if name.startswith(("/", "https://")) else name


def link(store: DataStore, index: Index) -> DataStore:
    """The store with the places of its copies filled in, where they were seen."""
    if all(isinstance(c, Unknown) or isinstance(c.region, str) for c in store.copies):
        return store
    copies = tuple(c if isinstance(c, Unknown) else _linked(store, c, index) for c in store.copies)
    return replace(store, copies=copies)


def _linked(store: DataStore, copy: Copy, index: Index) -> Copy:
    if isinstance(copy.region, str) or not copy.id:
        return copy
    seen = index.seen(store.account, store.region, copy.id)
    if seen is None:
        return copy
    return replace(copy, region=seen[0], account=seen[1])


def locate(
    store: DataStore, offer: str | Unknown, facts: Facts, day: date
) -> tuple[tuple[Place | Unknown, ...], tuple[Place | Unknown, ...]]:
    """Where each copy rests (the store's own first) and where its traces go, or why not."""
    held: list[Place | Unknown] = list(_places(offer, store.region, Role.PRIMARY, facts, day))
    flows: list[Place | Unknown] = []
    for copy in store.copies:
        if isinstance(copy, Unknown):
            held.append(copy)
            continue
        into = held if copy.role in HOLDS_DATA else flows
        into.extend(_places(offer, copy.region, copy.role, facts, day))
    return tuple(dict.fromkeys(held)), tuple(dict.fromkeys(flows))


def _places(
    offer: str | Unknown, region: str | Unknown, role: Role, facts: Facts, day: date
) -> tuple[Place | Unknown, ...]:
    if isinstance(region, Unknown):
        return (region,)
    if isinstance(offer, Unknown):
        return (offer,)
    return facts.places_of(offer, region, day, role)
