"""Objects of the fakes' stores: what they hold, and the range of it that is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ._https import Reply

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Stored:
    """One object: its bytes, its access tier or storage class, and how it is said to be encoded."""

    content: bytes
    tier: str = ""
    encoding: str = ""


Objects = Mapping[str, Stored]  # by their keys


def ranged(stored: Stored, wanted: str) -> Reply | None:
    """The bytes that a range names, all where there is none; None where it lies outside."""
    headers = {"Content-Type": "application/octet-stream"}
    if stored.encoding:
        headers["Content-Encoding"] = stored.encoding
    found = _RANGE.fullmatch(wanted)
    if not found:
        return Reply(stored.content, headers=headers)
    start, end = int(found[1]), int(found[2])
    total = len(stored.content)
    if start >= total or end < start:
        return None
    part = stored.content[start : end + 1]
    told = {"Content-Range": f"bytes {start}-{start + len(part) - 1}/{total}"}
    return Reply(part, 206, {**headers, **told})
