"""Flat JSON, one object a line: a store, a finding, a gap, a plan step, an item; for dashboards.

`auditor schema flat` says what each key means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import renderer

from . import _flattened
from ._counted import Told
from ._json import in_json
from ._sheet_gaps import gaps_of

SCHEMA = "urn:health-residency-auditor:schema:flat:1"


@renderer("flat", suffix=".flat.jsonl", media_type="application/x-ndjson")
def flat(report: Any, words: Any) -> Iterator[bytes]:
    """The run, then items, steps, findings, stores and gaps: each line says its `type`."""
    head = {
        "schema": SCHEMA, "run": report.header["run"], "as_of": report.as_of.isoformat(),
        "edition": report.edition,
    }  # fmt: skip
    for kind, value in _objects(report):
        yield in_json({**head, "type": kind, **value}) + b"\n"


def _objects(report: Any) -> Iterator[tuple[str, _flattened.Flat]]:
    told, alignment, plan = Told(), report.alignment(), report.plan()
    profile = report.options.get("redaction", "internal")
    yield "run", _flattened.run(report.header, report.summary, profile)
    for aligned in alignment.items if alignment else ():
        yield "item", _flattened.item(aligned)
    for group in plan.groups if plan else ():
        for step in group.steps:
            yield "step", _flattened.step(plan, group, step)
    for finding in told.seen(report.findings()):
        yield "finding", _flattened.finding(finding)
    for store, judged in report.stores():
        yield "store", _flattened.store(store, judged, told.counts(judged))
    for unit, gap in gaps_of(report):
        yield "gap", _flattened.gap(unit, gap)
