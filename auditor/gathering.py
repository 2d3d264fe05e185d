"""Gathering what several sources tell of the same estate, until all of them were read.

Each source has a sink of its own. Stores wait on disk, coverage in memory; at the end each store
is told once, under the unit of the source that knows its account.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .codec import encoded, from_json
from .merging import Word, merged
from .model import Coverage, CoverageState, DataStore, Unknown
from .runs import RunFolder
from .runs.spool import Spool


class Gathering:
    """Sinks for several sources, and one run that gets what they tell together."""

    def __init__(self, run: RunFolder) -> None:
        self._run = run
        self._spool = Spool(run.path)
        self._coverage: dict[str, list[Coverage]] = {}
        self._lock = threading.Lock()

    def source(self, name: str, moment: str) -> Source:
        """The sink of one source: its name, and of what moment it tells."""
        return Source(self, name, moment)

    def keep(self, unit: str, word: Word) -> None:
        """Keep a store until the others were read."""
        told = {"unit": unit, "source": word.source, "moment": word.moment, "store": word.store}
        with self._lock:
            self._spool.add(encoded(told) + b"\n", (0, f"{word.store.kind} {_same(word.store)}"))

    def cover(self, unit: str, coverage: Coverage) -> None:
        """Keep what a source could read of a unit."""
        with self._lock:
            self._coverage.setdefault(unit, []).append(coverage)

    def subject(self, subject: DataStore) -> None:
        """A subject is kept at once."""
        self._run.write_subject(subject)

    def end(self) -> None:
        """All sources were read: tell each store and each unit once."""
        for unit in sorted(self._coverage):
            self._run.begin(unit)
        stores: Counter[str] = Counter()
        doubts: dict[str, Counter[Unknown]] = {}
        for unit, store, conflicts in self._stores():
            stores[unit] += 1
            self._run.write(unit, store)
            if conflicts:
                doubts.setdefault(unit, Counter()).update(conflicts)
        for unit in sorted(self._coverage):
            covered = _together(self._coverage[unit], stores[unit], doubts.get(unit, Counter()))
            self._run.finish(unit, covered)
        self._spool.close()

    def _stores(self) -> Iterator[tuple[str, DataStore, tuple[Unknown, ...]]]:
        group: list[tuple[str, Word]] = []
        for line in self._spool.lines():
            told = json.loads(line)
            store = from_json(DataStore, told["store"])
            word = Word(told["source"], told["moment"], store)
            if group and (store.kind, _same(store)) != _name(group[0][1].store):
                yield _told(group)
                group = []
            group.append((told["unit"], word))
        if group:
            yield _told(group)


def _name(store: DataStore) -> tuple[str, str]:
    return store.kind, _same(store)


def _same(store: DataStore) -> str:
    """The id under which a store is the same: some clouds do not tell capitals apart."""
    return store.id.lower() if store.id.lower().startswith("/subscriptions/") else store.id


def _told(group: list[tuple[str, Word]]) -> tuple[str, DataStore, tuple[Unknown, ...]]:
    store, conflicts = merged([word for _, word in group])
    unit = next((u for u, w in group if w.store.account == store.account), group[0][0])
    return unit, store, conflicts


def _together(covered: list[Coverage], stores: int, doubts: Mapping[Unknown, int]) -> Coverage:
    """What the sources together could read of a unit: one that read all of it is enough."""
    states = {c.state for c in covered}
    best = next(s for s in _BEST_FIRST if s in states)
    gaps: set[Unknown] = set(doubts)
    if best is CoverageState.READ:
        best = CoverageState.PARTIAL if doubts else best
    else:
        gaps.update(gap for c in covered for gap in c.gaps)
        if best is CoverageState.UNREAD and stores:
            best = CoverageState.PARTIAL
    listed = tuple(sorted(gaps, key=lambda g: (g.reason, g.detail)))
    return replace(covered[0], state=best, stores=stores, gaps=listed)


_BEST_FIRST = (
    CoverageState.READ, CoverageState.PARTIAL, CoverageState.NOT_OFFERED, CoverageState.UNREAD,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where one source tells what it sees; what the run has already does not matter to it."""

    gathering: Gathering
    name: str
    moment: str
    subjects: Mapping[str, DataStore] = field(default_factory=dict)
    done: frozenset[str] = frozenset()

    def begin(self, unit: str) -> None:
        """A unit begins."""

    def write(self, unit: str, store: DataStore) -> None:
        """A store was read."""
        self.gathering.keep(unit, Word(self.name, self.moment or store.collected, store))

    def write_subject(self, subject: DataStore) -> None:
        """A subject was read."""
        self.gathering.subject(subject)

    def finish(self, unit: str, coverage: Coverage) -> None:
        """A unit came to its end."""
        self.gathering.cover(unit, coverage)

    def finish_empty(self, covered: Mapping[str, Coverage]) -> None:
        """Units of which nothing is there."""
        for unit, coverage in covered.items():
            self.gathering.cover(unit, coverage)
