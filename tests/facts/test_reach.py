"""Reach: whose law can compel an operator, by its owners and the laws, never by a verdict."""

from datetime import date

import pytest

from auditor.facts import Facts, load
from auditor.model import Confidence, Entity, Reached, Reason, Unknown

from .days import EVE, READ, TODAY, overlay


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load()


@pytest.mark.parametrize(
    ("offer", "seats", "laws", "sure"),
    [
        ("aws", ["LU", "US", "US"], 4, Confidence.STRONG),
        ("aws-european-sovereign-cloud", ["DE", "US", "US"], 4, Confidence.FAIR),
        ("aws-china", ["CN", "CN"], 3, Confidence.FAIR),
        ("aws-govcloud", ["US", "US"], 4, Confidence.STRONG),
        ("aws-iso", ["US"], 6, Confidence.STRONG),
    ],
)
@pytest.mark.parametrize("day", [READ, TODAY, date(2030, 1, 1)])
def test_every_aws_partition_is_linked_by_its_owners(facts, offer, day, seats, laws, sure):
    reach = facts.reach_of(offer, day)
    assert (reach.verdict, reach.confidence, reach.reason) == (Reached.LINKED, sure, None)
    assert [entity.seat for entity in reach.path] == seats
    assert len(reach.laws) == laws
    assert reach.facts[0] == f"offers:{offer}"


@pytest.mark.parametrize(
    ("provider", "partition", "offer"),
    [
        ("aws", "aws", "aws"),
        ("aws", "aws-eusc", "aws-european-sovereign-cloud"),
        ("aws", "aws-cn", "aws-china"),
        ("aws", "aws-us-gov", "aws-govcloud"),
        ("aws", "aws-iso", "aws-iso"),
        ("aws", "aws-iso-b", "aws-iso"),
        ("aws", "aws-iso-e", "aws-iso"),
        ("aws", "aws-iso-f", "aws-iso"),
        ("aws", "aws-moon", Unknown(Reason.UNCATALOGUED, "aws/aws-moon")),
        ("azure", "aws", Unknown(Reason.UNCATALOGUED, "azure/aws")),
    ],
)
def test_partition_is_its_own_offer(facts, provider, partition, offer):
    assert facts.offer_of(provider, partition) == offer


def test_every_partition_of_a_region_is_that_of_its_offer(facts):
    for offer, regions in facts.table("regions").items():
        for region in regions.values():
            assert facts.offer_of("aws", region["partition"]) == offer


@pytest.mark.parametrize(
    ("offer", "day"), [("nobody", TODAY), ("", TODAY), ("aws", EVE), ("aws", date(2019, 1, 1))]
)
def test_offer_that_no_fact_speaks_of_is_undetermined(facts, offer, day):
    reach = facts.reach_of(offer, day)
    assert reach.verdict is Reached.UNDETERMINED
    assert reach.reason == Unknown(Reason.UNCATALOGUED, f"offers:{offer}")
    assert reach.path == ()


@pytest.mark.parametrize(
    ("day", "law", "in_force"),
    [
        (READ, "US-CLOUD-ACT", True),
        (READ, "LOCAL-US-SCA", True),
        (READ, "US-FISA-702", Unknown(Reason.UNTOLD, "laws:US-FISA-702 2026-06-12")),
        (date(2027, 2, 22), "US-CLOUD-ACT", True),
        (date(2027, 2, 23), "US-CLOUD-ACT", Unknown(Reason.PROJECTION, "2027-02-22")),
    ],
)
def test_law_stands_or_not_on_the_day(facts, day, law, in_force):
    laws = {reach.law: reach for reach in facts.reach_of("aws", day).laws}
    assert laws[law].in_force == in_force


