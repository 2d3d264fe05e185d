"""Transfer: who outside receives the data, or traces of them."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Unknown,
    Verdict,
    deviates,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import known, met_if_established, of_health_data


@rule("TRF001")
@of_health_data
def logs_inventories_and_exports_stay_inside_the_eea(case: Case) -> Verdict:
    """Every destination of a store's logs, inventories and exports lies inside the EEA."""
    outside = [p for p in known(case.flows) if not p.in_eea]
    if outside:
        return deviates(*outside)
    unread = [c for c in case.store.copies if isinstance(c, Unknown)]
    if unread:  # an answer that failed may have held a destination
        return undetermined(*unread)
    return met_if_established(case.flows) if case.flows else not_applicable(_NONE)


_NONE = Because(code="no_flow")
