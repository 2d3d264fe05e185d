"""The checked form of our own facts, kept so that they are not parsed and checked at every start.

It is named by a digest of every file it was made of, contracts included: when one of them changes
it is not found, and made again. It holds published facts only, is written whole or not at all, and
nothing is lost without it. `XDG_CACHE_HOME` says where it lies.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from auditor import __version__

Raw = dict[str, dict[str, Any]]  # kind → file name → what is written in it
_FORMAT = b"1"


def digest(files: Iterable[Path]) -> str:
    """The name of the form that is made of these files and of the contracts."""
    told = sha256(_FORMAT + __version__.encode())
    for file in files:
        told.update(f"\0{file.parent.name}/{file.name}\0".encode())
        told.update(file.read_bytes())
    for schema in sorted((resources.files("auditor.schemas") / "facts").iterdir(), key=str):
        told.update(schema.read_bytes())
    return told.hexdigest()[:32]


def kept(name: str) -> Raw | None:
    """The form of that name, when it is there and whole."""
    try:
        text = (_folder() / f"facts-{name}.json").read_text("utf-8")
        found: Raw | None = json.loads(text, object_hook=_day)
    except (OSError, ValueError, TypeError):
        return None
    return found if found and isinstance(found, dict) else None


def keep(name: str, raw: Raw) -> None:
    """Put a checked form by; where nothing can be written, it is simply made again."""
    folder = _folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, made = tempfile.mkstemp(dir=folder)  # 0600
        try:
            with os.fdopen(number, "w", encoding="utf-8") as file:
                json.dump(raw, file, default=_plain, ensure_ascii=False)
            os.replace(made, folder / f"facts-{name}.json")
        except OSError:
            Path(made).unlink(missing_ok=True)
            return
        for old in folder.glob("facts-*.json"):
            if old.name != f"facts-{name}.json":
                old.unlink(missing_ok=True)


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or ""
    root = Path(base) if Path(base).is_absolute() else Path(os.path.expanduser("~")) / ".cache"
    return root / "health-residency-auditor"


def _plain(value: object) -> Any:
    assert isinstance(value, date)
    return {"$day": value.isoformat()}


def _day(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["$day"]) if "$day" in value else value
