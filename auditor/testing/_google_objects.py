"""Cloud Storage of the fake: pages of a bucket's objects, and ranges of their bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ._google_replies import error, no_such, page
from ._https import Reply, Request
from ._stored import Objects, Stored, ranged

_PATH = re.compile(r"b/([^/]+)/o(?:/(.+))?", re.DOTALL)


def objects(stored: Mapping[str, Objects], bare: str, request: Request, most: int) -> Reply | None:
    """What a question for objects is answered; None where the path is none of those."""
    found = _PATH.fullmatch(bare)
    if not found or (held := stored.get(found[1])) is None:
        return None
    if found[2]:
        one = held.get(found[2])
        if one is None or request.query.get("alt") != "media":
            return no_such()
        return part_of(one, request)
    prefix = request.query.get("prefix", "")
    rows = [
        {"name": key, "size": str(len(one.content)), "storageClass": one.tier or "STANDARD"}
        for key, one in sorted(held.items())
        if key.startswith(prefix)
    ]
    return page({"items": rows}, "items", request, most)


def part_of(one: Stored, request: Request) -> Reply:
    """The bytes that a request wants of an object."""
    wanted = request.headers.get("range", "")
    return ranged(one, wanted) or error(416, "requestedRangeNotSatisfiable")
