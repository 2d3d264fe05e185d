"""Which projects there are to look at, and which cannot be read."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from auditor.sdk import ApiError, Gap, Reason, Scope

if TYPE_CHECKING:
    from ._api import Google

_DISCOVERY = "discovery"
_PROJECT = "cloudresourcemanager.googleapis.com/Project"
_PAGE = 500  # https://cloud.google.com/asset-inventory/docs/reference/rest/v1/TopLevel/searchAllResources
_THREADS = 16
_NAMES = ("projects", "folders", "organizations")
_BESIDE = "cloudresourcemanager:projects.search: whether it holds other projects is not visible"


@dataclass(frozen=True, slots=True)
class Project:
    """A project, and the containers that lead to it from one that can be asked at once."""

    id: str
    number: str
    name: str
    state: str
    path: tuple[str, ...] = ()  # organizations/1, folders/2: outermost first
    parent: str = ""  # what it lies in, as Resource Manager tells it


class Projects:
    """The projects in scope, as the settings name them or as the credentials see them.

    Under an organisation or a folder, Asset Inventory tells all projects; Resource Manager tells
    those that the reader may see, and is walked where the inventory refuses.
    """

    def __init__(self, google: Google, settings: Mapping[str, Any]) -> None:
        self._google = google
        self._settings = settings
        self._lock = threading.Lock()
        self._found: dict[str, Project] | None = None
        self._gaps: list[Gap] = []
        self._ids: dict[str, str] = {}  # number → id

    def accounts(self) -> Iterator[Scope | Gap]:
        """The projects that are active, and what cannot be looked at."""
        found = self.found()
        yield from self._gaps
        for project in found.values():
            if not self.is_wanted(project):
                continue
            scope = self.scope(project.id, project.name)
            if project.state in ("ACTIVE", ""):
                yield scope
            else:
                yield Gap(
                    scope=scope, kind=_DISCOVERY, reason=Reason.SUSPENDED, detail=project.state
                )
        if not found and not self._gaps:
            detail = "no project is visible to these credentials"
            yield Gap(
                scope=self.scope("", ""), kind=_DISCOVERY, reason=Reason.DENIED, detail=detail
            )

    def beside(self) -> Iterator[Gap]:
        """The containers whose other projects nobody tells of, where the settings name none.

        The search gives what the reader may see, and does not say that there is more.
        """
        found = self.found()
        if self._gaps or any(self._settings.get(one) for one in _NAMES):
            return
        for parent in sorted({p.parent for p in found.values() if p.parent and not p.path}):
            scope = self.scope(parent)
            yield Gap(scope=scope, kind=_DISCOVERY, reason=Reason.DENIED, detail=_BESIDE)

    def is_wanted(self, project: Project) -> bool:
        """Whether the settings do not leave it out."""
        names = (project.id, project.number)
        left_out = self._settings.get("exclude") or []
        return not any(fnmatchcase(name, str(form)) for form in left_out for name in names)

    def found(self) -> dict[str, Project]:
        """All projects that were found, by their ids; looked for once."""
        with self._lock:
            if self._found is None:
                self._found = {p.id: p for p in self._look()}
                self._ids = {p.number: p.id for p in self._found.values() if p.number}
            return self._found

    def named(self, number: str) -> Project | None:
        """The project that has this number."""
        found = self.found()
        return found.get(self._ids.get(number, ""))

    def scope(self, account: str, name: str = "") -> Scope:
        """An account of this universe."""
        return Scope(
            provider="gcp",
            partition=self._google.universe,
            account=account,
            account_name=name if name != account else "",
        )

    # ------------------------------------------------------------------ looking

    def _look(self) -> Iterable[Project]:
        named = [str(p) for p in self._settings.get("projects") or []]
        roots = [
            f"{kind}/{str(value).removeprefix(kind + '/')}"
            for kind in ("organizations", "folders")
            for value in self._settings.get(kind) or []
        ]
        found: dict[str, Project] = {}
        if not named and not roots:
            found = {p.id: p for p in self._visible()}
            roots = self._organisations()
        with ThreadPoolExecutor(_THREADS) as pool:
            single = list(pool.map(self._one, named))
        for root in roots:
            found |= {p.id: p for p in self._under(root, seen=found)}
        return (found | {p.id: p for p in single if p and p.id not in found}).values()

    def _visible(self) -> Iterator[Project]:
        params = {"pageSize": _PAGE}
        rows = self._google.pages("cloudresourcemanager:projects.search", params, "projects")
        try:
            for row in rows:
                yield _project(row, ())
        except ApiError as error:
            self._gap("", error)

    def _organisations(self) -> list[str]:
        asked = "cloudresourcemanager:organizations.search"
        try:
            return [str(row["name"]) for row in self._google.pages(asked, {}, "organizations")]
        except ApiError as error:
            self._gap("", error)
            return []

    def _one(self, project: str) -> Project | None:
        asked = {"name": f"projects/{project.removeprefix('projects/')}"}
        try:
            return _project(
                self._google.ask_patiently("cloudresourcemanager:projects.get", asked), ()
            )
        except ApiError as error:
            self._gap(project, error)
            return None

    def _under(self, root: str, seen: Mapping[str, Project]) -> list[Project]:
        """All projects below: what only Resource Manager sees is kept, its path unknown."""
        params = {"scope": root, "assetTypes": [_PROJECT], "pageSize": _PAGE}
        asked = self._google.pages("cloudasset:searchAllResources", params, "results")
        numbers = {p.number: p.id for p in seen.values()}
        try:
            return [_indexed(row, root, numbers) for row in asked]
        except ApiError as error:
            if error.reason is not Reason.DENIED or seen:
                self._gap(root, error)
        return [] if seen else self._walked(root)

    def _walked(self, root: str) -> list[Project]:
        """The projects below a container, folder by folder: each level side by side."""
        found: list[Project] = []
        level: list[tuple[str, ...]] = [(root,)]
        with ThreadPoolExecutor(_THREADS) as pool:
            while level:
                below = list(pool.map(self._level, level))
                found += [project for projects, _ in below for project in projects]
                level = [path for _, paths in below for path in paths]
        return found

    def _level(self, path: tuple[str, ...]) -> tuple[list[Project], list[tuple[str, ...]]]:
        params = {"parent": path[-1], "pageSize": _PAGE}
        projects: list[Project] = []
        folders: list[tuple[str, ...]] = []
        try:
            for row in self._rows("projects", {**params, "showDeleted": True}):
                projects.append(_project(row, path))
            for row in self._rows("folders", params):
                if str(row["name"]) not in path:
                    folders.append((*path, str(row["name"])))
        except ApiError as error:
            self._gap(path[-1], error)
        return projects, folders

    def _rows(self, kind: str, params: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        return self._google.pages(f"cloudresourcemanager:{kind}.list", params, kind)

    def _gap(self, account: str, error: ApiError) -> None:
        scope = self.scope(account)
        gap = Gap(scope=scope, kind=_DISCOVERY, reason=error.reason, detail=error.detail)
        self._gaps.append(gap)


def _project(row: Mapping[str, Any], path: Sequence[str]) -> Project:
    """A project as Resource Manager tells it."""
    return Project(
        id=str(row["projectId"]),
        number=str(row.get("name", "")).removeprefix("projects/"),
        name=str(row.get("displayName") or ""),
        state=str(row.get("state") or ""),
        path=tuple(path),
        parent=str(row.get("parent") or ""),
    )


def _indexed(row: Mapping[str, Any], root: str, numbers: Mapping[str, str]) -> Project:
    """A project as Asset Inventory tells it: its name ends with its id, or with its number."""
    number = str(row.get("project") or "").removeprefix("projects/")
    more = row.get("additionalAttributes")
    told = more.get("projectId") if isinstance(more, dict) else None
    last = str(row.get("name") or "").rpartition("/")[2]
    return Project(
        id=numbers.get(number) or str(told or last or number),
        number=number,
        name=str(row.get("displayName") or ""),
        state=str(row.get("state") or ""),
        path=(root,),
    )
