"""What time has overtaken in a dossier, and what people have still to complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from auditor.model import Dossier, Progress

Path = tuple[str, ...]
_ENDING = ("contracts", "accounts", "keys", "assessments", "attestations", "waivers")
_DONE = (Progress.SWITCHED, Progress.DELETED)


def passed(dossier: Dossier, day: date) -> Iterator[tuple[Path, date]]:
    """Entries that have ended before a day, and deadlines that lie behind it."""
    for part in _ENDING:
        for id, entry in getattr(dossier, part).items():
            if entry.until is not None and entry.until < day:
                yield (part, id, "until"), entry.until
    for id, target in dossier.targets.items():
        if target.deadline is not None and target.deadline < day and target.state not in _DONE:
            yield ("targets", id, "deadline"), target.deadline


def early(dossier: Dossier, day: date) -> Iterator[tuple[Path, date]]:
    """Statements and approvals of a day that has not come: nobody can have made them."""
    for part in ("attestations", "assessments", "exemptions"):
        for id, entry in getattr(dossier, part).items():
            if entry.signed is not None and entry.signed > day:
                yield (part, id, "signed"), entry.signed
    for id, version in dossier.versions.items():
        if version.approved > day:
            yield ("versions", id, "approved"), version.approved


def to_complete(data: Any, path: Path = ()) -> Iterator[Path]:
    """Every `?`: what somebody has still to say."""
    if isinstance(data, Mapping):
        for key, below in data.items():
            yield from to_complete(below, (*path, str(key)))
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for below in data:
            yield from to_complete(below, path)
    elif data == "?":
        yield path
