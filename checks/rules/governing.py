"""Governance of the dossier: who answers, what was declared and not seen, what has run out."""

from __future__ import annotations

from auditor.sdk import (
    Attestation,
    Because,
    Contract,
    Entry,
    Treatment,
    Verdict,
    Waiver,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import not_known, stands

_OVER = not_applicable(Because(code="treatment_ended"))
_TO_COMPLETE = undetermined(Because(code="to_complete"))
_MISSING = deviates(Because(code="not_written"))
_WRITTEN = met(Because(code="written"))


def _written(entry: Entry, *texts: str) -> Verdict:
    """Whether texts of a treatment are written: `?` is to be completed, nothing is missing."""
    treatment = entry.said
    assert isinstance(treatment, Treatment)
    if treatment.ended is not None and treatment.ended < entry.as_of:
        return _OVER
    if not all(texts):
        return _MISSING
    return _TO_COMPLETE if any(map(not_known, texts)) else _WRITTEN


@rule("GOV002", of="treatment")
def somebody_answers_for_the_treatment(entry: Entry) -> Verdict:
    """A function is named that answers for the treatment."""
    treatment = entry.said
    assert isinstance(treatment, Treatment)
    return _written(entry, treatment.owner)


@rule("GOV003", of="treatment")
def legal_basis_and_exception_are_stated(entry: Entry) -> Verdict:
    """The treatment's legal basis and its exception of article 9 GDPR are stated."""
    treatment = entry.said
    assert isinstance(treatment, Treatment)
    return _written(entry, treatment.legal_basis, treatment.article_9)


@rule("GOV004", of="treatment")
def the_regimes_are_declared_with_their_reason(entry: Entry) -> Verdict:
    """The regimes that apply to the treatment are declared, each with its reason."""
    treatment = entry.said
    assert isinstance(treatment, Treatment)
    return _written(entry, *(treatment.regimes.values() or [""]))


@rule("GOV005", of="treatment")
def every_store_declared_was_seen(entry: Entry) -> Verdict:
    """Every store, account and tag that a treatment declares was seen."""
    treatment, seen = entry.said, entry.seen
    assert isinstance(treatment, Treatment)
    holds = treatment.holds
    if treatment.ended is not None and treatment.ended < entry.as_of:
        return _OVER
    if not (holds.stores or holds.accounts or holds.tags):
        return not_applicable(Because(code="nothing_declared"))
    lost = [Because(code="not_seen", values={"name": name}) for name in seen.lost]
    if lost and seen.gaps:
        return undetermined(*lost, *seen.gaps)
    return deviates(*lost) if lost else met(Because(code="all_seen"))


@rule("GOV006", of="attestation")
def the_attestation_is_in_force(entry: Entry) -> Verdict:
    """An attestation is relied upon from its day to the day of its review, both included."""
    attestation = entry.said
    assert isinstance(attestation, Attestation)
    told = _until(attestation.until.isoformat())
    if entry.as_of < attestation.signed:
        return not_applicable(Because(code="not_yet", values={"day": str(attestation.signed)}))
    if attestation.until < entry.as_of:
        return deviates(told)
    if any(map(not_known, (attestation.who, attestation.role, attestation.document))):
        return _TO_COMPLETE
    return met(told)


@rule("GOV007", of="waiver")
def the_waiver_has_not_run_out(entry: Entry) -> Verdict:
    """A waiver accepts a deviation until its last day, that day included."""
    waiver = entry.said
    assert isinstance(waiver, Waiver)
    if waiver.since is not None and entry.as_of < waiver.since:
        return not_applicable(Because(code="not_yet", values={"day": waiver.since.isoformat()}))
    told = _until(waiver.until.isoformat())
    if not stands(waiver.until, entry.as_of):
        return deviates(told)
    if any(map(not_known, (waiver.why, waiver.approver))):
        return _TO_COMPLETE
    return met(told)


@rule("GOV008", of="waiver")
def the_waiver_covers_a_deviation_that_exists(entry: Entry) -> Verdict:
    """A waiver covers at least one deviation; what is not determined it cannot cover."""
    waiver, seen = entry.said, entry.seen
    assert isinstance(waiver, Waiver)
    if not stands(waiver.until, entry.as_of):
        return not_applicable(_until(waiver.until.isoformat()))
    if seen.findings:
        return met(Because(code="waived", values={"findings": str(seen.findings)}))
    if seen.undetermined:
        return undetermined(Because(code="cannot_be_waived", values={"rule": waiver.rule}))
    if seen.gaps:
        return undetermined(*seen.gaps)
    return deviates(Because(code="orphan", values={"rule": waiver.rule}))


def _until(day: str) -> Because:
    return Because(code="valid_until", values={"day": day})


@rule("GOV015", of="contract")
def the_contract_carries_the_clauses_of_article_28(entry: Entry) -> Verdict:
    """The contract carries what article 28 GDPR asks: processing, sub-processors, deletion."""
    return _clauses(entry, ("article_28", "sub_processors", "deletion"))


@rule("GOV020", of="contract")
def the_contract_says_what_becomes_of_foreign_requests(entry: Entry) -> Verdict:
    """The contract says what the host does with requests of third-country authorities."""
    return _clauses(entry, ("article_48",))


@rule("GOV021", of="contract")
def the_contract_says_how_to_leave(entry: Entry) -> Verdict:
    """The contract carries clauses of exit: notice, formats, assistance."""
    return _clauses(entry, ("exit",))


def _clauses(entry: Entry, wanted: tuple[str, ...]) -> Verdict:
    contract = entry.said
    assert isinstance(contract, Contract)
    if not stands(contract.until, entry.as_of):
        return not_applicable(Because(code="contract_ended"))
    if not contract.clauses:
        return undetermined(Because(code="clauses_unread"))
    missing = [clause for clause in wanted if clause not in contract.clauses]
    return deviates(*map(_clause, missing)) if missing else met(*map(_held, wanted))


def _clause(clause: str) -> Because:
    return Because(code="clause_missing", values={"clause": clause})


def _held(clause: str) -> Because:
    return Because(code="clause_read", values={"clause": clause})


@rule("GOV022", of="audit")
def a_dossier_names_controller_officer_and_regimes(entry: Entry) -> Verdict:
    """A dossier names the controller, the officer, and treatments with their regimes."""
    dossier = entry.dossier
    if dossier is None:
        return deviates(Because(code="no_dossier"))
    names = (dossier.controller.name, dossier.dpo.name)
    running = [t for t in dossier.treatments.values()
               if t.ended is None or t.ended >= entry.as_of]  # fmt: skip
    if dossier.treatments and not running:
        return _OVER
    if not all(names) or not running or not all(t.under for t in running):
        return _MISSING
    return _TO_COMPLETE if any(map(not_known, names)) else _WRITTEN
