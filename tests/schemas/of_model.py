"""The schemas of what we write, made of the nouns (`python -m tests.schemas.of_model`)."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from auditor import model

HERE = Path(__file__).parents[2] / "schemas"
URN = "urn:health-residency-auditor:schema:{}:1"
NOUNS = {
    "store": model.DataStore,
    "finding": model.Finding,
    "coverage": model.Coverage,
    "judged": model.Judged,
    "summary": model.Summary,
    "answer": model.Answer,
    "changes": model.Changes,
    "alignment": model.Alignment,
    "diff": model.Diff,
    "plan": model.Plan,
    "sample": model.StoreSample,
}
_PLAIN = {str: "string", int: "integer", bool: "boolean", float: "number"}


def schema_of(name: str) -> dict:
    """The JSON Schema of one noun, as `auditor.codec` writes it."""
    defs: dict[str, dict] = {}
    top = _class(NOUNS[name], defs)
    if name in ("summary", "answer", "changes", "alignment", "diff", "plan"):
        top["properties"]["schema"] = {"const": URN.format(name)}
        top["required"] = ["schema", *top["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": URN.format(name),
        "title": name,
        "description": (NOUNS[name].__doc__ or "").strip(),
        **top,
        "$defs": dict(sorted(defs.items())),
    }


def _class(kind: type, defs: dict) -> dict:
    hints = typing.get_type_hints(kind)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {f.name: _of(hints[f.name], defs) for f in fields(kind)},
        "required": sorted(f.name for f in fields(kind)),
    }


def _of(kind, defs: dict) -> dict:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_of(i, defs) for i in inner]}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _of(inner[0], defs)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(inner[1], defs)}
    if kind is type(None):
        return {"type": "null"}
    if kind is date:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        defs.setdefault(kind.__name__, {"enum": [str(m) for m in kind]})
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if kind is model.Unknown:
        defs.setdefault("Unknown", _unknown())
        defs.setdefault("Reason", {"enum": [str(r) for r in model.Reason]})
        return {"$ref": "#/$defs/Unknown"}
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in defs:
            defs[kind.__name__] = {}
            defs[kind.__name__] = _class(kind, defs)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return {"type": _PLAIN[kind]}


def _unknown() -> dict:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"unknown": {"$ref": "#/$defs/Reason"}, "detail": {"type": "string"}},
        "required": ["unknown", "detail"],
    }


def text_of(name: str) -> str:
    """The file's text."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for noun in NOUNS:
        (HERE / f"{noun}.json").write_text(text_of(noun), encoding="utf-8")
