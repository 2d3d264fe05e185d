"""The published schemas, by name: `settings`, `store`, `facts/offers` …"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from .errors import UsageError


def names() -> list[str]:
    """Every schema of a document we read or write; the facts' own are `facts/…`."""
    here = files("auditor.schemas")
    found = [p.name for p in here.iterdir()]
    found += [f"facts/{p.name}" for p in (here / "facts").iterdir()]
    return sorted(n.removesuffix(".json") for n in found if n.endswith(".json"))


def urn(name: str) -> str:
    """The name by which a document says which schema it follows."""
    return str(schema(name)["$id"])


def text(name: str) -> str:
    """One schema as it is published. Raises `UsageError` with the known names for another."""
    if name not in (known := names()):
        from difflib import get_close_matches

        near = get_close_matches(name, known, 1)
        hint = "did you mean {names}?" if near else "one of: {names}"
        there = ", ".join(near or known)
        raise UsageError("no schema is called {name}", hint=hint, name=name, names=there)
    return (files("auditor.schemas") / f"{name}.json").read_text("utf-8")


def schema(name: str) -> dict[str, Any]:
    """One schema, parsed."""
    found: dict[str, Any] = json.loads(text(name))
    return found


@cache
def quick(name: str) -> Any:
    """The fast validator of a schema, or None where it is not installed."""
    if find_spec("jsonschema_rs") is None:
        return None
    import jsonschema_rs

    return jsonschema_rs.validator_for(schema(name))
