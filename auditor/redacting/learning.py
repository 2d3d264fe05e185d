"""Meeting whom a document must not name: every identity of a run, in the run's own order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.model import Copy, Coverage, DataStore, Judged, Scope, Share, Unknown

from .names import Names


def learn(
    names: Names, coverage: Iterable[Coverage], stores: Iterable[tuple[DataStore, Judged]]
) -> None:
    """Number all that a run saw; what others only mention comes last."""
    met = _Met(names)
    for unit in coverage:
        met.unit(unit)
    for store, judged in stores:
        met.store(store, judged)
    for id, kind in met.pending.items():
        if names.of(id) is None:
            names.add(kind, id)


@dataclass(slots=True)
class _Met:
    """Who was met so far, and who was only mentioned."""

    names: Names
    pending: dict[str, str] = field(default_factory=dict)  # id → what it is

    def unit(self, unit: Coverage) -> None:
        """An account, and what its scope is called."""
        scope = unit.scope
        self.names.known.update((scope.region, unit.kind))
        self._account(scope.account, scope.account_name)
        self.names.scopes.setdefault(str(scope), self._told(scope))

    def _told(self, scope: Scope) -> str:
        parts = (scope.partition, self.names.said(scope.account), scope.region)
        return "/".join(part for part in parts if part)

    def _account(self, id: str, name: str = "") -> None:
        self.names.add("account", id)
        if id and name:
            self.names.also(id, (name,))

    def store(self, store: DataStore, judged: Judged) -> None:
        """A store, its key, and all that it mentions."""
        self._account(store.account, store.account_name)
        self.names.add("store", store.id)
        self.names.also(store.id, (store.name, *store.also))
        named = store.key if isinstance(store.key, str) else ""
        self.names.key_of(store.account, named, judged.custody.key)
        self.names.known.update(store.facts)  # as the store's type calls what it asks
        self._region(store.region)
        self._mentioned("account", judged.custody.account)
        self._mentioned("resource", store.parent, store.origin)
        for copy in store.copies:
            if isinstance(copy, Copy):
                self._region(copy.region)
                self._mentioned("resource", copy.id)
                self._mentioned("account", copy.account)
        for share in store.shares:
            if isinstance(share, Share):
                self._mentioned("account", share.account)

    def _region(self, region: str | Unknown) -> None:
        if isinstance(region, str):
            self.names.known.add(region)

    def _mentioned(self, kind: str, *ids: str | Unknown) -> None:
        for id in ids:
            if isinstance(id, str) and id and not self.names.met(id):
                self.pending.setdefault(id, kind)
