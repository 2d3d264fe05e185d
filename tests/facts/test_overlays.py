"""Users' own facts: they replace or add, and are always shown as theirs."""

from datetime import date
from typing import Any

import pytest

from auditor.errors import FactsError
from auditor.facts import Facts, load
from auditor.model import Confidence, Reached, Reason

from .days import TODAY, overlay
from .test_contract import GOOD
from .test_reach import example


def place_of(facts: Facts, offer: str, region: str, day: date = TODAY) -> Any:
    """The one place of a region, or why it is not known."""
    (place,) = facts.places_of(offer, region, day)
    return place


PARIS = """
[aws.eu-west-3]
country = "BE"
source = { document = "letter of the provider", retrieved = 2026-11-01 }
confidence = "primary_read"
"""


def test_fact_of_ones_own_is_cited_as_such(tmp_path):
    facts = load([overlay(tmp_path, "regions", GOOD)])
    place = place_of(facts, "example", "osl-1")
    assert (place.country, place.in_eu, place.in_eea) == ("NO", False, True)
    assert place.facts == ("user:regions:example/osl-1", "countries:NO")
    assert facts.overlays == ("regions:example/osl-1",)
    assert facts.get(place.facts[0])["country"] == "NO"


def test_fact_of_ones_own_replaces_ours_and_only_that_one(tmp_path):
    facts = load([overlay(tmp_path, "regions", PARIS)])
    paris, dublin = place_of(facts, "aws", "eu-west-3"), place_of(facts, "aws", "eu-west-1")
    assert (paris.country, paris.facts[0]) == ("BE", "user:regions:aws/eu-west-3")
    assert (dublin.country, dublin.facts[0]) == ("IE", "regions:aws/eu-west-1")
    assert "city" not in facts.get("aws/eu-west-3")


def test_offer_of_ones_own_is_marked_in_its_reach(tmp_path):
    facts = load([example(tmp_path)])
    reach = facts.reach_of("example", TODAY)
    assert reach.verdict is Reached.NO_KNOWN_LINK
    assert reach.facts == (
        "user:offers:example",
        "user:entities:example-sas",
        "user:entities:example-holding",
    )
    assert reach.confidence is Confidence.FAIR


def test_one_overlay_leaves_another_loading_untouched(tmp_path):
    load([overlay(tmp_path, "regions", PARIS)])
    assert place_of(load(), "aws", "eu-west-3").country == "FR"
    assert load().overlays == ()


def test_fact_read_after_the_edition_is_known_to_its_own_day(tmp_path):
    later = PARIS.replace("2026-11-01", "2027-03-01")
    facts = load([overlay(tmp_path, "regions", later)])
    assert place_of(facts, "aws", "eu-west-3", date(2027, 2, 28)).reason is Reason.UNCATALOGUED
    assert place_of(facts, "aws", "eu-west-3", date(2027, 3, 1)).country == "BE"


@pytest.mark.parametrize("id", ["GDPR", "texts:GDPR", "laws:US-CLOUD-ACT", "aws/eu-west-3", "FR"])
def test_every_fact_is_shown_by_its_id(id):
    assert load().get(id)["source"]["retrieved"]


@pytest.mark.parametrize("id", ["", "GDPR2", "laws:GDPR", "nothing:GDPR"])
def test_fact_that_is_not_there_is_told(id):
    with pytest.raises(FactsError, match="no such fact"):
        load().get(id)


def test_ids_are_each_found_again():
    facts = load()
    ids = list(facts.ids())
    assert len(ids) == len(set(ids))
    assert all(facts.get(f"{kind}:{id}") is not None for kind, id in ids)


def test_what_a_doubt_is_about_is_the_fact_that_it_names(tmp_path):
    facts = load([example(tmp_path)])
    for detail, fact in {
        "entities:example-sas.owners": "user:entities:example-sas",
        "texts:SECNUMCLOUD-3.2": "texts:SECNUMCLOUD-3.2",
        "laws:US-FISA-702 2026-06-12": "laws:US-FISA-702",
        "s3:GetBucketPolicy": "",
        "regions:aws": "",  # a group of facts is none
        "region: eu-west-3": "",
        "eu-west-3": "",
    }.items():
        assert facts.about(detail) == fact, detail
