"""Steps: limits by convention and by law, slippage, the critical path, what is asked."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.days import months_after
from auditor.facts import load
from auditor.model import (
    Assumed,
    Dossier,
    Group,
    Grouping,
    Phase,
    Plan,
    Progress,
    Step,
    Target,
    Treatment,
    Version,
)
from auditor.plan.prices import egress, hours, parallel
from auditor.plan.steps import PHASES, blank, schedule

FACTS = load()
DAY = date(2026, 11, 22)


def dossier(*targets, approved=(), **more):
    versions = {v.id: v for v in approved}
    return Dossier(edition=1, targets={t.id: t for t in targets}, versions=versions, **more)


def scheduled(told, earlier=None, day=DAY):
    return schedule(FACTS, told, day, earlier or {})


def version(id, approved, plan=""):
    return Version(id=id, approved=approved, plan=plan)


# ---------------------------------------------------------------------- limits


def test_limits_count_from_the_first_approval_and_a_new_version_resets_nothing():
    step = Target(id="a", deadline=date(2027, 1, 15))
    first, second = version("v1", date(2025, 7, 1)), version("v2", date(2026, 7, 1))
    alone = scheduled(dossier(step, approved=[first])).steps["a"].limits
    both = scheduled(dossier(step, approved=[first, second])).steps["a"].limits
    assert alone == both
    assert [(x.origin, x.day, x.passed) for x in both] == [
        ("convention_warn", date(2027, 1, 1), True),
        ("convention_fail", date(2027, 7, 1), False),
    ]


def test_without_an_approved_version_no_convention_counts():
    assert scheduled(dossier(Target(id="a", deadline=DAY))).steps["a"].limits == ()


@pytest.mark.parametrize(("regimes", "since", "day"), [
    ({"sren31": "State"}, date(2026, 6, 30), date(2027, 12, 30)),
    ({"sren31": "State"}, None, None),  # the day is not known: no cap is invented
    ({"hds": "hosted"}, date(2026, 6, 30), None),  # the law does not bind it
])  # fmt: skip
def test_the_cap_of_the_law_counts_from_the_day_an_acceptable_offer_exists(regimes, since, day):
    told = dossier(Target(id="a", treatment="t", offer_since=since),
                   treatments={"t": Treatment(id="t", regimes=regimes)})  # fmt: skip
    limits = scheduled(told).steps["a"].limits
    assert [x.day for x in limits] == ([day] if day else [])
    assert [x.origin for x in limits] == (["SREN-31"] if day else [])


def test_a_step_without_a_deadline_passes_a_limit_when_the_day_does():
    told = dossier(Target(id="a"), approved=[version("v1", date(2024, 1, 1))])
    assert [x.passed for x in scheduled(told).steps["a"].limits] == [True, True]


def test_months_end_with_a_shorter_month():
    assert months_after(date(2026, 8, 31), 18) == date(2028, 2, 29)


# ---------------------------------------------------------------------- slippage


def plan_with(id, deadline):
    step = Step(id=id, deadline=deadline)
    group = Group(id="treatment:t", by=Grouping.TREATMENT, steps=(step,))
    return Plan(version="x", as_of=DAY, edition="", dossier="", groups=(group,))


def test_slippage_is_told_against_every_earlier_version_once():
    told = dossier(
        Target(id="a", deadline=date(2027, 6, 30),
               earlier_deadlines=(date(2027, 1, 31), date(2027, 3, 31))),
        approved=[version("v1", date(2025, 7, 1), "p1"), version("v2", date(2026, 1, 1), "p2")],
    )  # fmt: skip
    earlier = {"p1": plan_with("a", date(2027, 3, 31)), "p2": plan_with("other", DAY)}
    slips = scheduled(told, earlier).steps["a"].slips
    assert [(s.version, s.deadline, s.days) for s in slips] == [
        ("v1", date(2027, 3, 31), 91),
        ("", date(2027, 1, 31), 150),
    ]


# ---------------------------------------------------------------------- milestones


def test_the_deadline_is_that_of_the_switch_unless_another_day_is_set():
    step = scheduled(dossier(Target(id="a", deadline=DAY))).steps["a"]
    assert {m.phase: m.day for m in step.milestones if m.day} == {Phase.SWITCH: DAY}
    other = Target(id="a", deadline=DAY, milestones={"switch": date(2026, 12, 1)})
    step = scheduled(dossier(other)).steps["a"]
    assert {m.phase: m.day for m in step.milestones if m.day} == {Phase.SWITCH: date(2026, 12, 1)}


@pytest.mark.parametrize(("state", "last"), [
    (Progress.STUDIED, None), (Progress.DECIDED, Phase.DECISION),
    (Progress.UNDER_WAY, Phase.DECISION), (Progress.SWITCHED, Phase.SWITCH),
    (Progress.DELETED, Phase.DELETION),
])  # fmt: skip
def test_a_state_says_which_milestones_are_behind(state, last):
    step = scheduled(dossier(Target(id="a", state=state))).steps["a"]
    reached = [m.phase for m in step.milestones if m.reached]
    assert reached == list(PHASES[: PHASES.index(last) + 1] if last else [])


def test_the_critical_path_goes_back_through_the_step_that_switches_last():
    told = scheduled(dossier(
        Target(id="keys", milestones={"copy": date(2027, 1, 1), "switch": date(2027, 2, 1)}),
        Target(id="base", milestones={"copy": date(2027, 1, 10), "switch": date(2027, 3, 1)}),
        Target(id="app", after=("keys", "base"),
               milestones={"decision": date(2027, 1, 5), "copy": date(2027, 3, 10),
                           "proof": date(2027, 6, 1)}),
        Target(id="aside", milestones={"switch": date(2027, 5, 1)}),
    ))  # fmt: skip
    critical = {(id, m.phase) for id, s in told.steps.items() for m in s.milestones if m.critical}
    assert critical == {
        ("app", Phase.PROOF), ("app", Phase.COPY), ("base", Phase.SWITCH), ("base", Phase.COPY),
    }  # fmt: skip
    assert told.ends == date(2027, 6, 1)


def test_nothing_dated_is_critical_and_the_end_is_not_known():
    told = scheduled(dossier(Target(id="a"), Target(id="b", after=("a",))))
    assert told.ends is None
    assert told.undated == 2 * len(PHASES)
    assert not [m for s in told.steps.values() for m in s.milestones if m.critical]


def test_steps_that_wait_for_each_other_do_not_go_on_for_ever():
    a, b = (Target(id=i, after=(j,), deadline=DAY, milestones={"copy": DAY})
            for i, j in (("a", "b"), ("b", "a")))  # fmt: skip
    assert scheduled(dossier(a, b)).ends == DAY


# ---------------------------------------------------------------------- what is asked


def test_what_only_people_can_say_is_asked_until_it_is_said():
    bare = scheduled(dossier(Target(id="a", owner="?"))).steps["a"]
    assert bare.asked[:5] == ("offer", "owner", "necessity", "budget", "deadline")
    assert bare.owner == ""
    said = Target(
        id="a", offer="outscale", owner="IT", necessity="x", budget="y", deadline=DAY,
        milestones=dict.fromkeys(map(str, PHASES), DAY),
    )  # fmt: skip
    assert scheduled(dossier(said)).steps["a"].asked == ()
    assert "owner" in blank(3).asked


def test_a_milestone_that_is_behind_is_not_asked_for():
    step = scheduled(dossier(Target(id="a", state=Progress.SWITCHED))).steps["a"]
    assert [name for name in step.asked if name.startswith("milestones.")] == [
        "milestones.deletion", "milestones.proof",
    ]  # fmt: skip


# ---------------------------------------------------------------------- orders of magnitude


def test_times_and_costs_are_those_of_the_examples_of_the_source():
    """`prices:estimator` of the facts: 10 TB at 1 Gbit/s and 0.7 take about 32 hours …"""
    ten = 10 * 10**12
    assert round(hours(ten, Assumed())) == 32
    assert egress(FACTS, {"aws": ten}).least == pytest.approx(781, abs=1)
    assert egress(FACTS, {"azure": ten}).least == pytest.approx(680, abs=1)
    assert egress(FACTS, {"gcp": ten}).least == pytest.approx(679, abs=1)


def test_several_offers_add_up_and_what_has_no_price_is_told():
    ten = 10 * 10**12
    both = egress(FACTS, {"aws": ten, "nobody": 5})
    assert both.least == egress(FACTS, {"aws": ten}).least
    assert both.unpriced == 5
    assert egress(FACTS, {"nobody": 5}).facts == ()


def test_the_free_part_is_free_and_nothing_costs_less_than_nothing():
    assert egress(FACTS, {"aws": 10**9}).most == 0


def test_the_former_host_is_kept_for_the_months_that_were_assumed():
    assert parallel(FACTS, {"aws": 10**12}, 3).most == pytest.approx(3 * 21.05)
    assert parallel(FACTS, {"aws": 10**12}, 0).most == 0
