"""Reach: whose law can compel whoever operates or controls the offer."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Confidence,
    Measured,
    Reached,
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


@rule("REA002")
@of_health_data
def capital_and_votes_stay_under_the_thresholds(case: Case) -> Verdict:
    """Seat, capital, votes and powers pass the test of SecNumCloud 3.2, 19.6."""
    capital = case.capital
    if capital is None:
        return undetermined(case.reach.reason or Unknown(Reason.UNCATALOGUED, case.reach.offer))
    reasons = [_part(code, capital.facts) for code in capital.reasons]
    match capital.answer:
        case Measured.DEVIATES:
            return deviates(*reasons)
        case Measured.MET if capital.confidence is not Confidence.WEAK:
            return met(Because(code="capital_met", facts=capital.facts))
        case _:
            weak = Unknown(Reason.WEAK, case.reach.offer)
            return undetermined(*reasons) if reasons else undetermined(weak)


def _part(code: str, facts: tuple[str, ...]) -> Because:
    return Because(code="capital", values={"part": code}, facts=facts)


@rule("REA003")
@of_health_data
def no_law_in_force_gives_access(case: Case) -> Verdict:
    """Of the laws that reach the operator, none that can order access to data is in force."""
    reach = case.reach
    laws = [law for law in reach.laws if law.data_access]
    if any(law.in_force is True for law in laws):
        return deviates(*_laws(case))
    doubts = [law.in_force for law in laws if isinstance(law.in_force, Unknown)]
    if reach.verdict is Reached.UNDETERMINED or doubts or reach.doubts:
        return undetermined(*doubts, *reach.doubts)
    if reach.confidence is Confidence.WEAK or any(
        law.confidence is Confidence.WEAK for law in laws
    ):
        return undetermined(Unknown(Reason.WEAK, reach.offer))
    if not laws:
        return not_applicable(_offer("no_known_link", case))
    return met(*(Because(code="law_ended", values={"name": law.name}) for law in laws))


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