OFFER = """
[example]
provider = "example"
name = "Example Cloud"
contracting = { name = "Example SAS", seat = "FR" }
parents = [{ name = "Example Holding", seat = "DE", share = "100%" }]
laws = []
source = { document = "trade registers", locator = "extracts", retrieved = 2024-01-01 }
confidence = "secondary"
"""
LAW = """
[CA-ORDER]
name = "Production order"
country = "CA"
data_access = true
since = 2018-06-12
until = 2026-06-30
reach = "Reaches establishments."
source = { document = "criminal code", retrieved = 2024-01-01 }
confidence = "low"
"""
HELD = 'parents = [{ name = "Example Holding", seat = "DE", share = "100%" }]'
SECOND_PARENT = '{ name = "Investor", seat = "US", since = 2025-05-01, until = 2026-05-31 }]'
LINKED, NONE, OPEN = Reached.LINKED, Reached.NO_KNOWN_LINK, Reached.UNDETERMINED


@pytest.mark.parametrize(
    ("change", "day", "verdict", "reason"),
    [
        (("", ""), TODAY, NONE, None),
        (('"secondary"', '"low"'), TODAY, OPEN, Reason.WEAK),
        (('seat = "DE"', 'seat = "CH"'), TODAY, LINKED, None),  # adequate is not the EEA
        (('seat = "DE"', 'seat = "RE"'), TODAY, OPEN, Reason.WEAK),
        (('seat = "DE"', 'seat = "ZZ"'), TODAY, OPEN, Reason.UNCATALOGUED),
        (('seat = "DE", ', ""), TODAY, OPEN, Reason.UNTOLD),
        (("laws = []", 'laws = []\ncontested = ["who decides"]'), TODAY, OPEN, Reason.UNTOLD),
        (("laws = []", 'laws = []\nverdict = "non_eu"'), TODAY, NONE, None),
        (('"DE"', '"US"'), TODAY, LINKED, None),
        (("laws = []", 'laws = ["CA-ORDER"]'), date(2026, 6, 30), OPEN, Reason.UNCATALOGUED),
        (("laws = []", 'laws = ["US-FISA-702"]'), TODAY, OPEN, Reason.UNTOLD),
        (("laws = []", 'laws = ["LOCAL-US-EXPORT-CONTROLS"]'), TODAY, NONE, None),
        (("laws = []", 'laws = ["CH-LSCPT"]'), TODAY, LINKED, None),  # a weak law accuses
        (("laws = []", 'laws = ["NO-SUCH-LAW"]'), TODAY, OPEN, Reason.UNCATALOGUED),
        (("", ""), date(2027, 2, 22), NONE, None),
        (("", ""), date(2027, 2, 23), OPEN, Reason.PROJECTION),
    ],
)
def test_absence_of_a_link_needs_a_whole_path_in_the_eea(tmp_path, change, day, verdict, reason):
    reach = load([overlay(tmp_path, "offers", OFFER.replace(*change))]).reach_of("example", day)
    assert reach.verdict is verdict
    assert (reach.reason.reason if reach.reason else None) is reason


@pytest.mark.parametrize(
    ("day", "seats", "verdict"),
    [
        (date(2026, 11, 22), ["FR", "DE"], NONE),
        (date(2026, 5, 31), ["FR", "DE", "US"], OPEN),  # seats known from 2026-11-22 only
    ],
)
def test_parents_are_dated(tmp_path, day, seats, verdict):
    dated = OFFER.replace('share = "100%" }]', 'share = "100%" }, ' + SECOND_PARENT)
    reach = load([overlay(tmp_path, "offers", dated)]).reach_of("example", day)
    assert [entity.seat for entity in reach.path] == seats
    assert reach.verdict is verdict


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(date(2018, 6, 11), None), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
)
def test_law_that_ended_reaches_no_more(tmp_path, day, in_force):
    overlay(tmp_path, "laws", LAW)
    facts = load([overlay(tmp_path, "offers", OFFER.replace("[]", '["CA-ORDER"]'))])
    reach = facts.reach_of("example", day)
    assert [law.in_force for law in reach.laws] == ([] if in_force is None else [in_force])
    assert (reach.verdict is LINKED) is (in_force is True)


def test_offer_without_a_company_shows_its_owners(facts):
    assert facts.reach_of("aws-iso", TODAY).path == (Entity(name="Amazon.com, Inc.", seat="US"),)
