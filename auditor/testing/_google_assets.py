"""Asset Inventory of the fake: what lies below a container, by type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._google_replies import error, page
from ._https import Reply, Request

if TYPE_CHECKING:
    from .google import Estate, Project, Weather

_READ = "2026-01-15T09:00:00Z"
_LARGEST = 1000


def list_assets(estate: Estate, weather: Weather, path: str, request: Request) -> Reply:
    """One page of `assets.list`."""
    parent = path.removesuffix("/assets")
    types = request.all("assetTypes")
    if set(types) & set(weather.unknown_types) or int(request.query.get("pageSize", 1)) > _LARGEST:
        return error(400, "INVALID_ARGUMENT")
    by_number = {f"projects/{p.number}": p for p in estate.projects}
    by_id = {f"projects/{p.id}": p for p in estate.projects}
    wanted = by_number.get(parent) or by_id.get(parent)
    parent = f"projects/{wanted.number}" if wanted else parent
    rows = [
        _asset(asset, request)
        for asset in estate.assets
        if asset["assetType"] in types and parent in asset["ancestors"]
    ]
    return page({"readTime": _READ, "assets": rows}, "assets", request, weather.page_size)


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
