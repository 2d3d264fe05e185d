"""What ends: qualifications, certificates, adequacy, services, contracts, the facts themselves."""

from __future__ import annotations

from datetime import timedelta

from auditor.sdk import (
    Attested,
    Because,
    Case,
    Confidence,
    Entry,
    Framework,
    Guarantee,
    Reason,
    Unknown,
    Verdict,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import known, of_dossier, of_health_data, said
from ._people import running

# conventions of the project: deadline_policy of the alignment matrix
_NEAR = timedelta(days=90)
_MONTHS_TO_LEAVE = timedelta(days=548)  # 18 months


@rule("EXP001")
@of_health_data
def the_secnumcloud_qualification_does_not_end_soon(case: Case) -> Verdict:
    """The SecNumCloud decision relied upon runs for 90 more days at least."""
    return _lasts(case.guarantees.get("secnumcloud"), "secnumcloud")


@rule("EXP002")
@of_health_data
def the_hds_certificate_does_not_end_soon(case: Case) -> Verdict:
    """The HDS certificate relied upon runs for 90 more days at least."""
    return _lasts(case.guarantees.get("hds"), "hds")


def _lasts(guarantee: Guarantee | None, scheme: str) -> Verdict:
    if guarantee is None:
        return undetermined(Unknown(Reason.UNCATALOGUED, scheme))
    until = guarantee.until.isoformat() if guarantee.until else ""
    told = Because(code="ends", values={"what": scheme, "day": until}, facts=guarantee.facts)
    match guarantee.state:
        case Attested.ENDED:
            return deviates(told)
        case Attested.QUALIFIED if guarantee.ends_in is not None:
            return deviates(told)
        case Attested.QUALIFIED if guarantee.stands:
            return met(told)
        case Attested.QUALIFIED | Attested.NOT_READ:
            return undetermined(guarantee.reason or Unknown(Reason.WEAK, scheme))
        case _:
            return not_applicable(Because(code="nothing_relied_upon", values={"what": scheme}))


@rule("EXP003")
@of_health_data
def the_adequacy_relied_upon_does_not_end_soon(case: Case) -> Verdict:
    """Every adequacy decision that covers a copy runs for 90 more days, and nobody contests it."""
    received = (*case.places, *case.flows)
    outside = sorted({p.country for p in known(received) if not p.in_eea})
    found = {c: f for c in outside if (f := case.frameworks.get(c)) is not None}
    relied = {c: f for c, f in found.items() if f.decision}
    doubts = [p for p in received if isinstance(p, Unknown)]
    doubts += [f.reason for f in found.values() if f.reason is not None]
    doubts += [Unknown(Reason.WEAK, c) for c, f in relied.items() if _weak(f)]
    ending = [
        Because(code="decision_ends", values={"country": c, "day": f.until.isoformat()},
                facts=f.facts)
        for c, f in relied.items()
        if f.until is not None and f.until - case.as_of < _NEAR
    ]  # fmt: skip
    if ending:
        return deviates(*ending)
    contested = [_decision("decision_to_check", c, f) for c, f in relied.items() if f.contested]
    if contested or doubts:
        return undetermined(*contested, *doubts)
    if not relied:
        return not_applicable(Because(code="no_decision_used"))
    return met(*(_decision("decision", c, f) for c, f in relied.items()))


def _weak(framework: Framework) -> bool:
    return framework.confidence is Confidence.WEAK


def _decision(code: str, country: str, framework: Framework) -> Because:
    return Because(code=code, values={"country": country}, facts=framework.facts)


@rule("EXP004")
@of_health_data
def the_service_does_not_end(case: Case) -> Verdict:
    """The service does not end within the time that leaving it takes."""
    ending = case.ends
    if ending is None:
        return not_applicable(Because(code="no_end_known"))
    if isinstance(ending.ends, Unknown):
        return undetermined(ending.ends)
    values = {"what": case.store.kind, "day": ending.ends.isoformat()}
    told = Because(code="ends", values=values, facts=ending.facts)
    if ending.ends - case.as_of < _MONTHS_TO_LEAVE:
        return deviates(told)
    if ending.confidence is Confidence.WEAK:
        return undetermined(Unknown(Reason.WEAK, case.store.kind))
    return met(told)


@rule("EXP005")
@of_health_data
@of_dossier
def a_contract_runs_beyond_the_next_days(case: Case) -> Verdict:
    """A contract with the host runs for 90 more days at least."""
    sure, unsure = running(case)
    if not sure and not unsure:
        return not_applicable(Because(code="no_contract"))
    lasting = [
        c for c in sure
        if c.open_ended or (c.until is not None and c.until - case.as_of >= _NEAR)
    ]  # fmt: skip
    if lasting:
        return met(*(said("contracts", c.id) for c in lasting))
    if unsure:
        return undetermined(*(said("contracts", c.id) for c in unsure))
    return deviates(*(
        Because(code="ends", values={"what": f"contracts.{c.id}", "day": str(c.until)})
        for c in sure
    ))  # fmt: skip


@rule("EXP006", of="audit")
def the_facts_were_read_lately(entry: Entry) -> Verdict:
    """What is held to be true was read again less than 90 days before."""
    read = entry.facts_read
    if read is None:
        return undetermined(Unknown(Reason.UNREAD, "edition"))
    told = Because(code="facts_read", values={"day": read.isoformat()})
    if entry.as_of < read:
        return not_applicable(told)  # a day that lies back
    return deviates(told) if entry.as_of - read > _NEAR else met(told)
