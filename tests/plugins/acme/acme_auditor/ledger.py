"""A format of ours: one line per finding, for a ledger that reads tabulations."""

from collections.abc import Iterator
from typing import Any

from auditor.sdk import plain, renderer


@renderer("acme-ledger", suffix=".ledger", media_type="text/tab-separated-values")
def ledger(report: Any, words: Any) -> Iterator[bytes]:
    """Rule, outcome and store of each finding."""
    for finding in report.findings():
        line = (finding.rule, finding.outcome.value, plain(finding.store))
        yield "\t".join(line).encode() + b"\n"
