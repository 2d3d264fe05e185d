"""Metrics for Prometheus: OpenMetrics text that node_exporter's textfile collector takes too.

Gauges only, and no time on a sample: what both formats read. No label holds an account or a store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import renderer

from ._metered import metrics
from ._meters import Metric

MEDIA = "application/openmetrics-text; version=1.0.0; charset=utf-8"


@renderer("openmetrics", suffix=".prom", media_type=MEDIA)
def exposed(report: Any, words: Any) -> Iterator[bytes]:
    """Each family: what it is, then its samples; the end is told."""
    for metric in metrics(report, words):
        yield "".join(f"{line}\n" for line in _family(metric)).encode("utf-8", "replace")
    yield b"# EOF\n"


def _family(metric: Metric) -> Iterator[str]:
    name = f"auditor_{metric.name}"
    yield f"# TYPE {name} gauge"
    yield f"# HELP {name} {_escaped(metric.help)}"
    for labels, value in metric.samples.items():
        yield f"{name}{_labels(dict(labels))} {value}"


def _labels(labels: Mapping[str, str]) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in sorted(labels.items()))
    return f"{{{told}}}" if told else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
