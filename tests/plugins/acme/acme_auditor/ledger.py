"""A format of ours: one line per finding, for a ledger that reads tabulations."""

from collections.abc import Iterator
from typing import Any

from auditor.sdk import plain, renderer


@renderer("acme-ledger", suffix=".ledger", media_type="text/tab-separated-values")
def ledger(report: Any, words: Any) -> Iterator[bytes]:
    """Rule, outcome and what each finding is about: a store, or an entry that is none."""
    for finding in report.findings():
        about = plain(finding.store or finding.subject)
        line = (finding.rule, finding.outcome.value, about)
        yield "\t".join(line).encode() + b"\n"
