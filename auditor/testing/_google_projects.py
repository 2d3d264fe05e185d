"""Resource Manager of the fake: projects and folders, as far as the reader may see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ._google_replies import error, no_such, page
from ._https import Reply, Request

if TYPE_CHECKING:
    from .google import Estate, Project, Weather


_QUESTION = re.compile(r"/cloudresourcemanager/v3/projects/[^/]+:testIamPermissions")
_MOST = 100  # permissions in one question


def is_question(request: Request) -> bool:
    """Whether it is the one POST that reads: which permissions the reader has in a project."""
    return request.method == "POST" and bool(_QUESTION.fullmatch(request.path))


def rights(estate: Estate, weather: Weather, path: str, request: Request) -> Reply:
    """Which of the permissions that are asked the reader has in a project."""
    name = path.removeprefix("projects/").removesuffix(":testIamPermissions")
    found = [p for p in estate.projects if name in (p.id, p.number) and p.id not in weather.hidden]
    asked = (request.json() or {}).get("permissions") or []
    if not found:
        return error(403, "PERMISSION_DENIED")
    if len(asked) > _MOST or set(asked) & set(weather.odd):
        return error(400, "INVALID_ARGUMENT")
    lacked = weather.lacked.get(found[0].id, ())
    held = [one for one in asked if one not in lacked]
    return Reply({"permissions": held} if held else {})


def resource_manager(estate: Estate, weather: Weather, path: str, request: Request) -> Reply:
    """The answer to one question of Resource Manager."""
    seen = [p for p in estate.projects if p.id not in weather.hidden]
    parent = request.query.get("parent", "")
    if parent in weather.denied:
        return error(403, "PERMISSION_DENIED", reason="IAM_PERMISSION_DENIED")
    if path == "projects:search":
        return _projects(seen, request, weather)
    if path == "projects":
        deleted = request.query.get("showDeleted") == "true"
        below = [p for p in seen if p.ancestors[:1] == (parent,)]
        return _projects([p for p in below if deleted or p.state == "ACTIVE"], request, weather)
    if path == "folders":
        rows = [{"name": name, "parent": parent, "state": "ACTIVE"} for name in _in(seen, parent)]
        return page({"folders": rows}, "folders", request, weather.page_size)
    if path == "organizations:search":
        rows = [{"name": name} for name in estate.organizations]
        return page({"organizations": rows}, "organizations", request, weather.page_size)
    return _one(seen, path)


def _one(seen: list[Project], path: str) -> Reply:
    kind, _, name = path.partition("/")
    found = [p for p in seen if kind == "projects" and name in (p.id, p.number)]
    return Reply(_row(found[0])) if found else no_such()


def _projects(found: list[Project], request: Request, weather: Weather) -> Reply:
    return page({"projects": [_row(p) for p in found]}, "projects", request, weather.page_size)


def _row(project: Project) -> dict[str, Any]:
    return {
        "name": f"projects/{project.number}",
        "parent": project.ancestors[0] if project.ancestors else "",
        "projectId": project.id,
        "displayName": project.name or project.id,
        "state": project.state,
    }


def _in(seen: list[Project], parent: str) -> list[str]:
    """The folders directly below a container."""
    found = set()
    for project in seen:
        for inner, outer in zip(project.ancestors, project.ancestors[1:], strict=False):
            if outer == parent and inner.startswith("folders/"):
                found.add(inner)
    return sorted(found)
