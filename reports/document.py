"""One JSON document, for dashboards: `auditor schema report` says what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.sdk import renderer

from ._json import harmless, in_json
from ._saying import in_words

SCHEMA = "urn:health-residency-auditor:schema:report:1"


@renderer("json", suffix=".json", media_type="application/json")
def document(report: Any, words: Any) -> Iterator[bytes]:
    """Head, summary, reaches, rules' words, plan, findings, stores, coverage, as they are read."""
    head = {
        "schema": SCHEMA,
        "lang": words.lang,
        "redaction": report.options.get("redaction", "internal"),
        "run": dict(report.header),
        "summary": report.plain(report.summary),
        "reaches": {offer: report.plain(r) for offer, r in sorted(report.reaches.items())},
        "rules": {id: _rule(report, words, id) for id in sorted(report.summary.outcomes)},
        "overlays": list(report.facts.overlays),
        "changes": report.plain(report.changes()),
        "alignment": report.plain(report.alignment()),
        "plan": report.plain(report.plan()),
    }
    mark = b"{\n "
    for name, value in head.items():
        yield mark + in_json(name) + b": " + in_json(value)
        mark = b",\n "
    yield from _listed("findings", map(harmless, map(report.line, report.findings())))
    stores = ({**report.plain(s), "judged": report.plain(j)} for s, j in report.stores())
    yield from _listed("stores", map(in_json, stores))
    yield from _listed("coverage", map(harmless, map(report.line, report.coverage())))
    yield b"\n}\n"


def _rule(report: Any, words: Any, id: str) -> dict[str, Any]:
    told = report.facts.rule(id)
    return {
        "title": in_words(words, told.title),
        "explanation": in_words(words, told.explanation),
        "advice": in_words(words, told.advice),
        "legal_basis": list(told.legal_basis),
        "severity": str(told.severity),
        "regimes": {
            str(regime): {"severity": str(severity), "force": str(force)}
            for regime, (severity, force) in sorted(told.weights.items())
        },
        "items": {item: str(best) for item, best in sorted(told.items.items())},
    }


def _listed(name: str, values: Iterable[bytes]) -> Iterator[bytes]:
    yield b",\n " + in_json(name) + b": ["
    mark = b"\n  "
    for value in values:
        yield mark + value
        mark = b",\n  "
    yield b"\n ]"
