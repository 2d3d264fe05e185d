"""Places: which country a region is, what that country is to the Union, on a given day."""

from datetime import date
from typing import Any

import pytest

from auditor.facts import Facts, load
from auditor.model import Confidence, Place, Reason, Role, Unknown

from .days import EVE, READ, TODAY, overlay

GB_END = date(2031, 12, 27)
REVIEW = date(2027, 2, 22)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load()


def place_of(facts, offer, region, day, role=Role.PRIMARY):
    (place,) = facts.places_of(offer, region, day, role)
    return place


@pytest.mark.parametrize(
    ("offer", "region", "country", "in_eu", "in_eea", "adequate"),
    [
        ("aws", "eu-west-3", "FR", True, True, False),
        ("aws", "eu-west-1", "IE", True, True, False),
        ("aws", "EU", "IE", True, True, False),
        ("aws", "eu-west-2", "GB", False, False, True),
        ("aws", "eu-central-2", "CH", False, False, True),
        ("aws", "us-east-1", "US", False, False, False),
        ("aws", "aws-global", "US", False, False, False),
        ("aws", "ap-south-1", "IN", False, False, False),
        ("aws", "ca-central-1", "CA", False, False, Unknown(Reason.UNTOLD, "adequacy:32002D0002")),
        ("aws", "il-central-1", "IL", False, False, Unknown(Reason.UNTOLD, "adequacy:32011D0061")),
        ("aws-european-sovereign-cloud", "eusc-de-east-1", "DE", True, True, False),
        ("aws-china", "cn-north-1", "CN", False, False, False),
        ("aws-govcloud", "us-gov-west-1", "US", False, False, False),
        ("aws-iso", "eu-isoe-west-1", "GB", False, False, True),
    ],
)
@pytest.mark.parametrize("day", [READ, TODAY, REVIEW])
def test_region_is_in_its_country(facts, offer, region, day, country, in_eu, in_eea, adequate):
    place = place_of(facts, offer, region, day, Role.BACKUP)
    assert isinstance(place, Place)
    assert (place.country, place.in_eu, place.in_eea) == (country, in_eu, in_eea)
    assert place.adequate == adequate
    assert (place.region, place.role, place.established) == (region, Role.BACKUP, True)


@pytest.mark.parametrize(
    ("offer", "region"),
    [
        ("aws", "eu-west-9"),
        ("aws", ""),
        ("aws", "eusc-de-east-1"),  # a region of another offer
        ("aws-european-sovereign-cloud", "eu-west-3"),
        ("nobody", "eu-west-3"),
        ("aws", "eu-west-3a"),  # a prefix is no country
    ],
)
def test_region_without_a_fact_is_unknown(facts, offer, region):
    unknown = Unknown(Reason.UNCATALOGUED, f"{offer}/{region}")
    assert facts.places_of(offer, region, TODAY) == (unknown,)


@pytest.mark.parametrize(
    ("day", "known"),
    [(EVE, False), (READ, True), (date(2020, 1, 1), False), (date(2040, 1, 1), True)],
)
def test_region_without_a_first_day_is_known_from_the_day_it_was_read(facts, day, known):
    place = place_of(facts, "aws", "eu-west-3", day)
    assert isinstance(place, Place) is known
    assert known or place == Unknown(Reason.UNCATALOGUED, "aws/eu-west-3")


@pytest.mark.parametrize(
    ("region", "day", "adequate"),
    [
        ("eu-west-2", GB_END, True),  # the last day is included
        ("eu-west-2", date(2031, 12, 28), Unknown(Reason.PROJECTION, "2031-12-27")),
        ("eu-central-2", REVIEW, True),
        ("eu-central-2", date(2027, 2, 23), Unknown(Reason.PROJECTION, "2027-02-22")),
        ("us-east-1", date(2027, 2, 23), False),  # it never was adequacy of the country
    ],
)
def test_adequacy_of_a_later_day_is_a_projection_with_the_date_to_watch(
    facts, region, day, adequate
):
    place = place_of(facts, "aws", region, day)
    assert isinstance(place, Place)
    assert place.adequate == adequate


