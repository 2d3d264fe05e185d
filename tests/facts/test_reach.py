"""Reach: whose law can compel an operator, by its owners and the laws, never by a verdict."""

from datetime import date

import pytest

from auditor.facts import Facts, load
from auditor.model import Confidence, Link, Reached, Reason, Unknown

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
        ("aws-iso", ["US"], 4, Confidence.STRONG),
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
        ("azure", "AzureCloud", "azure"),
        ("azure", "AzureBleuCloud", "bleu"),
        ("azure", "AzureUSGovernment", "azure-government"),
        ("azure", "AzureChinaCloud", "azure-china-21vianet"),
        ("gcp", "googleapis.com", "gcp"),
        ("gcp", "s3nsapis.fr", "s3ns"),
        ("oracle", "oc1", "oracle"),
        ("oracle", "oc19", "oracle-eu-sovereign"),
        ("ovhcloud", "ovh-eu", "ovhcloud"),
        ("ovhcloud", "ovh-us", "ovhcloud-us"),
        ("scaleway", "", "scaleway"),
        ("outscale", "outscale", "outscale"),
        ("outscale", "elsewhere", Unknown(Reason.UNCATALOGUED, "outscale/elsewhere")),
        ("aws", "aws-moon", Unknown(Reason.UNCATALOGUED, "aws/aws-moon")),
        ("azure", "aws", Unknown(Reason.UNCATALOGUED, "azure/aws")),
    ],
)
def test_partition_is_its_own_offer(facts, provider, partition, offer):
    assert facts.offer_of(provider, partition) == offer


def test_every_partition_of_a_region_is_that_of_its_offer(facts):
    for offer, regions in facts.table("regions").items():
        for region in regions.values():
            if "partition" in region:
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
        (READ, "US-FISA-702", Unknown(Reason.UNREAD, "laws:US-FISA-702 2026-06-12")),
        (date(2027, 2, 22), "US-CLOUD-ACT", True),
        (date(2027, 2, 23), "US-CLOUD-ACT", True),  # what accuses needs no second reading
    ],
)
def test_law_stands_or_not_on_the_day(facts, day, law, in_force):
    laws = {reach.law: reach for reach in facts.reach_of("aws", day).laws}
    assert laws[law].in_force == in_force


OFFER = """
[example]
provider = "example"
name = "Example Cloud"
contracting = "example-sas"
source = { document = "trade registers", locator = "extracts", retrieved = 2024-01-01 }
confidence = "secondary"
"""
COMPANIES = """
[example-sas]
name = "Example SAS"
seat = "FR"
owners = [{ entity = "example-holding", source = "registers", confidence = "secondary" }]
source = "registers"
confidence = "secondary"

[example-holding]
name = "Example Holding"
seat = "DE"
source = "registers"
confidence = "secondary"
ultimate = true

[sources.registers]
document = "trade registers"
retrieved = 2024-01-01
"""
LAW = """
[CA-ORDER]
name = "Production order"
country = "CA"
data_access = true
since = 2018-06-12
until = 2026-06-30
reach = { fr = "Atteint les établissements.", en = "Reaches establishments." }
source = { document = "criminal code", retrieved = 2024-01-01 }
confidence = "low"
"""
THERE = """ultimate = true

[[example-holding.establishments]]
country = "CA"
by = "establishment"
LAWS
said = { fr = "Bureau.", en = "Office." }
source = "registers"
confidence = "secondary"
"""


def example(folder, change=("", ""), offer=("", "")):
    """A user's offer with its companies, something in them changed."""
    assert change[0] in COMPANIES
    assert offer[0] in OFFER
    overlay(folder, "entities", COMPANIES.replace(*change))
    return overlay(folder, "offers", OFFER.replace(*offer))


LINKED, NONE, OPEN = Reached.LINKED, Reached.NO_KNOWN_LINK, Reached.UNDETERMINED


def there(laws):
    """The holding is established in Canada too, with the laws told of that edge."""
    return ("ultimate = true\n", THERE.replace("LAWS", f"laws = {laws}" if laws else ""))


AFTER_SEAT = 'contracting = "example-sas"\n'


