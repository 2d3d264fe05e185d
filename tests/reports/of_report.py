"""Schemas of the JSON documents, of the nouns: `python -m tests.reports.of_report` writes them."""

from __future__ import annotations

import json
from typing import Any

from auditor import model
from tests.schemas.of_model import HERE, URN, _class, schema_of

_TEXT = {"type": "string"}
_NOUNS = ("store", "judged", "finding", "coverage", "summary")


def noun(name: str, defs: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One noun's own schema, with what a document adds to it; its definitions are gathered."""
    found = schema_of(name)
    defs.update(found.pop("$defs", {}))
    found["properties"].pop("schema", None)  # the whole document names its own
    required = {*found["required"], *more} - {"schema"}
    return _closed({**found["properties"], **more}, required)


def run() -> dict[str, Any]:
    """The head of a run, as its own file has it."""
    found = json.loads((HERE / "run.json").read_text(encoding="utf-8"))
    return _closed(found["properties"], set(found["required"]))


def reach(defs: dict[str, Any]) -> dict[str, Any]:
    """The reach of an offer: no file of a run holds one, so no schema of the nouns does."""
    return _class(model.Reach, defs)


def report() -> dict[str, Any]:
    """The one JSON document."""
    defs: dict[str, Any] = {}
    weight = {"severity": {"$ref": "#/$defs/Severity"}, "force": {"$ref": "#/$defs/Force"}}
    texts = dict.fromkeys(("title", "explanation", "advice"), _TEXT)
    rule = {
        **texts,
        "legal_basis": {"type": "array", "items": _TEXT},
        "severity": {"$ref": "#/$defs/Severity"},
        "regimes": {"type": "object", "additionalProperties": _closed(weight)},
        "items": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Status"}},
    }
    properties = {
        "schema": {"const": URN.format("report")},
        "lang": {"enum": ["fr", "en"]},
        "redaction": {"enum": ["internal", "cnil", "public"]},
        "run": run(),
        "summary": noun("summary", defs),
        "reaches": {"type": "object", "additionalProperties": reach(defs)},
        "rules": {"type": "object", "additionalProperties": _closed(rule)},
        "overlays": {"type": "array", "items": _TEXT},
        "changes": {"anyOf": [_class(model.Changes, defs), {"type": "null"}]},
        "alignment": {"anyOf": [_class(model.Alignment, defs), {"type": "null"}]},
        "plan": {"anyOf": [_class(model.Plan, defs), {"type": "null"}]},
        "findings": {"type": "array", "items": noun("finding", defs)},
        "stores": {"type": "array", "items": noun("store", defs, judged=noun("judged", defs))},
        "coverage": {"type": "array", "items": noun("coverage", defs)},
    }
    said = "A whole report: what was audited, what was found, what could not be read."
    return _headed("report", said, {**_closed(properties), "$defs": dict(sorted(defs.items()))})


def line() -> dict[str, Any]:
    """One line of the jsonl format: an object of a report, with its type."""
    defs: dict[str, Any] = {}
    own = URN.format("line")
    kinds = {
        "run": run(),
        "reach": reach(defs),
        "change": _class(model.Change, defs),
        "aligned": _class(model.Aligned, defs),
        "plan": _class(model.Plan, defs),
        **{name: noun(name, defs) for name in _NOUNS},
    }
    said = []
    for name, found in kinds.items():
        more = {"type": {"const": name}, "schema": {"const": own}}
        said.append(_closed({**found["properties"], **more}, set(found["required"]) | set(more)))
    text = "One line of a report told as lines: an object, with its type."
    return _headed("line", text, {"oneOf": said, "$defs": dict(sorted(defs.items()))})


def _closed(properties: dict[str, Any], required: set[str] | None = None) -> dict[str, Any]:
    needed = sorted(properties if required is None else required)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": needed,
    }


def _headed(name: str, said: str, body: dict[str, Any]) -> dict[str, Any]:
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, "$id": URN.format(name), "title": name, "description": said, **body}


MADE = {"report": report, "line": line}


def text_of(name: str) -> str:
    """The file's text."""
    return json.dumps(MADE[name](), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for document in MADE:
        (HERE / f"{document}.json").write_text(text_of(document), encoding="utf-8")
