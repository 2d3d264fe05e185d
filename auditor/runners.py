"""Runners: how the units of a survey are spread. A task is names and a scope, never code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from .declare import StoreType
from .model import Scope
from .plugin import Inventory
from .sdk import Api
from .survey import Survey
from .units import Sink

Task = tuple[Scope, str]  # a scope and a store type's name: all that a worker is sent


class Threads:
    """Surveys in this process, questions side by side."""

    def __init__(self, threads: int = 32, attempts: int = 8) -> None:
        self._threads = threads
        self._attempts = attempts
        self._survey: Survey | None = None

    def stop(self) -> None:
        """End after the present calls: what was finished is kept."""
        if self._survey is not None:
            self._survey.stop()

    def run(
        self,
        tasks: Iterable[Task],
        *,
        api: Api,
        store_types: Mapping[str, StoreType],
        sink: Sink,
        keep: Callable[[str, str], str],
        told: Callable[[str, int], None],
        inventory: Inventory | None = None,
    ) -> None:
        """Survey every task into the sink."""
        self._survey = survey = Survey(
            api,
            sink,
            store_types,
            keep=keep,
            threads=self._threads,
            attempts=self._attempts,
            told=told,
            inventory=inventory,
        )
        survey.run((scope, store_types[kind]) for scope, kind in tasks)
