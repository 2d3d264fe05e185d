"""Offers to study: their state on a day, what leaves one out, what is not established."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from auditor.facts import load
from auditor.model import Attested, Confidence, Reached
from auditor.plan.candidates import candidates_of

FACTS = load()
DAY = date(2026, 11, 22)  # of the edition


def of(kind, offer, day=DAY, product=""):
    found = [c for c in candidates_of(FACTS, kind, day) if c.offer == offer]
    return next(c for c in found if product in c.product["en"])


def test_the_order_is_that_of_names_whatever_is_established():
    for kind in FACTS.table("alternatives"):
        names = [(c.offer, c.product["en"]) for c in candidates_of(FACTS, kind, DAY)]
        assert names == sorted(names), kind


def test_an_offer_that_is_linked_is_left_out_and_never_established():
    found = of("object_storage", "ovhcloud", product="SNC Cloud Platform")
    assert (found.reach, found.excluded, found.established) == (Reached.LINKED, "linked", False)
    assert found.secnumcloud is Attested.QUALIFIED  # a qualification clears no link


def test_only_fair_or_strong_facts_establish():
    for kind in FACTS.table("alternatives"):
        for c in candidates_of(FACTS, kind, DAY):
            if c.established:
                assert c.reach is Reached.NO_KNOWN_LINK
                assert c.confidence is not Confidence.WEAK
            if c.confidence is Confidence.WEAK:
                assert not c.established
            assert not (c.established and c.excluded)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 30), Attested.QUALIFIED),  # the last day counts
        (date(2026, 12, 1), Attested.NOT_READ),  # later than the edition: a renewal is not known
    ],
)
def test_a_decision_ends_with_its_last_day(day, state):
    found = of("object_storage", "outscale", day)
    assert found.secnumcloud_scope == "in_scope"
    assert (found.secnumcloud, found.secnumcloud_until) == (state, date(2026, 11, 30))


def test_hosted_on_a_qualified_service_is_not_qualified():
    for kind in FACTS.table("alternatives"):
        for c in candidates_of(FACTS, kind, DAY):
            if c.secnumcloud_scope != "in_scope":
                assert c.secnumcloud is not Attested.QUALIFIED, c
            if c.hds_scope != "in_scope":
                assert c.hds is not Attested.QUALIFIED, c


def test_what_is_out_of_scope_has_no_guarantee_and_what_is_unknown_is_not_read():
    assert of("object_storage", "scaleway").secnumcloud is Attested.NONE
    assert of("object_storage", "numspot").secnumcloud is Attested.NOT_READ


def test_every_kind_that_stores_are_matched_with_is_a_family_of_the_facts():
    moving = FACTS.table("conventions")["moving"]
    kinds = {k for part in ("categories", "engines", "types") for k in moving[part].values()}
    assert kinds <= set(FACTS.table("alternatives"))


def test_a_day_before_all_facts_establishes_nothing():
    long_ago = DAY - timedelta(days=365 * 20)
    assert not [
        c
        for kind in FACTS.table("alternatives")
        for c in candidates_of(FACTS, kind, long_ago)
        if c.established or c.secnumcloud is Attested.QUALIFIED
    ]