@pytest.mark.parametrize(
    ("change", "offer", "day", "verdict", "reason"),
    [
        (("", ""), ("", ""), TODAY, NONE, None),
        (("", ""), ('"secondary"', '"low"'), TODAY, OPEN, Reason.WEAK),
        (('confidence = "secondary"\nultimate', 'confidence = "low"\nultimate'), ("", ""),
         TODAY, OPEN, Reason.WEAK),
        (('seat = "DE"', 'seat = "CH"'), ("", ""), TODAY, LINKED, None),  # adequate is not the EEA
        (('seat = "DE"', 'seat = "NO"'), ("", ""), TODAY, NONE, None),
        (('seat = "DE"', 'seat = "RE"'), ("", ""), TODAY, OPEN, Reason.WEAK),
        (('seat = "DE"\n', ""), ("", ""), TODAY, OPEN, Reason.UNREAD),
        (("ultimate = true\n", ""), ("", ""), TODAY, OPEN, Reason.UNREAD),  # by whom, is not told
        (("", ""), (AFTER_SEAT, ""), TODAY, OPEN, Reason.UNREAD),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'contested = [{ about = "reach", said = '
                    '{ fr = "qui décide", en = "who decides" } }]\n'), TODAY, OPEN, Reason.UNREAD),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'contested = [{ about = "guarantee", said = '
                    '{ fr = "quoi", en = "what" } }]\n'), TODAY, NONE, None),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'verdict = "non_eu"\n'), TODAY, NONE, None),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'laws_listed = ["US-CLOUD-ACT"]\n'), TODAY, NONE,
         None),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'operator = { entity = "google-llc", said = '
                    '{ fr = "exploite", en = "runs" } }\n'), TODAY, LINKED, None),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'hosts = [{ offer = "aws" }]\n'), TODAY, LINKED, None),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + "host_by_zone = true\n"), TODAY, OPEN, Reason.UNREAD),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'hosts = [{ offer = "scaleway" }]\n'), TODAY, NONE,
         None),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'hosts = [{ offer = "s3ns" }]\n'), TODAY, OPEN,
         Reason.UNREAD),  # what is contested below is contested above
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'hosts = [{ offer = "elastx" }]\n'), TODAY, OPEN,
         Reason.UNREAD),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'technology = { supplier = "Acme", country = "US", '
                    'remote_access = "not_read", said = { fr = "a", en = "a" } }\n'),
         TODAY, OPEN, Reason.UNREAD),
        (("", ""), (AFTER_SEAT, AFTER_SEAT + 'technology = { supplier = "Acme", country = "US", '
                    'law = "LOCAL-US-EXPORT-CONTROLS", remote_access = "none", '
                    'said = { fr = "a", en = "a" } }\n'), TODAY, NONE, None),  # no data access
        (('seat = "DE"', 'seat = "US"'), ("", ""), TODAY, LINKED, None),
        (there(""), ("", ""), TODAY, OPEN, Reason.UNREAD),  # an office abroad: for a person
        (there('["CA-LAWFUL-ACCESS"]'), ("", ""), TODAY, LINKED, None),  # a weak law accuses
        (there('["US-FISA-702"]'), ("", ""), TODAY, OPEN, Reason.UNREAD),
        (("", ""), ("", ""), date(2027, 2, 22), NONE, None),
        (("", ""), ("", ""), date(2027, 2, 23), OPEN, Reason.PROJECTION),
    ],
)  # fmt: skip
def test_absence_of_a_link_needs_a_whole_path_in_the_eea(
    tmp_path, change, offer, day, verdict, reason
):
    reach = load([example(tmp_path, change, offer)]).reach_of("example", day)
    assert reach.verdict is verdict
    assert (reach.reason.reason if reach.reason else None) is reason
    assert bool(reach.doubts) is (verdict is OPEN)


@pytest.mark.parametrize(
    ("day", "seats", "verdict"),
    [
        (date(2026, 5, 31), ["FR", "DE", "US"], LINKED),
        (date(2026, 6, 1), ["FR", "DE"], NONE),
        (date(2025, 4, 30), ["FR", "DE"], NONE),
    ],
)
def test_owners_are_dated(tmp_path, day, seats, verdict):
    other = (
        '}, { entity = "amazon-com-inc", since = 2025-05-01, until = 2026-05-31, '
        'source = "registers", confidence = "secondary" }]'
    )
    dated = ("}]\nsource", other + "\nsource")
    since = ('provider = "example"', 'provider = "example"\nsince = 2020-01-01')
    overlay(tmp_path, "countries", MEMBERS)
    facts = load([example(tmp_path, dated, since)])
    reach = facts.reach_of("example", day)
    known = [entity.seat for entity in reach.path if isinstance(entity.seat, str)]
    assert known == [seat for seat in seats if seat != "US"]
    assert any(isinstance(entity.seat, Unknown) for entity in reach.path) is ("US" in seats)


