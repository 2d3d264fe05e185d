"""Coverage: whether all that was planned was read, and what could not be.

A refusal that lasts until a person mends it contradicts the statement; a failure in passing leaves
it open. Neither is ever met, and neither can be waived.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.sdk import (
    Because,
    Case,
    Coverage,
    CoverageState,
    Entry,
    Reason,
    Unknown,
    Verdict,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import of_health_data

_LASTING = (Reason.DENIED, Reason.NOT_ENABLED, Reason.SUSPENDED, Reason.EXPIRED)


@rule("COV001")
@of_health_data
def everything_about_this_store_was_read(case: Case) -> Verdict:
    """No question about this store went without an answer."""
    return _unread(case.gaps) if case.gaps else met(Because(code="all_read"))


@rule("COV002", of="unit")
def the_unit_was_read_whole(entry: Entry) -> Verdict:
    """One store type in one scope was listed to its end, and every question answered."""
    unit = entry.said
    assert isinstance(unit, Coverage)
    match unit.state:
        case CoverageState.READ:
            return met(Because(code="all_read"))
        case CoverageState.NOT_OFFERED:
            return not_applicable(Because(code="not_offered"))
        case _:
            return _unread(unit.gaps or (Unknown(Reason.FAILED),))


def _unread(gaps: Iterable[Unknown]) -> Verdict:
    lasting = [gap for gap in gaps if gap.reason in _LASTING]
    return deviates(*lasting) if lasting else undetermined(*gaps)


@rule("COV003")
@of_health_data
def what_it_refers_to_was_audited(case: Case) -> Verdict:
    """The copies and the key that a store names lie inside what was audited."""
    copies = [c for c in case.store.copies if not isinstance(c, Unknown)]
    unread = [c for c in case.store.copies if isinstance(c, Unknown)]
    level = case.custody.level
    if isinstance(level, Unknown):
        unread.append(level)
    if not copies and not unread and not case.custody.key:
        return not_applicable(Because(code="no_reference"))
    left = [c for c in copies if isinstance(c.region, Unknown)]
    ours = [c.account for c in left if c.account in case.organisation]
    if ours:  # an account of ours that was left out
        accounts = dict.fromkeys(map(str, ours))
        return deviates(*(Because(code="left_out", values={"account": a}) for a in accounts))
    unread += [c.region for c in left if isinstance(c.region, Unknown)]
    if unread:
        return undetermined(*dict.fromkeys(unread))
    return met(Because(code="all_read"))
