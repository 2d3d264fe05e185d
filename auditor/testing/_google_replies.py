"""Refusals and pages, in the form of Google's interfaces."""

from __future__ import annotations

from typing import Any

from ._https import Reply, Request

_MESSAGE = "Permission denied for patient-dupont@chu-lumiere.example"  # no one may repeat it


def error(status: int, code: str, *, reason: str = "", wait: float = 0.0) -> Reply:
    """A refusal; its message holds a name that nobody may repeat."""
    details: list[dict[str, Any]] = []
    if reason:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        metadata = {"consumer": "projects/41", "quota_unit": "1/min/{project}"}
        details.append(
            {"@type": kind, "reason": reason, "domain": "googleapis.com", "metadata": metadata}
        )
    if wait:
        kind = "type.googleapis.com/google.rpc.RetryInfo"
        details.append({"@type": kind, "retryDelay": f"{wait:.3f}s"})
    told = {"code": status, "message": _MESSAGE, "status": code, "details": details}
    return Reply({"error": told}, status)


def no_such() -> Reply:
    """What is not there."""
    return error(404, "NOT_FOUND")


def page(answer: dict[str, Any], items: str, request: Request, most: int) -> Reply:
    """The page that is asked for: tokens are places in the list."""
    rows = answer[items]
    asked = request.query.get("pageSize") or request.query.get("maxResults") or 0
    size = int(asked) or 100
    size = min(size, most or size)
    token = request.query.get("pageToken") or "0"
    start = int(token) if token.isdigit() else len(rows)
    part: dict[str, Any] = {**answer, items: rows[start : start + size]}
    if start + size < len(rows):
        part["nextPageToken"] = str(start + size)
    return Reply(part)
