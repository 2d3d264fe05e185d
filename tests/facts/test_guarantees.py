"""Guarantees: six answers kept apart, of which only one is a guarantee, each on its day."""

from datetime import date, timedelta

import pytest

from auditor.facts import load
from auditor.model import Attested, Confidence, Reason

from .days import EVE, TODAY, overlay

DECISION = """
[mine]
scheme = "secnumcloud"
state = "qualified"
offer = "stackit"
service = "Test"
since = 2024-01-01
until = UNTIL
source = { document = "catalogue", retrieved = 2026-11-24 }
confidence = "SURE"
"""


def found(facts, offer, service="", region="", day=TODAY, activity=None):
    return facts.guarantees_of(offer, service, region, day, activity)


def mine(folder, until="2026-11-01", sure="secondary"):
    text = DECISION.replace("UNTIL", until).replace("SURE", sure)
    return load([overlay(folder, "guarantees", text)])


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2023, 12, 31), Attested.NOT_READ),
        (date(2024, 1, 1), Attested.QUALIFIED),
        (date(2026, 11, 1), Attested.QUALIFIED),  # the last day is included
        (date(2026, 11, 2), Attested.ENDED),  # it ended before what was last read
    ],
)
def test_qualification_on_its_days(tmp_path, day, state):
    one, _ = found(mine(tmp_path), "stackit", "test", day=day)
    assert one.state is state
    assert one.stands is (state is Attested.QUALIFIED)


@pytest.mark.parametrize(("days", "told"), [(90, 90), (91, None), (0, 0), (30, 30)])
def test_what_ends_within_90_days_is_announced(tmp_path, days, told):
    until = date(2026, 12, 31)
    one, _ = found(mine(tmp_path, "2026-12-31"), "stackit", "test", day=until - timedelta(days))
    assert (one.state, one.ends_in) == (Attested.QUALIFIED, told)


def test_weak_decision_is_no_guarantee(tmp_path):
    one, _ = found(mine(tmp_path, "2026-12-31", "memory"), "stackit", "test")
    assert (one.state, one.confidence) == (Attested.NOT_READ, Confidence.WEAK)
    assert one.reason.reason is Reason.WEAK
    assert not one.stands


def test_day_after_an_end_that_nobody_could_read_past_is_a_projection():
    one, _ = found(load(), "outscale", region="cloudgouv-eu-west-1", day=date(2026, 12, 1))
    assert (one.state, one.reason.reason) == (Attested.NOT_READ, Reason.PROJECTION)
    assert one.reason.detail == "2026-11-30"
    assert not one.stands


@pytest.mark.parametrize(
    ("offer", "service", "region", "state"),
    [
        ("scalingo", "", "osc-secnum-fr1", Attested.HOSTED),
        ("scaleway", "", "", Attested.IN_PROGRESS),
        ("scaleway", "", "fr-par", Attested.NONE),  # it would cover another zone
        ("aws", "", "eu-west-3", Attested.NONE),
        ("clever-cloud", "", "par", Attested.NOT_READ),
        ("ovhcloud", "", "", Attested.NOT_READ),  # which service?
        ("whaller", "donjon", "", Attested.NOT_READ),  # listed, its dates not read
        ("s3ns", "", "", Attested.NOT_READ),  # which region?
        ("nobody", "", "", Attested.NOT_READ),
    ],
)
def test_what_is_no_qualification_is_told_apart(offer, service, region, state):
    one, _ = found(load(), offer, service, region)
    assert one.state is state
    assert not one.stands
    assert (one.reason is not None) is (state is Attested.NOT_READ)


def test_hosted_falls_with_its_host():
    facts = load()
    last, after = date(2026, 11, 30), date(2026, 12, 1)
    one, _ = found(facts, "scalingo", region="osc-secnum-fr1", day=last)
    assert (one.state, "guarantees:anssi-2118" in one.facts) == (Attested.HOSTED, True)
    one, _ = found(facts, "scalingo", region="osc-secnum-fr1", day=after)
    assert one.reason.reason is Reason.PROJECTION


@pytest.mark.parametrize(
    ("day", "version", "retrieved", "state"),
    [
        (date(2026, 5, 15), "v1", "2026-01-10", Attested.QUALIFIED),  # the first version's last day
        (date(2026, 5, 16), "v1", "2026-01-10", Attested.NOT_READ),
        (date(2026, 5, 16), "v2.0", "2026-01-10", Attested.QUALIFIED),
        (date(2026, 5, 16), None, "2026-01-10", Attested.NOT_READ),  # which version was read?
        (date(2026, 7, 24), None, "2026-07-24", Attested.QUALIFIED),  # only the second was left
    ],
)
def test_only_the_second_version_of_hds_counts_from_its_day(
    tmp_path, day, version, retrieved, state
):
    told = f'version = "{version}"\n' if version else ""
    text = f"""
[hds-stackit]
scheme = "hds"
state = "certified"
offer = "stackit"
{told}activities = [1, 2]
since = 2025-01-01
source = {{ document = "certificate", retrieved = {retrieved} }}
confidence = "secondary"
"""
    facts = load([overlay(tmp_path, "guarantees", text)])
    _, hds = found(facts, "stackit", day=day, activity=2)
    assert hds.state is state
    assert found(facts, "stackit", day=day, activity=5)[1].state is not Attested.QUALIFIED


