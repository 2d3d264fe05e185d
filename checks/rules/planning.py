"""Governance of the plan: deadlines, slippage, duration, and the offer that a step aims at."""

from __future__ import annotations

from datetime import date

from auditor.sdk import (
    Because,
    Confidence,
    Entry,
    Outcome,
    Progress,
    Reached,
    Reason,
    Regime,
    Target,
    Unknown,
    Verdict,
    deviates,
    met,
    months_after,
    not_applicable,
    rule,
    schemes_of,
    undetermined,
)

from .hosting import attested

# conventions of the project (deadline_policy of the alignment matrix); the cap is of the SREN law
_WARN, _FAIL, _CAP = 18, 24, 18
_DONE = not_applicable(Because(code="switched"))
_MOVED = (Progress.SWITCHED, Progress.DELETED)


def _target(entry: Entry) -> Target:
    assert isinstance(entry.said, Target)
    return entry.said


@rule("GOV009", of="target")
def the_deadline_is_not_passed(entry: Entry) -> Verdict:
    """A step of the plan has a deadline, and it is not passed."""
    target = _target(entry)
    if target.state in _MOVED:
        return _DONE
    if target.deadline is None:
        studied = target.state is Progress.STUDIED
        told = Because(code="no_deadline")
        return undetermined(told) if studied else deviates(told)
    told = _day(target.deadline)
    return deviates(told) if target.deadline < entry.as_of else met(told)


@rule("GOV010", of="target")
def the_deadline_does_not_slip(entry: Entry) -> Verdict:
    """A step keeps the deadline of the first version that was approved."""
    target = _target(entry)
    if not target.earlier_deadlines:
        return not_applicable(Because(code="first_deadline"))
    first = target.earlier_deadlines[0]
    if target.deadline is None:
        return undetermined(Because(code="no_deadline"))
    if target.deadline <= first:
        return met(_day(target.deadline))
    values = {"day": target.deadline.isoformat(), "first": first.isoformat()}
    return deviates(Because(code="slipped", values=values))


@rule("GOV011", of="target")
def the_transition_lasts_no_longer_than_necessary(entry: Entry) -> Verdict:
    """From the first approved version: 18 months, or a reason, and never over 24.

    Under SREN article 31, 18 months from the day an acceptable offer exists, by law. A new
    version of the plan resets nothing.
    """
    target = _target(entry)
    if target.state in _MOVED:
        return _DONE
    begun = entry.dossier.plan_since if entry.dossier else None
    if target.deadline is None or begun is None:
        return undetermined(Because(code="no_deadline" if begun else "no_plan"))
    told = Because(code="lasts", values={"begun": begun.isoformat(),
                                         "day": target.deadline.isoformat()})  # fmt: skip
    if Regime.SREN31 in entry.regimes:
        since = target.offer_since
        if since is not None and target.deadline > months_after(since, _CAP):
            return deviates(told, Because(code="over_the_cap", values={"day": since.isoformat()}))
        if since is None and target.deadline <= months_after(begun, _WARN):
            return undetermined(Because(code="offer_day_unknown"))
    if target.deadline > months_after(begun, _FAIL):
        return deviates(told)
    if target.deadline > months_after(begun, _WARN):
        if target.reason == "?":
            return undetermined(told, Because(code="to_complete"))
        return met(told, Because(code="reasoned")) if target.reason else deviates(told)
    return met(told)


def _day(day: date) -> Because:
    return Because(code="deadline", values={"day": day.isoformat()})


@rule("GOV016", of="target")
def the_offer_aimed_at_has_no_known_link(entry: Entry) -> Verdict:
    """The offer that a step aims at has no known link to non-EU law, by the sources read."""
    target, reach = _target(entry), entry.reach
    if reach is None:
        if target.state is Progress.DELETED and not target.offer:
            return not_applicable(Because(code="nothing_aimed_at"))
        if not target.offer and target.state is not Progress.STUDIED:
            return deviates(Because(code="no_offer"))
        return undetermined(Because(code="no_offer"))
    told = Because(code="aimed_at", values={"offer": reach.offer}, facts=reach.facts)
    match reach.verdict:
        case Reached.LINKED:
            return deviates(told)
        case Reached.NO_KNOWN_LINK if reach.confidence is not Confidence.WEAK:
            return met(told)
        case _:
            return undetermined(told, reach.reason or Unknown(Reason.WEAK, reach.offer))


@rule("GOV017", of="target")
def the_offer_aimed_at_holds_what_its_regimes_ask(entry: Entry) -> Verdict:
    """The offer that a step aims at is qualified, or certified, as the treatment's regimes ask."""
    target = _target(entry)
    schemes = schemes_of(entry.regimes)
    if not schemes or target.state is Progress.DELETED:
        return not_applicable(Because(code="nothing_asked"))
    if entry.reach is None:
        return undetermined(Because(code="no_offer"))
    found = [attested(entry.guarantees.get(scheme), scheme) for scheme in schemes]
    for outcome, answer in ((Outcome.DEVIATES, deviates), (Outcome.UNDETERMINED, undetermined)):
        reasons = [b for verdict in found if verdict.outcome is outcome for b in verdict.because]
        if reasons:
            return answer(*reasons)
    return met(*(b for verdict in found for b in verdict.because))
