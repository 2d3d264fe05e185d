"""The 35 items: the states each can reach, and the status rules R1 to R7, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest

from auditor.alignment import EVERY, Evidence, align, worst
from auditor.facts import load
from auditor.model import (
    Assessment,
    Attestation,
    Certainty,
    Declared,
    Dossier,
    Entry,
    Finding,
    Health,
    Outcome,
    Reason,
    Severity,
    Status,
    Treatment,
    Unknown,
)
from auditor.registry import load as load_registry
from tests.rules.cases import case

FACTS = load()
RULES = load_registry().rules
ITEMS = sorted(FACTS.table("alignment"))
DAY = date(2026, 11, 25)
MADE = SimpleNamespace(as_of=DAY, edition="e", dossier="")
DENIED = (Unknown(Reason.DENIED),)
CARE = Treatment(id="care", regimes={"hds": "x"})
MISSING, UNKNOWN, HUMAN, PARTIAL, PASS, NONE = Status


def finding(rule, outcome=Outcome.DEVIATES) -> Finding:
    return Finding(
        uid="u", rule=rule, severity=Severity.MAJOR, outcome=outcome, store="s", kind="k",
        account="1", region="r", health=Certainty.PROBABLE,
    )  # fmt: skip


def attested(item, answer, treatment="", signed=date(2026, 9, 1), until=date(2027, 3, 1), id="a"):
    return Attestation(
        id=id, item=item, treatment=treatment, answer=answer, reason="r", who="w", role="r",
        signed=signed, document="d", until=until,
    )  # fmt: skip


def table(*said, found=(), gaps=(), treatments=(CARE,), certainty=Certainty.PROBABLE, more=None):
    """The table of one store of the first treatment, with these findings and attestations."""
    dossier = Dossier(
        edition=1,
        treatments={t.id: t for t in treatments},
        attestations={f"{a.id}{n}": replace(a, id=f"{a.id}{n}") for n, a in enumerate(said)},
    )
    evidence = Evidence(tuple(t.id for t in treatments))
    of = replace(
        case(health=Health(certainty=certainty)),
        declared=Declared(treatments=tuple(treatments[:1]), assessment=more),
    )
    evidence.add(of, found)
    return align(FACTS, RULES, evidence, dossier, gaps, MADE)


def status(told, item, treatment="care"):
    return next(r.status for r in told.items if (r.item, r.treatment) == (item, treatment))


def feeding(item) -> dict[str, Status]:
    """The rules that feed an item, with what a deviation leaves it."""
    return {id: w.items[item] for id, w in FACTS.rules.items() if item in w.items}


def reachable(item, answers) -> set[Status]:
    """Every status of an item: each rule that feeds it deviating or not known, each answer."""
    found: list[tuple[Finding, ...]] = [()]
    found += [(finding(rule, o),) for rule, o in product(feeding(item), _OPEN)]
    return {
        status(table(*((attested(item, answer),) if answer else ()), found=f, gaps=g), item)
        for answer in answers
        for f in found
        for g in ((), DENIED)
    }


_OPEN = (Outcome.DEVIATES, Outcome.UNDETERMINED)
_SAID = (PASS, PARTIAL, MISSING, NONE)


def test_there_are_thirty_five_and_each_stands_overall_and_for_each_treatment():
    told = table()
    assert len(ITEMS) == 35
    assert [r.item for r in told.items if r.treatment == EVERY] == ITEMS
    assert [r.item for r in told.items if r.treatment == "care"] == ITEMS


@pytest.mark.parametrize("item", ITEMS)
def test_r1_nothing_passes_without_a_person(item):
    """Whatever is seen, without an attestation: never pass, partial or without object."""
    assert FACTS.table("alignment")[item]["pass_requires_human"]
    alone = reachable(item, [None])
    assert alone <= {HUMAN, UNKNOWN, MISSING}
    assert HUMAN in alone


@pytest.mark.parametrize("item", ITEMS)
def test_the_states_that_an_item_can_reach(item):
    """With a person all of them; unknown only where something that is collected feeds it."""
    fed = {UNKNOWN} if feeding(item) else set()
    assert reachable(item, [None, *_SAID]) == {MISSING, HUMAN, PARTIAL, PASS, NONE} | fed


@pytest.mark.parametrize("item", ITEMS)
def test_r2_a_failed_collection_is_unknown_whatever_a_person_says(item):
    rules = list(feeding(item))
    for rule, answer in product(rules, _SAID):
        found = (finding(rule, Outcome.UNDETERMINED),)
        told = status(table(attested(item, answer), found=found), item)
        assert told is (MISSING if answer is MISSING else UNKNOWN)
    if any(RULES[id].of in ("store", "unit") for id in rules):
        for answer in _SAID:
            told = status(table(attested(item, answer), gaps=DENIED), item)
            assert told is (MISSING if answer is MISSING else UNKNOWN)


def test_every_item_but_those_of_people_alone_is_fed():
    """What the matrix says can be collected, and nothing of ours collects yet, is listed here."""
    assert [item for item in ITEMS if not feeding(item)] == PEOPLE_ALONE


PEOPLE_ALONE = ["CNIL-23", "CNIL-25", "CNIL-28"]


def test_r3_without_object_only_where_nothing_seen_speaks_against_it():
    item = "CNIL-06"
    assert status(table(attested(item, NONE)), item) is NONE
    assert status(table(attested(item, NONE), found=(finding("RES001"),)), item) is MISSING
    assert status(table(attested(item, NONE), gaps=DENIED), item) is UNKNOWN


def test_r4_outside_the_regimes_declared_it_is_a_recommendation_and_stays():
    told = table()
    rows = {r.item: r for r in told.items if r.treatment == "care"}
    assert rows["CNIL-17"].recommended  # of sren31
    assert not rows["CNIL-18"].recommended  # of hds
    assert not rows["CNIL-01"].recommended  # of all
    undeclared = table(treatments=(Treatment(id="care"),))
    assert not any(r.recommended for r in undeclared.items)


def test_r5_place_transfer_and_reach_feed_different_items():
    fed = {family: {item for item in ITEMS for rule in feeding(item) if rule.startswith(family)}
           for family in ("RES001", "TRF002", "REA001")}  # fmt: skip
    assert fed["RES001"] == {"CNIL-06"}
    assert "CNIL-05" in fed["TRF002"]
    assert "CNIL-04" in fed["REA001"]
    assert not fed["TRF002"] & {"CNIL-04", "CNIL-06"}
    assert not fed["REA001"] & {"CNIL-05", "CNIL-06"}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 8, 31), HUMAN),  # before it was signed
        (date(2026, 9, 1), PASS),
        (date(2027, 3, 1), PASS),  # its last day
        (date(2027, 3, 2), HUMAN),
    ],
)
def test_r6_an_attestation_counts_from_its_day_to_its_last(day, told):
    item = "CNIL-25"
    dossier = Dossier(edition=1, treatments={"care": CARE},
                      attestations={"a": attested(item, PASS)})  # fmt: skip
    made = SimpleNamespace(as_of=day, edition="e", dossier="")
    rows = align(FACTS, RULES, Evidence(("care",)), dossier, (), made)
    row = next(r for r in rows.items if (r.item, r.treatment) == (item, "care"))
    assert row.status is told
    assert row.expired == (("a",) if day > date(2027, 3, 1) else ())


def test_r7_the_overall_status_is_that_of_the_worst_blocking_item():
    blocking = [i for i in ITEMS
                if FACTS.table("alignment")[i]["severity_if_missing"] == "blocking"]  # fmt: skip
    every = [attested(i, PASS) for i in ITEMS]
    assert table(*every).overall is PASS
    assert table(*every, found=(finding("RES001"),)).overall is MISSING  # CNIL-06 blocks
    assert table(*every, found=(finding("SHR001"),)).overall is PASS  # CNIL-30 does not
    for item in blocking:
        others = [a for a in every if a.item != item]
        recommended = item in ("CNIL-17", "CNIL-26")  # not of hds
        assert table(*others).overall is (PASS if recommended else HUMAN)


def test_an_attestation_of_one_treatment_goes_before_that_of_all():
    other = Treatment(id="other")
    told = table(attested("CNIL-25", PASS), attested("CNIL-25", PARTIAL, "care"),
                 treatments=(CARE, other))  # fmt: skip
    assert status(told, "CNIL-25", "care") is PARTIAL
    assert status(told, "CNIL-25", "other") is PASS
    assert status(told, "CNIL-25", EVERY) is PARTIAL


def test_what_is_seen_of_a_store_that_nobody_qualified_leaves_the_item_unknown():
    found = (finding("RES001"),)
    assert status(table(found=found), "CNIL-06") is MISSING
    for certainty in (Certainty.POSSIBLE, Certainty.NO_SIGN, Certainty.NOT_ASSESSED):
        assert status(table(found=found, certainty=certainty), "CNIL-06") is UNKNOWN


def test_what_a_person_rules_out_does_not_count_unless_something_seen_says_otherwise():
    none = Assessment(id="x", holds_health=False)
    found = (finding("RES001"),)
    told = table(found=found, certainty=Certainty.POSSIBLE, more=none)
    assert status(told, "CNIL-06") is HUMAN
    assert status(table(found=found, more=none), "CNIL-06") is MISSING


def test_what_is_about_no_treatment_is_about_all_of_them():
    evidence = Evidence(("care",))
    evidence.add_entry(Entry(subject="audit", as_of=DAY), (finding("COV001"),))
    one = Entry(subject="target:x", treatments=("other",), as_of=DAY)
    evidence.add_entry(one, (finding("RES001"),))
    assert {rule for rule, _ in evidence.held["care"]} == {"COV001"}
    assert {rule for rule, _ in evidence.held["other"]} == {"RES001"}


def test_without_a_dossier_there_is_a_table_and_it_is_not_met():
    told = align(FACTS, RULES, Evidence(()), None, (), MADE)
    assert [r.item for r in told.items] == ITEMS
    assert told.overall is HUMAN


def test_the_worst_of_some():
    assert worst([PASS, NONE]) is PASS
    assert worst([NONE, NONE]) is NONE
    assert worst([PASS, PARTIAL, HUMAN, UNKNOWN, MISSING]) is MISSING
    assert worst([PASS, PARTIAL, HUMAN, UNKNOWN]) is UNKNOWN
