"""Asset Inventory: the rows of many types, asked of as large a container as permits it.

A row is the resource as its own interface would tell it, and beside it `asset`: what the inventory
adds. https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditor.sdk import ApiError, Inquiry, Quota, Reason, Scope

from ._accounts import Project, Projects

if TYPE_CHECKING:
    from ._api import Google

ASSETS = "cloudasset:assets.list"
# https://cloud.google.com/asset-inventory/docs/quota: per minute, of the project that asks
ALLOWED, SECONDS = 100, 60.0
_PAGE = 1000
_SIDE_BY_SIDE = 8  # questions per container: one page follows another, so several ask at once

_TRIED = 3  # projects asked which types are known, where nothing larger may be asked


class Assets:
    """The inventory of one connection: its questions, its quota and its rows."""

    def __init__(self, google: Google, projects: Projects, settings: Mapping[str, Any]) -> None:
        self._google = google
        self._projects = projects
        allowed = settings.get("inventory_per_minute") or ALLOWED
        self.quota = Quota(int(allowed), SECONDS)
        self._types: tuple[list[str], list[str]] | None = None

    # ------------------------------------------------------------------ the questions

    def inquiries(self, accounts: Sequence[Scope], rows: Collection[str]) -> Iterator[Inquiry]:
        """The questions that list these types over these projects."""
        found = self._projects.found()
        wanted = {scope.account: scope for scope in accounts}
        held: dict[str, list[Project]] = {}
        for project in (found[account] for account in sorted(wanted) if account in found):
            held.setdefault(project.path[0] if project.path else "", []).append(project)
        for container, projects in sorted(held.items()):
            yield from self._cover(container, projects, 0, sorted(rows))

    def _cover(
        self,
        container: str,
        projects: Sequence[Project],
        depth: int,
        rows: Sequence[str],
    ) -> Iterator[Inquiry]:
        """A container at once if it may be; else what it holds, down to single projects."""
        if container:
            scope, ids = self._projects.scope(container), tuple(p.id for p in projects)
            try:
                known, unknown = self._known(container, rows)
            except ApiError as error:
                if error.reason is not Reason.DENIED:  # the question itself will tell
                    yield self._inquiry(container, scope, rows, ids)
                    return
            else:
                for group in _parted(known, _SIDE_BY_SIDE) + [[kind] for kind in unknown]:
                    yield self._inquiry(container, scope, group, ids)
                return
        below: dict[str, list[Project]] = {}
        for project in projects:
            deeper = project.path[depth + 1 :][:1] if container else ()
            below.setdefault("".join(deeper), []).append(project)
        for inner, held in sorted(below.items()):
            if inner:
                yield from self._cover(inner, held, depth + 1, rows)
            else:
                yield from self._singly(held, rows)

    def _singly(self, projects: Sequence[Project], rows: Sequence[str]) -> Iterator[Inquiry]:
        """Projects one by one: one question each, for there may be thousands of them."""
        groups = [list(rows)]
        for project in projects[:_TRIED]:
            try:
                known, unknown = self._known(_name(project), rows)
            except ApiError:
                continue
            groups = [kinds for kinds in (known, unknown) if kinds]
            break
        for project in projects:
            scope = self._projects.scope(project.id, project.name)
            for group in groups:
                yield self._inquiry(_name(project), scope, group, (project.id,))

    def _known(self, parent: str, rows: Sequence[str]) -> tuple[list[str], list[str]]:
        """The types that the inventory knows, and those it does not: one of them spoils all."""
        if self._types is None or set(self._types[0] + self._types[1]) != set(rows):
            split = self._split(parent, rows)
            self._types = split
        elif parent.partition("/")[0] != "projects":
            self._split(parent, rows[:1])  # whether it may be asked at all
        return self._types

    def _split(self, parent: str, rows: Sequence[str]) -> tuple[list[str], list[str]]:
        params = {"parent": parent, "assetTypes": list(rows), "pageSize": 1}
        try:
            self._google.ask_patiently(ASSETS, params)
        except ApiError as error:
            if error.code != "INVALID_ARGUMENT":
                raise
            if len(rows) == 1:
                return [], list(rows)
            half = len(rows) // 2
            first, second = self._split(parent, rows[:half]), self._split(parent, rows[half:])
            return first[0] + second[0], first[1] + second[1]
        return list(rows), []

    def _inquiry(
        self, parent: str, target: Scope, rows: Sequence[str], accounts: tuple[str, ...]
    ) -> Inquiry:
        params = {
            "parent": parent,
            "assetTypes": list(rows),
            "contentType": "RESOURCE",
            "pageSize": _PAGE,
        }
        return Inquiry(target=target, op=ASSETS, params=params, accounts=accounts)

    # ------------------------------------------------------------------ the answers

    def take(self) -> float:
        """Take one question of the quota, at which moment; raise where none is left."""
        wait = self.quota.take()
        if wait:
            raise ApiError(Reason.THROTTLED, f"{ASSETS}: the quota is spent", after=wait)
        return self.quota.now()

    def rows_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """An answer with its rows as the declarations read them; those left out are gone."""
        assets = answer.get("assets") or []
        if not isinstance(assets, list) or not all(isinstance(a, dict) for a in assets):
            raise ApiError(Reason.MALFORMED, f"{ASSETS}: rows of another kind", again=True)
        return {**answer, "assets": [row for row in map(self._row, assets) if row is not None]}

    def _row(self, asset: Mapping[str, Any]) -> dict[str, Any] | None:
        owner = _owner(asset)
        number = owner.removeprefix("projects/") if owner.startswith("projects/") else ""
        project = self._projects.named(number) if number else None
        if project is not None and not self._projects.is_wanted(project):
            return None
        return row_of(asset, number, project.id if project else number or owner)


def row_of(asset: Mapping[str, Any], number: str, project: str) -> dict[str, Any]:
    """One asset as a row: what the inventory has no data of has its `asset` only."""
    told = asset.get("resource")
    resource: Mapping[str, Any] = told if isinstance(told, dict) else {}
    data = resource.get("data")
    return {
        **(data if isinstance(data, dict) else {}),
        "asset": {
            "name": asset.get("name"),
            "type": asset.get("assetType"),
            "location": resource.get("location") or None,
            "project": project or None,
            "number": number or None,
            "parent": resource.get("parent"),
            "updated": asset.get("updateTime"),
        },
    }


def _name(project: Project) -> str:
    return f"projects/{project.number or project.id}"


def _owner(asset: Mapping[str, Any]) -> str:
    """The nearest container of an asset: a project, or a folder or an organisation themselves."""
    ancestors = asset.get("ancestors")
    if isinstance(ancestors, list) and ancestors:
        return str(ancestors[0])
    told = asset.get("resource")
    parent = str(told.get("parent") or "") if isinstance(told, dict) else ""
    return parent.removeprefix("//cloudresourcemanager.googleapis.com/")


def _parted(rows: Sequence[str], parts: int) -> list[list[str]]:
    """Types in so many groups at most; neighbours apart, for some services have most rows."""
    return [list(rows[n::parts]) for n in range(min(parts, len(rows)))]
