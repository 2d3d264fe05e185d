"""Governance of stores: whose each is, under which contract, with which step of the plan."""

from __future__ import annotations

from datetime import date

from auditor.sdk import (
    Because,
    Case,
    Certainty,
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

from ._judging import of_dossier, of_health_data, said
from ._people import running

_HELD = (Certainty.CONFIRMED, Certainty.DECLARED, Certainty.PROBABLE)


@rule("GOV001")
@of_health_data
@of_dossier
def the_store_belongs_to_one_treatment(case: Case) -> Verdict:
    """The store belongs to a declared treatment, and to one only."""
    treatments = case.declared.treatments if case.declared else ()
    if len(treatments) == 1:
        return met(said("treatments", treatments[0].id))
    if treatments:
        return deviates(*(said("treatments", t.id) for t in treatments))
    if isinstance(case.store.tags, Unknown):  # a tag that was not read may say whose it is
        return undetermined(case.store.tags)
    return deviates(Because(code="undeclared"))


@rule("GOV012")
@of_health_data
@of_dossier
def no_exposed_store_was_created_since_the_plan(case: Case) -> Verdict:
    """No store was created in an exposed place since the plan began, but with a reason."""
    begun = case.declared.plan_since if case.declared else None
    if begun is None:
        return not_applicable(Because(code="no_plan"))
    exposed = _exposed(case)
    if exposed is not None:
        return exposed
    created = case.store.created
    if isinstance(created, Unknown):
        return undetermined(created)
    try:
        day = date.fromisoformat(created[:10])
    except ValueError:
        return undetermined(Unknown(Reason.MALFORMED, "created"))
    told = Because(code="created", values={"day": day.isoformat(), "begun": begun.isoformat()})
    if day < begun:
        return met(told)
    if case.declared and case.declared.exempt:
        return met(told, Because(code="exempt"))
    return deviates(told)


@rule("GOV013")
@of_health_data
@of_dossier
def an_exposed_store_has_its_step_in_the_plan(case: Case) -> Verdict:
    """A store whose operator is linked to non-EU law has its step in the plan."""
    exposed = _exposed(case)
    if exposed is not None:
        return exposed
    targets = case.declared.targets if case.declared else ()
    if not targets:
        return deviates(Because(code="no_step"))
    return met(*(said("targets", t.id) for t in targets))


def _exposed(case: Case) -> Verdict | None:
    """What to answer of a store that is not known to be exposed; None of one that is."""
    reach = case.reach
    if reach.verdict is Reached.LINKED:
        return None
    if reach.verdict is Reached.NO_KNOWN_LINK:
        return not_applicable(Because(code="no_known_link", values={"offer": reach.offer},
                                      facts=reach.facts))  # fmt: skip
    return undetermined(reach.reason or Unknown(Reason.UNCATALOGUED, reach.offer))


@rule("GOV014")
@of_health_data
@of_dossier
def a_contract_in_force_covers_the_host(case: Case) -> Verdict:
    """A contract with the host is in force that day."""
    contracts = case.declared.contracts if case.declared else ()
    sure, unsure = running(case)
    if sure:
        return met(*(said("contracts", c.id) for c in sure))
    if unsure:
        return undetermined(*(said("contracts", c.id) for c in unsure))
    return deviates(Because(code="contract_ended" if contracts else "no_contract"))


@rule("GOV018")
@of_dossier
def what_people_state_agrees_with_what_was_seen(case: Case) -> Verdict:
    """What a person states of the content agrees with what was seen of it."""
    stated = case.declared.assessment if case.declared else None
    if stated is None:
        return not_applicable(Because(code="not_stated"))
    seen = [s for s in case.health.signals if s.detector != "dossier"]
    told = said("assessments", stated.id)
    if stated.holds_health:
        read = case.health.certainty is Certainty.NONE
        return deviates(told, Because(code="content_read")) if read else met(told)
    if seen and case.health.certainty in _HELD:
        return deviates(told)
    if seen:
        return undetermined(told)
    return met(told)


@rule("GOV019")
@of_health_data
def the_marks_of_a_store_agree(case: Case) -> Verdict:
    """The tags and names of a store do not contradict one another about health data."""
    if case.health.conflict:
        return deviates(Because(code="marks_conflict"))
    if isinstance(case.store.tags, Unknown):
        return undetermined(case.store.tags)
    if not case.health.signals:
        return not_applicable(Because(code="no_mark"))
    return met(Because(code="marks_agree"))
