"""One JSON document, for dashboards: `auditor schema report` says what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from auditor.sdk import renderer

SCHEMA = "urn:health-residency-auditor:schema:report:1"


@renderer("json", suffix=".json", media_type="application/json")
def document(report: Any, words: Any) -> Iterator[bytes]:
    """Head, summary, reaches, rules' words, findings, stores, coverage; written as it is read."""
    rules = {id: report.facts.rule(id).title[words.lang] for id in report.summary.outcomes}
    head = {
        "schema": SCHEMA,
        "lang": words.lang,
        "run": dict(report.header),
        "summary": report.plain(report.summary),
        "reaches": {offer: report.plain(r) for offer, r in sorted(report.reaches.items())},
        "rules": rules,
        "overlays": list(report.facts.overlays),
    }
    yield (json.dumps(head, ensure_ascii=False, indent=1)[:-2]).encode()
    yield from _listed("findings", (report.plain(f) for f in report.findings()))
    yield from _listed(
        "stores",
        ({**report.plain(s), "judged": report.plain(j)} for s, j in report.stores()),
    )
    yield from _listed("coverage", (report.plain(c) for c in report.coverage()))
    yield b"\n}\n"


def _listed(name: str, values: Iterable[Any]) -> Iterator[bytes]:
    yield f',\n "{name}": ['.encode()
    mark = "\n  "
    for value in values:
        yield (mark + json.dumps(value, ensure_ascii=False)).encode()
        mark = ",\n  "
    yield b"\n ]"
