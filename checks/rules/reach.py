"""Reach: whose law can compel whoever operates or controls the offer."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Confidence,
    Reached,
    Reason,
    Unknown,
    Verdict,
    deviates,
    met,
    rule,
    undetermined,
)

from ._judging import of_health_data


@rule("REA001")
@of_health_data
def operator_has_no_known_link_to_non_eu_law(case: Case) -> Verdict:
    """According to the sources read on that day, nothing links the operator to non-EU law."""
    reach = case.reach
    match reach.verdict:
        case Reached.LINKED:
            return deviates(_offer("linked", case), *_path(case), *_laws(case))
        case Reached.NO_KNOWN_LINK if reach.confidence is not Confidence.WEAK:
            return met(_offer("no_known_link", case))
        case Reached.NO_KNOWN_LINK:
            return undetermined(Unknown(Reason.WEAK, reach.offer))
        case _:
            return undetermined(reach.reason or Unknown(Reason.UNCATALOGUED, reach.offer))


def _offer(code: str, case: Case) -> Because:
    return Because(code=code, values={"offer": case.reach.offer}, facts=case.reach.facts)


def _path(case: Case) -> list[Because]:
    """The companies on the path whose seat is known, nearest first."""
    return [
        Because(code="entity", values={"name": e.name, "country": e.seat})
        for e in case.reach.path
        if isinstance(e.seat, str)
    ]


def _laws(case: Case) -> list[Because]:
    """The laws that stand on the day and may order access to data: export controls may not."""
    return [
        Because(
            code="law",
            values={"name": law.name, "country": law.country},
            facts=tuple(id for id in case.reach.facts if id.endswith(f"laws:{law.law}")),
        )
        for law in case.reach.laws
        if law.data_access and law.in_force is True
    ]
