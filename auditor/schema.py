"""The published schemas of what we read and write, by name: `settings`, `facts/offers` …"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from .errors import UsageError


def names() -> tuple[str, ...]:
    """Every schema that travels with the program, sorted."""
    return tuple(sorted(_found(files("auditor.schemas"), "")))


def text(name: str) -> str:
    """A schema as it is published; `facts-offers` is the same as `facts/offers`."""
    known = names()
    wanted = name.removesuffix(".json")
    found = [k for k in known if wanted in (k, k.replace("/", "-"))]
    if not found:
        from difflib import get_close_matches

        near = get_close_matches(wanted, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
        raise UsageError(f"there is no schema {name}", hint=hint)
    return files("auditor.schemas").joinpath(*f"{found[0]}.json".split("/")).read_text("utf-8")


def load(name: str) -> dict[str, Any]:
    """A schema, parsed."""
    schema: dict[str, Any] = json.loads(text(name))
    return schema


def _found(folder: Traversable, before: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            yield from _found(entry, f"{before}{entry.name}/")
        elif entry.name.endswith(".json"):
            yield before + entry.name.removesuffix(".json")