def test_certificate_without_an_end_is_read_again_in_time():
    _, hds = found(load(), "azure", region="francecentral", day=date(2027, 2, 23))
    assert (hds.state, hds.reason.reason) == (Attested.NOT_READ, Reason.PROJECTION)


@pytest.mark.parametrize(
    ("day", "decision", "listed_only"),
    [
        (date(2015, 10, 6), "2000/520/EC", True),
        (date(2015, 10, 7), "", False),
        (date(2016, 7, 12), "(EU) 2016/1250", True),
        (date(2020, 7, 16), "(EU) 2016/1250", True),
        (date(2020, 7, 17), "", False),
        (date(2023, 7, 9), "", False),
        (date(2023, 7, 10), "(EU) 2023/1795", True),
        (TODAY, "(EU) 2023/1795", True),
    ],
)
def test_what_answers_a_transfer_to_the_united_states(day, decision, listed_only):
    framework = load().framework_of("US", day)
    assert (framework.decision, framework.listed_only) == (decision, listed_only)
    assert framework.facts


@pytest.mark.parametrize(
    ("country", "decision", "partial"),
    [
        ("FR", "EEA", False), ("NO", "EEA", False), ("CH", "2000/518/EC", False),
        ("JP", "(EU) 2019/419", True), ("IN", "", False), ("EL", "EEA", False),
        ("UK", "(EU) 2021/1772, extended by (EU) 2025/1226, renewed by (EU) 2025/2574", False),
    ],
)  # fmt: skip
def test_what_answers_a_transfer_elsewhere(country, decision, partial):
    framework = load().framework_of(country, TODAY)
    assert (framework.decision, framework.partial) == (decision, partial)


def test_day_of_a_decision_from_memory_counts_only_before_it_was_read():
    facts = load()
    for day, sure in ((EVE, Confidence.WEAK), (TODAY, Confidence.FAIR)):
        assert facts.framework_of("CH", day).confidence is sure
        assert facts.country("CH", day).confidence is sure


def test_framework_of_a_territory_or_after_the_review_is_undetermined():
    for country, day, reason in (
        ("RE", TODAY, Reason.WEAK),
        ("CH", date(2027, 2, 23), Reason.PROJECTION),
    ):
        why = load().framework_of(country, day).reason
        assert why is not None
        assert why.reason is reason


def test_certificate_whose_version_is_to_be_checked_is_no_guarantee():
    _, hds = found(load(), "cloud-temple", region="FR1")
    assert (hds.state, hds.reason.detail) == (
        Attested.NOT_READ,
        "guarantees:hds-cloud-temple.version",
    )


@pytest.mark.parametrize(
    ("offer", "service", "region", "activity", "state"),
    [
        ("scaleway", "object-storage", "fr-par", 4, Attested.QUALIFIED),
        ("scaleway", "object-storage", "fr-par", 5, Attested.NONE),
        ("scaleway", "managed-databases", "fr-par", 4, Attested.NOT_READ),  # two readings
        ("scaleway", "managed-databases", "fr-par", 5, Attested.NONE),
        ("scaleway", "kubernetes", "fr-par", 4, Attested.NONE),
        ("scaleway", "", "fr-par", 4, Attested.NOT_READ),  # which service?
        ("scaleway", "object-storage", "nl-ams", 4, Attested.NONE),
        ("gcp", "", "europe-west9", 6, Attested.NONE),
        ("gcp", "", "europe-west9", 5, Attested.QUALIFIED),
        ("ovhcloud", "managed-databases", "gra", 5, Attested.NOT_READ),  # others perform it
        ("ovhcloud", "public-cloud", "gra", 5, Attested.QUALIFIED),
        ("outscale", "", "", None, Attested.QUALIFIED),
        ("outscale", "", "eu-west-2", None, Attested.NOT_READ),  # its annex of sites was not read
        ("outscale", "", "us-east-2", None, Attested.NONE),
        ("outscale", "", "", 1, Attested.NOT_READ),
        ("aws", "", "", None, Attested.NOT_READ),  # in the EEA only: where?
    ],
)
def test_a_certificate_covers_what_it_names(offer, service, region, activity, state):
    _, hds = found(load(), offer, service, region, activity=activity)
    assert hds.state is state


def test_a_service_is_covered_from_its_own_day(tmp_path):
    facts = load()
    entry = facts.get("hds-scaleway")
    day = entry["services_since"]["object-storage"]
    asked = (
        "scaleway",
        "object-storage",
        "",
    )
    assert found(facts, *asked, day=day)[1].state is not Attested.NONE
    assert found(facts, *asked, day=day - timedelta(1))[1].state is Attested.NONE


@pytest.mark.parametrize(
    ("service", "region", "state"),
    [
        ("snc-cloud-platform", "", Attested.QUALIFIED),
        ("snc-cloud-platform", "gra", Attested.NONE),  # not the ordinary regions
        ("snc-cloud-platform", "waw", Attested.NOT_READ),
        ("bare-metal-pod", "rbx", Attested.NOT_READ),  # its data centre was not read
        ("public-cloud", "gra", Attested.NONE),
    ],
)
def test_a_decision_whose_sites_were_not_read_covers_no_region_by_itself(service, region, state):
    one, _ = found(load(), "ovhcloud", service, region)
    assert one.state is state
