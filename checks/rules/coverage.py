"""Coverage: whether all that was planned about a store was read."""

from __future__ import annotations

from auditor.sdk import Because, Case, Verdict, met, rule, undetermined

from ._judging import of_health_data


@rule("COV001")
@of_health_data
def everything_about_this_store_was_read(case: Case) -> Verdict:
    """No question about this store went without an answer. A refusal is not a deviation."""
    return undetermined(*case.gaps) if case.gaps else met(Because(code="all_read"))