@pytest.mark.parametrize(
    ("code", "day", "in_eu", "in_eea", "adequate", "sure"),
    [
        ("GB", date(2020, 1, 31), True, True, False, Confidence.WEAK),
        ("GB", date(2020, 2, 1), False, False, True, Confidence.WEAK),  # transition
        ("GB", date(2021, 6, 27), False, False, True, Confidence.WEAK),  # bridge
        ("UK", date(2021, 6, 28), False, False, True, Confidence.WEAK),
        ("UK", READ, False, False, True, Confidence.FAIR),
        ("NO", READ, False, True, False, Confidence.FAIR),
        ("NO", date(2018, 7, 20), False, True, False, Confidence.FAIR),
        ("EL", READ, True, True, False, Confidence.FAIR),
        ("FR", date(2019, 12, 1), True, True, False, Confidence.FAIR),
        ("HR", date(2013, 12, 31), True, True, False, Confidence.FAIR),
        ("IN", EVE, False, False, False, Confidence.FAIR),
        ("EU", READ, True, True, False, Confidence.FAIR),
    ],
)
def test_country_as_of_a_day(facts, code, day, in_eu, in_eea, adequate, sure):
    country = facts.country(code, day)
    assert (country.in_eu, country.in_eea, country.adequate) == (in_eu, in_eea, adequate)
    assert country.confidence is sure


@pytest.mark.parametrize(
    ("code", "day", "reason"),
    [
        ("NO", date(2018, 7, 19), Reason.UNCATALOGUED),  # the GDPR was not yet in force there
        ("FR", date(1958, 12, 30), Reason.UNCATALOGUED),
        ("HR", date(2013, 12, 30), Reason.UNCATALOGUED),  # only the year was read
        ("IN", date(1995, 12, 30), Reason.UNCATALOGUED),
        ("ZZ", READ, Reason.UNCATALOGUED),
        ("", READ, Reason.UNCATALOGUED),
        ("RE", READ, Reason.WEAK),  # a territory: a lawyer first
        ("GL", READ, Reason.WEAK),
        ("SJ", READ, Reason.WEAK),
        ("NC", READ, Reason.WEAK),
    ],
)
def test_country_that_we_cannot_tell(facts, code, day, reason):
    country = facts.country(code, day)
    for answer in (country.in_eu, country.in_eea, country.adequate):
        assert isinstance(answer, Unknown)
        assert answer.reason is reason


def test_territory_never_clears_a_region(tmp_path):
    facts = load([overlay(tmp_path, "regions", OPEN.replace("FR", "RE"))])
    assert facts.places_of("example", "reu-1", TODAY) == (Unknown(Reason.WEAK, "countries:RE"),)


REGION = """
[example.reu-1]
country = "FR"
since = 2024-01-15
until = 2026-06-30
source = { url = "https://example.com/regions", locator = "table 1", retrieved = 2026-07-10 }
confidence = "medium"
"""
OPEN = REGION.replace("until = 2026-06-30\n", "")


@pytest.mark.parametrize(
    ("until", "day", "place"),
    [
        ("2026-12-31", date(2024, 1, 14), Unknown(Reason.UNCATALOGUED, "example/reu-1")),
        ("2026-06-30", date(2026, 7, 1), Unknown(Reason.UNCATALOGUED, "example/reu-1")),
        ("2026-12-31", date(2027, 1, 1), Unknown(Reason.PROJECTION, "2026-12-31")),
    ],
)
def test_region_outside_its_days_is_unknown(tmp_path, until, day, place):
    facts = load([overlay(tmp_path, "regions", REGION.replace("2026-06-30", until))])
    assert facts.places_of("example", "reu-1", day) == (place,)


def test_weakest_fact_used_decides_and_a_weak_place_is_not_established(tmp_path):
    weak = OPEN.replace("medium", "low")
    facts = load([overlay(tmp_path, "regions", weak)])
    place = place_of(facts, "example", "reu-1", TODAY)
    assert (place.country, place.confidence, place.established) == ("FR", Confidence.WEAK, False)


def test_multi_region_is_all_its_countries(tmp_path):
    several = """
[example.EUR5]
service = "storage"
kind = "dual_region"
countries = ["BE", "GB"]
source = { document = "bucket locations", retrieved = 2026-11-22 }
confidence = "medium"
"""
    facts = load([overlay(tmp_path, "locations", several)])
    places: list[Any] = list(facts.places_of("example", "EUR5", TODAY))
    assert [(p.country, p.in_eea) for p in places] == [("BE", True), ("GB", False)]


def test_names_are_told_in_both_languages(facts):
    assert facts.country_name("DE", "fr") == "Allemagne"
    assert facts.country_name("DE", "en") == "Germany"
    assert facts.country_name("DE", "it") == "Germany"
    assert facts.country_name("ZZ", "fr") == "ZZ"
    countries = facts.table("countries")
    told = {r["country"] for rows in facts.table("regions").values() for r in rows.values()}
    assert told <= set(countries)
    assert all(entry["name"]["fr"] and entry["name"]["en"] for entry in countries.values())
