"""Surveying: every store type in every scope, questions side by side, each failing alone.

A *unit* is one store type in one scope: names only, so that it can be sent to any worker. It ends
when its listing ended, its stores were told, and the subjects that they refer to were asked.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from .calls import FIRST_PAGE, PAGE, QUESTION, Call, Calls
from .declare import Ask, Listing, Metric, StoreType
from .errors import ApiError
from .intake import Intake, row_of
from .metrics import Batches
from .model import Coverage, DataStore, Reason, Scope, Unknown
from .once import Once
from .opening import store_of
from .plugin import Inventory
from .reading import Opening, path
from .sdk import Api
from .units import Sink, Unit, answer_of, joined, owned, subject_name

Params = Mapping[str, Any]


class Survey:
    """Surveys units through one provider's connection into a sink."""

    def __init__(
        self,
        api: Api,
        sink: Sink,
        subjects: Mapping[str, StoreType],
        *,
        keep: Callable[[str, str], str],
        threads: int = 32,
        attempts: int = 8,
        told: Callable[[str, int], None] = lambda unit, stores: None,
        inventory: Inventory | None = None,
    ) -> None:
        self._api = api
        self._sink = sink
        self._subject_types = subjects
        self._keep = keep
        self._told = told
        self._inventory = inventory
        self._calls = Calls(api.call, threads=threads, attempts=attempts)
        self._batches = Batches(self._calls)
        self._lock = threading.RLock()
        self._waiting: dict[str, list[Unit]] = {}  # subjects being asked → units that wait
        self._once = Once(self._calls)
        self._known: set[str] = set(sink.subjects)
        self._common: frozenset[str] = frozenset()  # listings that several types share

    def run(self, units: Iterable[tuple[Scope, StoreType]]) -> None:
        """Survey all units that the sink does not already have; returns when all are finished."""
        intake = Intake(self._inventory, self._api, self._calls, self) if self._inventory else None
        done, operations, listed = self._sink.done, {}, []
        for scope, kind in units:  # nothing is kept of most: there may be a million
            to_read = f"{scope} {kind.name}" not in done
            if kind.listing and to_read:
                operations[kind.name] = kind.listing.op
            if intake and row_of(kind):
                intake.expect(scope, kind, to_read)
            elif kind.listing and not kind.listing.of and to_read:
                listed.append((Unit(scope, kind), kind.listing))
        counted = Counter(operations.values())
        self._common = frozenset(op for op in counted if counted[op] > 1)
        if intake:
            intake.ask()
        for unit, listing in listed:
            self.begin(unit)
            self._page(unit, listing, {}, None, FIRST_PAGE)  # no other thread is there yet
        self._calls.run()

    def stop(self) -> None:
        """End after the present calls."""
        self._calls.stop()

    def begin(self, unit: Unit) -> None:
        """A unit begins."""
        self._sink.begin(unit.name)

    def empty(self, covered: Mapping[str, Coverage]) -> None:
        """Units of which nothing is there: they begin and end at once."""
        self._sink.finish_empty(covered)
        for name in covered:
            self._told(name, 0)

    def deal(self, unit: Unit, row: Any, kind: StoreType) -> None:
        """A row of the inventory: a store, or what a listing of stores is asked of."""
        if kind.listing is not None:
            self._page(unit, kind.listing, row, None)
        else:
            self._open(unit, row, kind)

    def _open(self, unit: Unit, row: Any, kind: StoreType) -> None:
        if not kind.only or path(kind.only)(row):
            unit.opened += 1
            self._read(unit, Opening(kind, unit.scope, row))

    def _page(
        self, unit: Unit, listing: Listing, parent: Any, params: Any, rank: int = PAGE
    ) -> None:
        if params is None:
            home = Opening(unit.kind, unit.scope, parent)
            params = {name: home.read(value) for name, value in listing.params.items()}
            if any(value is None or isinstance(value, Unknown) for value in params.values()):
                unit.unlisted = True
                unit.gaps[Unknown(Reason.UNTOLD, f"{listing.op}: nothing to ask with")] += 1
                return

        listed = partial(self._listed, unit, listing, parent, params)
        if listing.op in self._common:
            self._shared(unit, unit.scope.region, listing.op, params, listed)
        else:
            self._put(unit, unit.scope.region, listing.op, params, listed, rank)

    def _put(
        self,
        unit: Unit,
        region: str,
        operation: str,
        params: Mapping[str, Any],
        then: Callable[[Any], None],
        rank: int = QUESTION,
    ) -> None:
        unit.open += 1

        def answered(answer: Any) -> None:
            with unit.lock:
                then(answer)
                self.close(unit)

        self._calls.put(Call(unit.scope, region, operation, params, answered, rank))

    def _listed(
        self, unit: Unit, listing: Listing, parent: Any, params: Mapping[str, Any], answer: Any
    ) -> None:
        if isinstance(answer, ApiError):
            service = listing.op.partition(":")[0]
            unit.refused(listing, answer, self._api.offered(service, unit.scope.region))
            return
        for row in path(listing.items)(answer) or ():
            if parent:
                row = {**(row if isinstance(row, dict) else {"value": row}), "parent": parent}
            if listing.each is not None:
                self._page(unit, listing.each, row, None)
            else:
                self._open(unit, row, unit.kind)
        following = self._following(listing.op, params, answer)
        if following is not None:
            self._page(unit, listing, parent, following)

    def _read(self, unit: Unit, o: Opening) -> None:
        store = store_of(o, self._keep, datetime.now(UTC).isoformat(timespec="seconds"))
        wanted, o.wanted = o.wanted, []
        measured, o.measured = o.measured, []
        for ask, region, params in wanted:
            self._ask(unit, o, ask, region, params)
        for metric, region, dimensions in measured:
            unit.open += 1
            self._batches.add(unit, metric, region, dimensions, self._measured(unit, o, metric))
        if store is not None:
            self._tell(unit, store)

    def _ask(
        self, unit: Unit, o: Opening, ask: Ask, region: str, params: Mapping[str, Any]
    ) -> None:
        def answered(answer: Any) -> None:
            following = self._following(ask.op, params, answer)
            if following is not None:
                self._put(unit, region, ask.op, following, partial(further, answer))
                return
            o.answers[ask] = answer_of(ask, answer)
            if isinstance(o.answers[ask], Unknown):
                unit.gaps[o.answers[ask]] += 1
            if o.settled:
                self._read(unit, o)

        def further(so_far: Mapping[str, Any], answer: Any) -> None:
            answered(answer if isinstance(answer, ApiError) else joined(so_far, answer))

        (self._shared if ask.once else self._put)(unit, region, ask.op, params, answered)

    def _following(self, op: str, params: Params, answer: Any) -> Params | None:
        """The next page of an answer: what is cut is not whole."""
        if isinstance(answer, ApiError):
            return None
        service, _, operation = op.partition(":")
        return self._api.next_page(service, operation, params, answer)

    def _shared(
        self,
        unit: Unit,
        region: str,
        op: str,
        params: Mapping[str, Any],
        answered: Callable[[Any], None],
    ) -> None:
        """A question whose answer many stores share: asked once per account and region."""
        key = (op, unit.scope.account, region, repr(sorted(params.items())))
        unit.open += 1

        def mine(answer: Any) -> None:
            with unit.lock:
                answered(answer)
                self.close(unit)

        self._once.ask(key, mine, lambda then: Call(unit.scope, region, op, params, then, QUESTION))

    def _measured(self, unit: Unit, o: Opening, metric: Metric) -> Callable[[Any], None]:
        def answered(value: Any) -> None:
            with unit.lock:
                o.answers[metric] = value
                if isinstance(value, Unknown) and value.reason is not Reason.UNTOLD:
                    unit.gaps[value] += 1
                if o.settled:
                    self._read(unit, o)
                self.close(unit)

        return answered

    def _tell(self, unit: Unit, store: DataStore) -> None:
        unit.stores += 1
        if "manager" in unit.kind.facts:  # a key that is listed: stores refer to it
            return self._sink.write_subject(store)
        self._sink.write(unit.name, store)
        ref = unit.kind.key
        if ref is not None and isinstance(store.key, str) and store.key:
            self._refer(unit, ref.to, store)

    # ------------------------------------------------------------------ subjects

    def _refer(self, unit: Unit, to: str, store: DataStore) -> None:
        """Ask a subject once, however many stores refer to it; the unit waits for it."""
        kind = self._subject_types.get(to)
        if kind is None or not kind.is_subject:
            return
        region = store.region if isinstance(store.region, str) else unit.scope.region
        scope = replace(unit.scope, region=region)
        name = subject_name(scope, str(store.key))
        with self._lock:
            if name in self._known:
                return
            if name in self._waiting:
                if unit not in self._waiting[name]:
                    unit.open += 1
                    self._waiting[name].append(unit)
                return
            unit.open += 1
            self._waiting[name] = [unit]
        asked = Unit(scope, kind, open=1)
        with asked.lock:
            asked.opened = 1
            o = Opening(kind, scope, {"id": store.key})
            self._subject(asked, o, name)

    def _subject(self, asked: Unit, o: Opening, name: str) -> None:
        subject = store_of(o, self._keep, datetime.now(UTC).isoformat(timespec="seconds"))
        wanted, o.wanted = o.wanted, []
        for ask, region, params in wanted:

            def answered(answer: Any, ask: Ask = ask) -> None:
                with asked.lock:
                    o.answers[ask] = answer_of(ask, answer)
                    if o.settled:
                        self._subject(asked, o, name)

            self._calls.put(Call(o.scope, region, ask.op, params, answered, QUESTION))
        if subject is not None:
            self._sink.write_subject(owned(subject, name))
            with self._lock:
                self._known.add(name)
                waiting = self._waiting.pop(name)
            for unit in waiting:  # never one unit's lock inside another's
                self._calls.do(partial(self._release, unit))

    def _release(self, unit: Unit) -> None:
        with unit.lock:
            self.close(unit)

    def close(self, unit: Unit) -> None:
        """One thing less is awaited; at the last the unit is finished."""
        unit.open -= 1
        if unit.open and self._batches.waiting(unit) == unit.open:
            self._batches.flush(unit)
        if unit.open:
            return
        if unit.stores != unit.opened:
            raise AssertionError(f"{unit.name}: {unit.opened} opened, {unit.stores} told")
        self._sink.finish(unit.name, unit.coverage())
        self._told(unit.name, unit.stores)
