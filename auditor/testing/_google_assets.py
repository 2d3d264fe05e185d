"""Asset Inventory of the fake: what lies below a container, by type."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._google_replies import error, page
from ._https import Reply, Request

if TYPE_CHECKING:
    from .google import Estate, Project, Weather

_READ = "2026-01-15T09:00:00Z"
_LARGEST = 1000


class AssetLists:
    """Which assets a question lists: found once, so that page after page is quick."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], list[int]] = {}
        self._lock = threading.Lock()

    def page(self, estate: Estate, weather: Weather, path: str, request: Request) -> Reply:
        """One page of `assets.list`."""
        types = frozenset(request.all("assetTypes"))
        size = int(request.query.get("pageSize") or 1)
        if types & set(weather.unknown_types) or size > _LARGEST:
            return error(400, "INVALID_ARGUMENT")
        places = self._of(estate, path.removesuffix("/assets"), types)
        reply = page({"readTime": _READ, "assets": places}, "assets", request, weather.page_size)
        found = [_asset(estate.assets[place], request) for place in reply.body["assets"]]
        return Reply({**reply.body, "assets": found})

    def _of(self, estate: Estate, parent: str, types: frozenset[str]) -> list[int]:
        """Where the assets of these types lie that are below a container."""
        named = {f"projects/{p.id}": f"projects/{p.number}" for p in estate.projects}
        parent = named.get(parent, parent)
        with self._lock:
            key = (parent, *sorted(types))
            if key not in self._places:
                self._places[key] = [
                    place
                    for place, asset in enumerate(estate.assets)
                    if asset["assetType"] in types and parent in asset["ancestors"]
                ]
            return self._places[key]


def _asset(asset: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """Without its content, where that is not asked for."""
    told = dict(asset)
    if request.query.get("contentType") != "RESOURCE":
        told.pop("resource", None)
    return told


def search_projects(estate: Estate, weather: Weather, path: str, request: Request) -> Reply:
    """One page of `searchAllResources`, which knows projects only."""
    scope = path.removesuffix(":searchAllResources")
    rows = [_found(p) for p in estate.projects if scope in p.ancestors]
    return page({"results": rows}, "results", request, weather.page_size)


def _found(project: Project) -> dict[str, Any]:
    return {
        "name": f"//cloudresourcemanager.googleapis.com/projects/{project.id}",
        "assetType": "cloudresourcemanager.googleapis.com/Project",
        "project": f"projects/{project.number}",
        "folders": [a for a in project.ancestors if a.startswith("folders/")],
        "organization": project.ancestors[-1] if project.ancestors else "",
        "displayName": project.name or project.id,
        "additionalAttributes": {"projectId": project.id},
        "state": project.state,
    }


def asset(
    project: Project, type: str, name: str, location: str, data: Mapping[str, Any] | None
) -> dict[str, Any]:
    """An asset as `assets.list` tells it; without `data`, one that it knows nothing more of."""
    service = type.partition("/")[0]
    resource: dict[str, Any] = {
        "version": "v1",
        "discoveryName": type.partition("/")[2],
        "parent": f"//cloudresourcemanager.googleapis.com/projects/{project.number}",
        "location": location,
    }
    if data is not None:
        resource["data"] = dict(data)
    return {
        "name": f"//{service}/{name}",
        "assetType": type,
        "resource": resource,
        "ancestors": [f"projects/{project.number}", *project.ancestors],
        "updateTime": "2026-01-14T08:00:00Z",
    }
