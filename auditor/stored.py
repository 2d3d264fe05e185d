"""A run that was made before, as a connection: what it saw is told again, and nothing is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .errors import ApiError, RunError
from .model import Coverage, CoverageState, DataStore, Gap, Reason, Scope
from .runs import RunFolder
from .runs.chain import complete
from .units import Sink

_HEADER, _STORES = "run.json", "stores.jsonl.gz"


def run_of(path: Path) -> Path | None:
    """The folder of the run that a path names, by itself or by its file of stores; else None."""
    folder = path.parent if path.name == _STORES else path
    return folder if (folder / _HEADER).is_file() else None


class Stored:
    """What one run saw of one cloud."""

    source = None  # it says itself which call gave what, and when

    def __init__(self, run: RunFolder, provider: str) -> None:
        self.provider = provider
        self._run = run
        self._coverage = [c for c in run.coverage() if c.scope.provider == provider]

    @property
    def name(self) -> str:
        """The run's name."""
        return str(self._run.header["run"])

    def identity(self) -> Mapping[str, str]:
        """Which run it is."""
        told = {"run": self.name, "started": str(self._run.header.get("started", ""))}
        return {**told, "edition": str(self._run.header.get("edition", ""))}

    def accounts(self) -> Iterable[Scope | Gap]:
        """The accounts that it covered."""
        return sorted({_home(c.scope) for c in self._coverage})

    def regions(self, account: Scope) -> Iterable[Scope | Gap]:
        """None: it is not asked again."""
        return ()

    def organisation(self) -> frozenset[str]:
        """The accounts that were known to be ours."""
        return frozenset(self._run.header.get("organisation", ()))

    def offered(self, service: str, region: str) -> bool:
        """It says itself what was not offered."""
        return True

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Nothing is asked of a run."""
        raise ApiError(Reason.NOT_ASKED, f"{service}:{operation}")

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """There is none."""
        return None

    def survey(self, sink: Sink) -> None:
        """Tell all that it saw."""
        units: dict[tuple[str, str, str, str], str] = {}
        for covered in self._coverage:
            scope = covered.scope
            why = covered.gaps[0].reason if _is_gap(covered) and covered.gaps else ""
            unit = f"{scope} {covered.kind}" + (f" {why}" if why else "")
            units[scope.partition, scope.account, scope.region, covered.kind] = unit
            sink.begin(unit)
        for store in self._run.stores():
            unit = _unit(store, units)
            if unit:
                sink.write(unit, store)
        for subject in self._run.subjects_iter():
            if subject.kind.partition(".")[0] == self.provider:
                sink.write_subject(subject)
        for covered in self._coverage:
            scope = covered.scope
            sink.finish(units[scope.partition, scope.account, scope.region, covered.kind], covered)


def stored(path: Path) -> dict[str, Stored]:
    """A finished run as connections, one for each cloud that it covered."""
    if not complete(path):
        raise RunError(
            "{path}: this run did not come to its end", hint="resume it first", path=path
        )
    run = RunFolder.open(path)
    providers = sorted({c.scope.provider for c in run.coverage()})
    return {f"{name} {run.header['run']}": Stored(run, name) for name in providers}


def refuse_other_exports(run: RunFolder, identity: Mapping[str, Mapping[str, str]]) -> None:
    """A run goes on with what it began with: what others tell would be mixed into it."""
    if _exports(run.header.get("identity") or {}) != _exports(identity):
        raise RunError(
            "{run}: begun with other exports than these",
            hint="give --from the same files, as they were, or start a new run",
            run=run.path.name,
        )


def _exports(identity: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Which files and runs were read, of which moment; clouds are no exports."""
    return {name: told for name, told in identity.items() if "sha256" in told or "run" in told}


def _is_gap(covered: Coverage) -> bool:
    return covered.state is CoverageState.UNREAD and "." not in covered.kind


def _home(scope: Scope) -> Scope:
    return Scope(
        provider=scope.provider,
        partition=scope.partition,
        account=scope.account,
        account_name=scope.account_name,
    )


def _unit(store: DataStore, units: Mapping[tuple[str, str, str, str], str]) -> str:
    """The unit that saw a store: of its region, of what an account has once, else any."""
    region = store.region if isinstance(store.region, str) else ""
    for where in (region, ""):
        found = units.get((store.partition, store.account, where, store.kind))
        if found:
            return found
    whose = (store.account, store.kind)
    near = (u for (_, account, _, kind), u in units.items() if (account, kind) == whose)
    return next(near, "")
