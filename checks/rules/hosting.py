"""Health data hosting (HDS): what is certified of the host there, that day, and contracted."""

from __future__ import annotations

from auditor.sdk import (
    Attested,
    Because,
    Case,
    Guarantee,
    Reason,
    Regime,
    Unknown,
    Verdict,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import of_dossier, of_health_data, under
from ._people import by_clause


def attested(guarantee: Guarantee | None, scheme: str) -> Verdict:
    """Whether a scheme attests the service that day: only what is qualified, by sure facts."""
    if guarantee is None:
        return undetermined(Unknown(Reason.UNCATALOGUED, scheme))
    told = Because(code="attested", values={"scheme": scheme, "state": str(guarantee.state)},
                   facts=guarantee.facts)  # fmt: skip
    match guarantee.state:
        case Attested.QUALIFIED if guarantee.stands:
            return met(told)
        case Attested.QUALIFIED:
            return undetermined(Unknown(Reason.WEAK, scheme))
        case Attested.NOT_READ:
            return undetermined(guarantee.reason or Unknown(Reason.UNREAD, scheme))
        case _:
            return deviates(told)


@rule("HDS001")
@of_health_data
@under(Regime.HDS)
def a_certificate_in_force_covers_the_host(case: Case) -> Verdict:
    """A HDS certificate in force that day covers the offer, there."""
    return attested(case.guarantees.get("hds"), "hds")


@rule("HDS002")
@of_health_data
@under(Regime.HDS)
def the_certificate_covers_every_activity_asked(case: Case) -> Verdict:
    """The HDS certificate names every activity that the treatment asks of the host."""
    treatments = case.declared.treatments if case.declared else ()
    asked = {activity for t in treatments for activity in t.hds_activities}
    if not asked:
        return not_applicable(Because(code="no_activity_asked"))
    found = attested(case.guarantees.get("hds"), "hds")
    guarantee = case.guarantees.get("hds")
    if guarantee is None or not guarantee.stands:
        return found
    if not guarantee.activities:
        return undetermined(Unknown(Reason.UNREAD, "activities"))
    missing = sorted(asked - set(guarantee.activities))
    told = ", ".join(map(str, missing or sorted(asked)))
    if missing:
        return deviates(Because(code="activities_missing", values={"activities": told},
                                facts=guarantee.facts))  # fmt: skip
    return met(Because(code="activities", values={"activities": told}, facts=guarantee.facts))


@rule("HDS003")
@of_health_data
@of_dossier
@under(Regime.HDS)
def the_contract_carries_what_hds_asks(case: Case) -> Verdict:
    """The contract with the host carries the clauses that the HDS scheme asks for."""
    return by_clause(case, "hds")


@rule("HDS004")
@of_health_data
@of_dossier
@under(Regime.HDS)
def the_host_has_stated_its_exposure(case: Case) -> Verdict:
    """The host's statement on transfers and on laws outside the Union is in the contract."""
    return by_clause(case, "transparency")
