"""A rule that remembers answers what it would answer: of every case, in any order."""

from __future__ import annotations

import random

import pytest

from auditor.model import Case, Outcome, Verdict
from auditor.plugin import Rule, rule
from auditor.remembering import Remembered
from auditor.sdk import deviates, met

from .cases import CASE, case
from .tables import TABLES

CASES = [c for _, c, _ in TABLES if isinstance(c, Case)]
STORE_RULES = {id: rule for id, rule in TABLES.rules.items() if rule.of == "store"}


@pytest.mark.parametrize("id", sorted(STORE_RULES))
def test_it_answers_what_the_rule_answers(id):
    asked = STORE_RULES[id]
    remembered = Remembered(asked)
    for seed in range(3):
        shuffled = CASES[:]
        random.Random(seed).shuffle(shuffled)
        for one in shuffled:
            assert remembered(one) == asked(one)


def counted(judge) -> tuple[Rule, list[int]]:
    asked: list[int] = []

    @rule("XXX001")
    def counting(case: Case) -> Verdict:
        asked.append(1)
        return judge(case)

    return counting, asked


def test_what_it_saw_is_not_asked_again():
    counting, asked = counted(lambda c: met() if c.store.encrypted is True else deviates())
    remembered = Remembered(counting)
    for _ in range(5):
        assert remembered(CASE).outcome is Outcome.MET
        assert remembered(case(store={"encrypted": False})).outcome is Outcome.DEVIATES
    assert len(asked) == 2


def test_what_it_does_not_read_makes_no_difference():
    counting, asked = counted(lambda c: met() if c.store.encrypted is True else deviates())
    remembered = Remembered(counting)
    remembered(CASE)
    remembered(case(store={"id": "another", "encrypted": True, "name": "x"}))
    assert len(asked) == 1


def test_a_rule_that_reads_what_no_two_stores_share_is_asked_and_not_kept():
    counting, asked = counted(lambda c: met() if c.store.id.endswith("1") else deviates())
    remembered = Remembered(counting, most=10)
    for n in range(40):
        told = remembered(case(store={"id": f"s{n}"}))
        assert told.outcome is (Outcome.MET if n % 10 == 1 else Outcome.DEVIATES)
    assert remembered._size <= 11
    assert len(asked) == 40


def test_a_rule_that_reads_nothing():
    counting, asked = counted(lambda c: met())
    remembered = Remembered(counting)
    assert [remembered(CASE).outcome for _ in range(3)] == [Outcome.MET] * 3
    assert len(asked) == 1
