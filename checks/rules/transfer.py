"""Transfer: who outside receives the data, or traces of them."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Confidence,
    Framework,
    Outsider,
    Place,
    Reason,
    Unknown,
    Verdict,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import (
    known,
    met_if_established,
    not_known,
    of_dossier,
    of_health_data,
    said,
    unsure,
)
from ._people import by_clause, ours, outsider_of, outsiders_of, unread_of


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


@rule("TRF002")
@of_health_data
def third_countries_that_receive_are_covered_by_a_decision(case: Case) -> Verdict:
    """Every third country where bytes or traces rest has an adequacy decision in force."""
    received = (*case.places, *case.flows)
    outside = sorted({p.country for p in known(received) if not p.in_eea})
    none = [c for c in outside if (f := case.frameworks.get(c)) and not f.decision and not f.reason]
    if none:
        return deviates(*(_covered(case, "no_decision", c) for c in none))
    doubts = unsure(received) if case.places else (Unknown(Reason.UNTOLD, "places"),)
    listed = [c for c in outside if not _covers(case.frameworks.get(c))]
    if listed:
        return undetermined(*(_covered(case, "decision_to_check", c) for c in listed), *doubts)
    if doubts:
        return undetermined(*doubts)
    if not outside:
        return not_applicable(Because(code="no_third_country"))
    return met(*(_covered(case, "decision", c) for c in outside))


def _covers(framework: Framework | None) -> bool:
    """Whether a decision covers the whole country, without doubt: a list of entities does not."""
    if framework is None or not framework.decision or framework.reason is not None:
        return False
    partly = framework.listed_only or framework.partial or framework.contested
    return not partly and framework.confidence is not Confidence.WEAK


def _covered(case: Case, code: str, country: str) -> Because:
    framework = case.frameworks.get(country)
    facts = framework.facts if framework else ()
    return Because(code=code, values={"country": country}, facts=facts)


@rule("TRF003")
@of_health_data
def accounts_outside_are_covered_for_transfers(case: Case) -> Verdict:
    """Whoever holds an account outside is in the EEA, in an adequate country, or has a tool."""
    outside = [s.account for s in outsiders_of(case)]
    if not outside:
        return _without_shares(case)
    told = [outsider_of(case, account) for account in outside]
    verdicts = [_answered(case, t) if t else "unknown" for t in told]
    if "none" in verdicts:
        return deviates(*_entries(told, verdicts, "none"))
    if "unknown" in verdicts or any(isinstance(s, Unknown) for s in case.shares):
        return undetermined(*(_account(a) for a, v in zip(outside, verdicts, strict=True)
                              if v == "unknown"), *unread_of(case))  # fmt: skip
    return met(*(said("accounts", t.id) for t in told if t))


def _answered(case: Case, outsider: Outsider) -> str:
    """Whether a transfer to somebody is answered: `met`, `none` or `unknown`."""
    if not outsider.country or not_known(outsider.country):
        return "unknown"
    framework = case.frameworks.get(outsider.country)
    if framework is None or _covers(framework):
        return "met"  # inside the EEA, or adequate
    if outsider.safeguard in ("scc", "bcr"):
        return "met"
    if outsider.safeguard == "dpf" and framework.decision and framework.listed_only:
        # of a list: the entity's own entry was looked up, and not after the day
        looked = outsider.dpf_listed_on
        return "met" if looked and looked <= case.as_of and not framework.reason else "unknown"
    return "unknown" if not_known(outsider.safeguard) or framework.reason else "none"


def _entries(told: list[Outsider | None], verdicts: list[str], kind: str) -> list[Because]:
    return [
        Because(code="no_safeguard", values={"entry": f"accounts.{t.id}", "country": t.country})
        for t, v in zip(told, verdicts, strict=True)
        if t and v == kind
    ]


def _account(account: str) -> Because:
    return Because(code="account_unknown", values={"account": account})


def _without_shares(case: Case) -> Verdict:
    unread = unread_of(case)
    return undetermined(*unread) if unread else not_applicable(Because(code="no_account_outside"))


@rule("TRF004")
@of_health_data
def the_key_rests_inside_the_eea(case: Case) -> Verdict:
    """The key that a store names rests inside the EEA."""
    if not case.custody.key:
        level = case.custody.level
        if isinstance(level, Unknown):
            return undetermined(level)
        return not_applicable(Because(code="no_named_key"))
    outside = [p for p in known(case.key_places) if not p.in_eea]
    if outside:
        return deviates(*map(_key_place, outside))
    doubts = unsure(case.key_places) or (
        () if case.key_places else (Unknown(Reason.UNTOLD, "key"),)
    )
    return undetermined(*doubts) if doubts else met(*map(_key_place, known(case.key_places)))


def _key_place(place: Place) -> Because:
    values = {"country": place.country, "region": place.region}
    return Because(code="key_place", values=values, facts=place.facts)


@rule("TRF005")
@of_health_data
@of_dossier
def support_from_outside_is_excluded_by_contract(case: Case) -> Verdict:
    """A contract in force with the host excludes or limits support from outside the EEA."""
    return by_clause(case, "support")


@rule("TRF006")
@of_health_data
def copies_stay_in_our_accounts(case: Case) -> Verdict:
    """Replicas, backups and exports lie in accounts that are known to be ours."""
    copies = [c for c in case.store.copies if not isinstance(c, Unknown)]
    unread = [c for c in case.store.copies if isinstance(c, Unknown)]
    if not copies:
        return undetermined(*unread) if unread else not_applicable(Because(code="no_copy"))
    theirs = [c.account for c in copies if isinstance(c.account, str) and not ours(case, c.account)]
    if theirs and case.organisation:
        return deviates(*map(_account, dict.fromkeys(theirs)))
    unknown = [c.account for c in copies if isinstance(c.account, Unknown)]
    if theirs or unknown or unread:
        return undetermined(*unread, *unknown, *map(_account, dict.fromkeys(theirs)))
    accounts = dict.fromkeys(str(c.account) for c in copies)
    return met(*(Because(code="inside", values={"account": a}) for a in accounts))