MEMBERS = """
[LI]
name = { fr = "Liechtenstein", en = "Liechtenstein" }
member = [{ of = "EEA", since = 2018-07-20 }]
source = { document = "efta", retrieved = 2026-11-22 }
confidence = "secondary"
"""


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(date(2018, 6, 11), None), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
)
def test_law_that_ended_reaches_no_more(tmp_path, day, in_force):
    overlay(tmp_path, "laws", LAW)
    facts = load([example(tmp_path, there('["CA-ORDER"]'))])
    reach = facts.reach_of("example", day)
    assert [law.in_force for law in reach.laws] == ([] if in_force is None else [in_force])
    assert (reach.verdict is LINKED) is (in_force is True)


def test_offer_without_a_company_shows_its_owners(facts):
    (step,) = facts.reach_of("aws-iso", TODAY).path
    assert (step.name, step.seat, step.link) == ("Amazon.com, Inc.", "US", Link.OWNS)


@pytest.mark.parametrize(
    ("offer", "region", "law"),
    [
        ("aws-iso", "eu-isoe-west-1", "UK-IPA"),
        ("ovhcloud", "uk", "UK-IPA"),
        ("ovhcloud", "bhs", "CA-LAWFUL-ACCESS"),
        ("outscale", "us-east-2", "US-CLOUD-ACT"),
        ("scaleway", "fr-par", None),
    ],
)
def test_law_of_the_site_reaches_what_is_there(facts, offer, region, law):
    reach = facts.reach_of(offer, TODAY, region)
    assert (law in {w.law for w in reach.laws}) is (law is not None)
    assert (reach.verdict is LINKED) is (law is not None)


def test_laws_derived_hold_all_that_the_sources_list(facts):
    for id, offer in facts.table("offers").items():
        regions = ["", *facts.table("regions").get(id, {})]
        found = {w.law for r in regions for w in facts.reach_of(id, TODAY, r).laws}
        assert set(offer["laws_listed"]) <= found, id


def test_export_controls_are_told_and_link_nothing(facts):
    reach = facts.reach_of("bleu", TODAY)
    assert [(w.law, w.data_access) for w in reach.laws] == [("LOCAL-US-EXPORT-CONTROLS", False)]
    assert reach.verdict is OPEN


@pytest.mark.parametrize(
    ("host", "offer"),
    [
        ("s3.eu-west-3.amazonaws.com", "aws"),
        ("s3.eusc-de-east-1.amazonaws.eu", "aws-european-sovereign-cloud"),
        ("s3.cn-north-1.amazonaws.com.cn", "aws-china"),
        ("storage.s3nsapis.fr", "s3ns"),
        ("storage.googleapis.com", "gcp"),
        ("management.sovcloud-api.fr", "bleu"),
        ("management.sovcloud-api.de", "delos-cloud"),
        ("blob.core.windows.net", "azure"),
        ("blob.core.usgovcloudapi.net", "azure-government"),
        ("blob.core.chinacloudapi.cn", "azure-china-21vianet"),
        ("objectstorage.eu-frankfurt-2.oraclecloud.eu", "oracle-eu-sovereign"),
        ("OOS.eu-west-2.OUTSCALE.com.", "outscale"),
        ("api.us.ovh.us", "ovhcloud-us"),
    ],
)
def test_variants_are_told_apart_by_their_names(facts, host, offer):
    assert facts.offer_at(host) == offer
    assert facts.offer_at(f"{host}.example.org") != offer


def test_host_of_the_same_company_is_no_company_unread(tmp_path):
    """An offer that runs on another of its own company has one path, and no doubt about it."""
    overlay(tmp_path, "offers", OFFER.replace("[example]", "[below]"), "below.toml")
    hosted = AFTER_SEAT + 'hosts = [{ offer = "below" }]\n'
    facts = load([example(tmp_path, offer=(AFTER_SEAT, hosted))])
    reach = facts.reach_of("example", TODAY)
    assert (reach.verdict, reach.doubts) == (NONE, ())
    assert "user:offers:below" in reach.facts


def test_laws_of_a_country_are_found_by_its_other_codes(facts):
    assert facts.laws_of("UK") == facts.laws_of("GB") != ()
