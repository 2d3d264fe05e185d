"""The clouds of an audit: which are asked, for which types; all of them side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from typing import Any

from .calls import work
from .declare import Row, StoreType
from .discover import Discovery, discover
from .errors import CredentialsError, SettingsError
from .facts import Facts
from .forms import told_by
from .gathering import Gathering
from .masking import keeper
from .model import Coverage, CoverageState, Gap, Reason, Scope, Unknown
from .operations import rows_of
from .plugin import Provider
from .progress import Progress
from .registry import Registry, resolve
from .runners import Threads
from .runs import RunFolder
from .sdk import Api
from .settings import Settings
from .stored import run_of, stored
from .units import Sink

_EXPORTS = "auditor.checks.files._api:exports"
_NOWHERE = Discovery((), (), (), frozenset())
_PATIENCE = 2.0  # seconds that an interrupted cloud is given to end its present calls


def chosen_types(registry: Registry, settings: Settings) -> Mapping[str, StoreType]:
    """The store types that the settings select; subjects always come along."""
    section = settings.section("audit")
    include = section.get("types") or ["*"]
    exclude = section.get("exclude_types") or []
    found = {
        name: kind
        for name, kind in registry.store_types.items()
        if isinstance(kind, StoreType)
        and (
            kind.is_subject
            or (
                any(fnmatchcase(name, glob) for glob in include)
                and not any(fnmatchcase(name, glob) for glob in exclude)
            )
        )
    }
    if all(kind.is_subject for kind in found.values()):
        raise SettingsError(
            "[audit] types: nothing matches {globs}",
            hint="`auditor checks list` names the store types",
            globs=", ".join(include),
        )
    return found


def _with_rows(found: Mapping[str, StoreType], registry: Registry) -> dict[str, StoreType]:
    """The same types, with what their providers say beside them of rows in exports."""
    rows: dict[str, tuple[Row, ...]] = {}
    for name in {kind.provider for kind in found.values()} & set(registry.providers):
        if registry.providers[name].rows:
            rows |= resolve(registry.providers[name].rows)()
    return {n: replace(k, rows=(*k.rows, *rows.get(n, ()))) for n, k in found.items()}


def connections(settings: Settings, registry: Registry) -> dict[str, Api]:
    """A connection to every cloud that the settings select; nothing is asked yet."""
    types = chosen_types(registry, settings)
    wanted = settings.section("audit").get("providers") or sorted(registry.providers)
    unknown = [name for name in wanted if name not in registry.providers]
    if unknown:
        known = ", ".join(registry.providers)
        raise SettingsError(
            "[audit] providers: {name} is not known",
            hint="known: {known}",
            name=unknown[0],
            known=known,
        )
    used = [name for name in wanted if any(t.provider == name for t in types.values())]
    if not settings.section("audit").get("providers"):
        used = [name for name in used if _at_hand(registry.providers[name], settings)]
        if not used:
            raise CredentialsError(
                "no credentials of any cloud were found",
                hint="give some, or name the clouds in [audit] providers",
            )
    return {name: resolve(registry.providers[name].api)(settings.section(name)) for name in used}


def exported(files: Sequence[Path], settings: Settings, registry: Registry) -> dict[str, Api]:
    """A connection to every file that was exported, and to every run that was made before."""
    found: dict[str, Api] = {}
    exports = []
    for file in files:
        run = run_of(file)
        if run is None:
            exports.append(file)
        else:
            found.update(stored(run))
    if exports:
        named = {"azure": settings.section("azure").get("cloud"),
                 "gcp": settings.section("gcp").get("universe_domain")}  # fmt: skip
        partitions = {name: cloud for name, cloud in named.items() if cloud}
        types = _with_rows(chosen_types(registry, settings), registry).values()
        found.update(resolve(_EXPORTS)(exports, types, partitions))
    return found


def _at_hand(provider: Provider, settings: Settings) -> bool:
    """Whether settings or credentials of a cloud are there; asks nothing."""
    if not provider.at_hand:
        return True
    return bool(resolve(provider.at_hand)(settings.section(provider.name)))


# ---------------------------------------------------------------------- surveying


def survey_clouds(
    clouds: Mapping[str, Api],
    settings: Settings,
    registry: Registry,
    facts: Facts,
    run: RunFolder,
    tell: Progress,
) -> list[Discovery]:
    """Survey every cloud into the run: all of them discovered, then all of them read."""
    types = chosen_types(registry, settings)
    if any(hasattr(api, "form") for api in clouds.values()):
        types = _with_rows(types, registry)
    section = settings.section("audit")
    keep = keeper(facts.table("privacy")["tag-keys-kept"]["regex"])
    surveys = []
    gathered = Gathering(run) if any(hasattr(api, "source") for api in clouds.values()) else None
    for name, api in clouds.items():
        sink = gathered.source(*_source(name, api)) if gathered else run
        provider = registry.providers[getattr(api, "provider", name)]
        ours = {n: kind for n, kind in types.items() if kind.provider == provider.name}
        runner = Threads(section.get("concurrency") or 32, section.get("attempts") or 8)
        surveys.append(_Cloud(api, provider, ours, sink, tell, keep, runner))
    _side_by_side(surveys, _Cloud.discover)
    for one in surveys:  # in the order of the settings, whichever answered first
        one.tell_scopes()
    _side_by_side(surveys, _Cloud.survey)
    if gathered:
        gathered.end()
    return [one.found for one in surveys]


def _source(name: str, api: Any) -> tuple[str, str]:
    """What a connection is called where several tell of one estate, and of what moment it tells."""
    source = getattr(api, "source", None)
    return (str(source), source.date) if source else (name, "")


def _side_by_side(surveys: list[_Cloud], do: Callable[[_Cloud], None]) -> None:
    """Do something of every cloud; what stops one is raised when the others came to an end."""
    if len(surveys) == 1:
        do(surveys[0])  # in this thread: what stops it is raised here
        return
    workers = [threading.Thread(target=one.run, args=(do,), daemon=True) for one in surveys]
    try:
        work(workers)
    except BaseException:
        for one in surveys:
            one.runner.stop()
        for worker in workers:
            worker.join(_PATIENCE)
        raise
    for one in surveys:
        if one.defect is not None:
            raise one.defect


@dataclass(slots=True)
class _Cloud:
    """One connection that is being surveyed."""

    api: Api
    provider: Provider
    types: Mapping[str, StoreType]
    sink: Sink
    tell: Progress
    keep: Callable[[str, str], str]
    runner: Threads
    found: Discovery = _NOWHERE
    gaps: list[Gap] = field(default_factory=list)
    defect: BaseException | None = None
    untold: list[str] = field(default_factory=list)

    def run(self, do: Callable[[_Cloud], None]) -> None:
        """Do something of it in a thread of its own: what stops it is kept."""
        try:
            do(self)
        except BaseException as defect:  # raised in the thread that started it
            self.defect = defect

    def discover(self) -> None:
        """Where to look, and what may not be looked at."""
        self.found = discover(self.api)
        rows = frozenset(row for kind in self.types.values() for row in rows_of(kind))
        refused = unseen(self.api, self.found.accounts, rows)
        self.gaps = sorted([*self.found.gaps, *refused], key=_unit)

    def tell_scopes(self) -> None:
        """Tell where it will be looked, and keep what will not be."""
        for account in self.found.accounts:
            self.tell.scope(str(account))
        for _, same in groupby(self.gaps, key=_unit):
            self._gap(list(same))

    def survey(self) -> None:
        """What is there."""
        found = self.found
        told_before = getattr(self.api, "survey", None)
        if told_before is not None:
            told_before(self.sink)
            return
        types = self._told()
        self.runner.run(
            _tasks(found, types),
            api=self.api,
            store_types=types,
            sink=self.sink,
            keep=self.keep,
            told=self.tell.unit_done,
            inventory=getattr(self.api, "shape", self.provider.inventory),
        )
        for account in found.accounts:
            for name in self.untold:
                self._not_told(account, name)

    def _told(self) -> dict[str, StoreType]:
        """The types, as this connection tells them: an export has a form of its own."""
        form = getattr(self.api, "form", None)
        if form is None:
            return dict(self.types)
        told = {}
        for name, kind in self.types.items():
            as_told = told_by(kind, form) or (kind if kind.is_subject else None)
            if as_told is None:
                self.untold.append(name)
            else:
                told[name] = as_told
        return told

    def _gap(self, gaps: Sequence[Gap]) -> None:
        unit, first = _unit(gaps[0]), gaps[0]
        why = dict.fromkeys(Unknown(gap.reason, gap.detail) for gap in gaps)
        for one in why:
            self.tell.note(f"{unit}: {one.detail}")
        self._unread(unit, first.scope, first.kind, *why)

    def _not_told(self, account: Scope, name: str) -> None:
        self._unread(f"{account} {name}", account, name, Unknown(Reason.NOT_ASKED, name))

    def _unread(self, unit: str, scope: Scope, kind: str, *why: Unknown) -> None:
        if unit not in self.sink.done:  # it was told before this run went on
            self.sink.begin(unit)
            state = CoverageState.UNREAD
            self.sink.finish(unit, Coverage(scope=scope, kind=kind, state=state, gaps=why))


def unseen(api: Api, accounts: Sequence[Scope], operations: Collection[str]) -> list[Gap]:
    """What a connection may not read there, as far as it can tell without being refused."""
    asked = getattr(api, "unseen", None)
    return list(asked(accounts, operations)) if asked else []


def _unit(gap: Gap) -> str:
    return f"{gap.scope} {gap.kind} {gap.reason}"


def _tasks(found: Discovery, types: Mapping[str, StoreType]) -> Iterator[tuple[Any, str]]:
    """Units in the order that lets accounts share a client: by service, then region."""
    # what an account has once comes first: all its questions share one limit of the provider's
    for name, kind in sorted(types.items(), key=_once_first):
        if not kind.is_subject:
            scopes = found.regions if _regional(kind) else found.accounts
            for scope in sorted(scopes, key=lambda s: (s.region, s.account)):
                yield scope, name


def _regional(kind: StoreType) -> bool:
    """Whether it is listed in every region; what the provider's inventory lists is not."""
    return kind.listing is not None and not kind.listing.of and kind.listing.scope == "regional"


def _once_first(entry: tuple[str, StoreType]) -> tuple[bool, str]:
    name, kind = entry
    return _regional(kind), name
