"""A small cloud in memory, for the engine's own tests: answers by operation, faults on demand."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from auditor.errors import ApiError
from auditor.model import Coverage, DataStore, Gap, Scope

HERE = Scope(provider="toy", partition="toy", account="111111111111", region="north")


class Cloud:
    """Answers from a table of functions or values; remembers what was asked."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    def identity(self) -> Mapping[str, str]:
        return {}

    def accounts(self) -> Iterable[Scope | Gap]:
        return ()

    def regions(self, account: Scope) -> Iterable[Scope | Gap]:
        return ()

    def organisation(self) -> frozenset[str]:
        return frozenset()

    def offered(self, service: str, region: str) -> bool:
        return region != "south"

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        name = f"{service}:{operation}"
        with self._lock:
            self.asked[f"{name} {region} {sorted(params.items())}"] += 1
            count = self.asked[f"{name} {region} {sorted(params.items())}"]
        answer = self.answers[name]
        if callable(answer):
            answer = answer(params, region, count)
        if isinstance(answer, ApiError):
            raise answer
        return answer

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        return {**params, "token": answer["token"]} if "token" in answer else None


class Kept:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.done: frozenset[str] = frozenset()
        self.subjects: dict[str, DataStore] = {}
        self.stores: list[DataStore] = []
        self.coverage: dict[str, Coverage] = {}

    def begin(self, unit: str) -> None:
        """Nothing to prepare."""

    def write(self, unit: str, store: DataStore) -> None:
        self.stores.append(store)

    def write_subject(self, subject: DataStore) -> None:
        self.subjects[subject.id] = subject

    def finish(self, unit: str, coverage: Coverage) -> None:
        assert unit not in self.coverage, "a unit finished twice"
        self.coverage[unit] = coverage

    def finish_empty(self, covered: Mapping[str, Coverage]) -> None:
        for unit, coverage in covered.items():
            self.finish(unit, coverage)
