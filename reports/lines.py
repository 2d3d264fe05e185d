"""One line of JSON per object: what a pipeline of tools reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import renderer

from ._json import in_json

SCHEMA = "urn:health-residency-auditor:schema:line:1"


@renderer("jsonl", suffix=".jsonl", media_type="application/x-ndjson")
def lines(report: Any, words: Any) -> Iterator[bytes]:
    """The head, then stores, findings and coverage: each line says its `type`, and its schema."""
    for kind, value in objects(report):
        yield in_json({**value, "type": kind, "schema": SCHEMA}) + b"\n"


def objects(report: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a report, as JSON values, in a fixed order."""
    yield "run", dict(report.header)
    yield "summary", report.plain(report.summary)
    for _, reach in sorted(report.reaches.items()):
        yield "reach", report.plain(reach)
    changes = report.changes()
    for change in changes.changes if changes else ():
        yield "change", report.plain(change)
    alignment = report.alignment()
    for aligned in alignment.items if alignment else ():
        yield "aligned", report.plain(aligned)
    if (plan := report.plan()) is not None:
        yield "plan", report.plain(plan)
    for store, judged in report.stores():
        yield "store", report.plain(store)
        yield "judged", report.plain(judged)
    for finding in report.findings():
        yield "finding", report.plain(finding)
    for coverage in report.coverage():
        yield "coverage", report.plain(coverage)
