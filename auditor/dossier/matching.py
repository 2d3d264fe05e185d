"""Which stores an entry of the dossier means, and what the dossier says of one store.

The most precise selection wins: an id, then an id with `*`, then tags, then a whole account. Two
treatments that are as precise both claim the store, and both are told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import translate
from typing import Any

from auditor.model import DataStore, Declared, Dossier, Selection, Unknown

Claim = tuple[str, str]  # part and id of an entry
Claims = tuple[Claim, int, str]  # an entry that means a store, how precisely, by which part
_ID, _GLOB, _TAGS, _ACCOUNT = range(4)


@dataclass(slots=True)
class Matching:
    """A dossier made ready to be asked about one store after another."""

    dossier: Dossier
    _ids: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    _accounts: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    _globs: list[tuple[re.Pattern[str], Claim, str]] = field(default_factory=list)
    _tags: list[tuple[Mapping[str, str], Claim]] = field(default_factory=list)
    _said: dict[tuple[Claim, ...], Declared] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for claim, selection in selections(self.dossier):
            for id in selection.stores:
                if "*" in id:
                    escaped = id.replace("[", "[[]").replace("?", "[?]")
                    self._globs.append((re.compile(translate(escaped)), claim, id))
                else:
                    self._ids[id].append(claim)
            for account in selection.accounts:
                self._accounts[account].append(claim)
            if selection.tags:
                self._tags.append((selection.tags, claim))

    def claims(self, store: DataStore) -> Iterator[Claims]:
        """Every entry that means a store, how precisely, and by which part of its selection."""
        for name in (store.id, *store.also):
            for claim in self._ids.get(name, ()):
                yield claim, _ID, name
        for pattern, claim, glob in self._globs:
            if pattern.match(store.id):
                yield claim, _GLOB, glob
        if self._tags and not isinstance(store.tags, Unknown):
            for tags, claim in self._tags:
                if tags.items() <= store.tags.items():
                    yield claim, _TAGS, "tags"
        for claim in self._accounts.get(store.account, ()):
            yield claim, _ACCOUNT, store.account

    def declared(self, claims: Iterable[Claims], offer: str | Unknown, day: date) -> Declared:
        """What the dossier says of a store that these entries mean, on a day."""
        best: dict[str, int] = {}
        found = sorted({(claim, rank) for claim, rank, _ in claims})
        for (part, _), rank in found:
            best[part] = min(rank, best.get(part, rank))
        kept = tuple(claim for claim, rank in found if rank == best[claim[0]])
        key = (*kept, ("offer", offer if isinstance(offer, str) else ""), ("day", str(day)))
        if key not in self._said:
            self._said[key] = self._of(kept, offer, day)
        return self._said[key]

    def _of(self, kept: tuple[Claim, ...], offer: str | Unknown, day: date) -> Declared:
        d = self.dossier
        named = defaultdict(list)
        for part, id in kept:
            named[part].append(id)
        treatments = tuple(d.treatments[id] for id in named["treatments"])
        ids = {t.id for t in treatments}
        targets = [d.targets[id] for id in named["targets"]]
        whole = [t for t in d.targets.values() if t.treatment in ids and not chosen(t.of)]
        held = [k for id in named["keys"] if stands((k := d.keys[id]).until, day)]
        said = [a for id in named["assessments"] if stands((a := d.assessments[id]).until, day)]
        exempt = [d.exemptions[id] for id in named["exemptions"]]
        return Declared(
            treatments=treatments,
            contracts=tuple(c for c in d.contracts.values() if offer in c.offers),
            targets=tuple(targets or whole),
            outsiders={account: o for o in d.accounts.values() for account in o.accounts},
            # of two statements, the one that clears less
            holding=min(held, key=lambda k: not k.host_can_decrypt, default=None),
            assessment=min(
                (a for a in said if a.signed is None or a.signed <= day),
                key=lambda a: not a.holds_health,
                default=None,
            ),
            plan_since=d.plan_since if d.plan_since and d.plan_since <= day else None,
            exempt=any(e.signed <= day for e in exempt),
        )


def chosen(selection: Selection) -> bool:
    """Whether a selection names anything at all."""
    return bool(selection.stores or selection.accounts or selection.tags)


def stands(until: date | None, day: date) -> bool:
    """Whether what ends on a day, that day included, stands on another."""
    return until is None or day <= until


def selections(dossier: Dossier) -> Iterator[tuple[Claim, Selection]]:
    """Every entry that names stores, with what it names."""
    for treatment in dossier.treatments.values():
        yield ("treatments", treatment.id), treatment.holds
    parts: dict[str, Mapping[str, Any]] = {
        "keys": dossier.keys, "assessments": dossier.assessments, "waivers": dossier.waivers,
        "targets": dossier.targets, "exemptions": dossier.exemptions,
    }  # fmt: skip
    for part, entries in parts.items():
        for id, entry in entries.items():
            yield (part, id), entry.of
