"""SecNumCloud: what is qualified is a service, there, until a day; never a vendor."""

from __future__ import annotations

from auditor.sdk import (
    Attested,
    Because,
    Case,
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
from .hosting import attested


@rule("SNC001")
@of_health_data
def the_service_is_qualified_that_day(case: Case) -> Verdict:
    """A SecNumCloud decision in force that day covers the service, there."""
    return attested(case.guarantees.get("secnumcloud"), "secnumcloud")


@rule("SNC002")
@of_health_data
def the_qualification_is_the_services_own(case: Case) -> Verdict:
    """What is qualified is the service itself, not what it runs on."""
    guarantee = case.guarantees.get("secnumcloud")
    if guarantee is None:
        return undetermined(Unknown(Reason.UNCATALOGUED, "secnumcloud"))
    told = Because(code="attested", values={"scheme": "secnumcloud",
                                            "state": str(guarantee.state)},
                   facts=guarantee.facts)  # fmt: skip
    match guarantee.state:
        case Attested.HOSTED:
            return deviates(told)
        case Attested.QUALIFIED if guarantee.stands:
            return met(told)
        case Attested.QUALIFIED | Attested.NOT_READ:
            return undetermined(guarantee.reason or Unknown(Reason.WEAK, "secnumcloud"))
        case _:
            return not_applicable(told)
