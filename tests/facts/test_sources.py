"""Faithfulness: the facts say what their first sources say, and never more surely."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from auditor.facts import load
from auditor.model import Confidence

SHARED = Path(__file__).parents[3] / "shared" / "facts"
pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the researchers' files lie beside the repository, not in it"
)
LEVEL = {
    Confidence.STRONG: {"primary_read", "primary_partial", "high"},
    Confidence.FAIR: {"secondary", "medium"},
    Confidence.WEAK: {"memory", "low"},
}
RANK = {word: -n for n, words in enumerate(LEVEL.values()) for word in words}


@pytest.fixture(scope="module")
def facts():
    return load()


def read(name):
    return yaml.safe_load((SHARED / f"{name}.yaml").read_text("utf-8"))


def offers():
    return [p for p in read("providers")["providers"] if p["id"].startswith("aws")]


def test_scale_of_confidence_is_the_sources_own(facts):
    for confidence, words in LEVEL.items():
        for word in words:
            assert facts.edition_facts.scale[word] is confidence


def test_regions_are_all_there_in_their_countries(facts):
    rows = [r for r in read("regions")["regions"] if r["provider"].startswith("aws")]
    ours = {(o, r): row for o, rs in facts.table("regions").items() for r, row in rs.items()}
    assert set(ours) == {(r["provider"], r["id"]) for r in rows}
    for row in rows:
        fact = ours[row["provider"], row["id"]]
        country = facts.country(fact["country"], facts.edition_day)
        assert (fact["country"], fact["partition"]) == (row["country"], row["partition"])
        assert (country.in_eu, country.in_eea) == (row["eu"], row["eea"])
        assert RANK[fact["confidence"]] <= RANK[row["confidence"]]


def test_other_locations_are_all_there(facts):
    rows = [r for r in read("regions")["multi_locations"] if r["provider"] == "aws"]
    ours = facts.table("locations")["aws"]
    assert {r["id"]: r["countries"] for r in rows} == {id: r["countries"] for id, r in ours.items()}
    assert all(RANK[ours[r["id"]]["confidence"]] <= RANK[r["confidence"]] for r in rows)


def test_countries_are_the_members_and_no_others(facts):
    members = read("adequacy")["eea_members"]
    day = facts.edition_day
    known = {code: facts.country(code, day) for code in facts.table("countries")}
    assert {c for c, k in known.items() if k.in_eu is True} == {m["code"] for m in members["eu"]}
    assert {c for c, k in known.items() if k.in_eea is True and k.in_eu is False} == {
        m["code"] for m in members["efta_eea"]
    }
    review = members["territories_needing_human_review"].values()
    territories = {code for codes in review if isinstance(codes, list) for code in codes}
    assert {c for c, k in known.items() if not isinstance(k.in_eea, bool)} == territories
    for member in (*members["eu"], *members["efta_eea"]):
        name = facts.table("countries")[member["code"]]["name"]
        assert (name["fr"], name["en"]) == (member["name_fr"], member["name_en"])


def test_decisions_are_all_there_with_their_days_and_scope(facts):
    source = read("adequacy")
    ours = facts.table("adequacy")
    for row in source["adequacy_decisions"]:
        fact = ours[str(row["celex"])]
        assert (fact["country"], fact["partial"]) == (row["code"], row["partial"])
        assert fact["scope"] == {"fr": row["scope_fr"], "en": row["scope_en"]}
        assert fact["since"] == date.fromisoformat(row["adopted"])
        ends = date.fromisoformat(row["expiry"]) if row["expiry"] else None
        assert fact.get("until") == ends
        assert RANK[fact["confidence"]] <= RANK[row["confidence"]]
    for row in source["annulled_decisions"]:
        assert ours[row["celex"]]["until"] == date.fromisoformat(row["in_force_to"])
        assert RANK[ours[row["celex"]]["confidence"]] <= RANK[row["confidence"]]
    found = len(source["adequacy_decisions"]) + len(source["annulled_decisions"])
    assert len([f for f in ours.values() if f.get("history") != "UK-EU-MEMBER"]) == found


def test_laws_are_all_there_by_the_lower_of_two_confidences(facts):
    bases = {row["id"]: row["confidence"] for row in read("legal_bases")["entries"]}
    rows = read("providers")["laws"]
    ours = facts.table("laws")
    assert set(ours) == {row["id"] for row in rows}
    for row in rows:
        said = min(RANK[row["confidence"]], RANK[bases.get(row["id"], row["confidence"])])
        assert RANK[ours[row["id"]]["confidence"]] == said
        assert ours[row["id"]]["reach"] == row["reach"]


def test_texts_are_all_there(facts):
    rows = {row["id"]: row for row in read("legal_bases")["entries"]}
    ours = facts.table("texts")
    assert set(ours) == set(rows)
    for id, row in rows.items():
        assert ours[id]["title"] == {"fr": row["title_fr"], "en": row["title_en"]}
        assert str(ours[id]["date"]) == str(row["date"])
        assert ours[id]["source"].get("url") == row["url"]
        assert ours[id].get("note") == row.get("note")
        assert RANK[ours[id]["confidence"]] <= RANK[row["confidence"]]


@pytest.mark.parametrize("row", offers() if SHARED.exists() else [], ids=lambda row: row["id"])
def test_offers_have_their_owners_and_laws(facts, row):
    fact = facts.table("offers")[row["id"]]
    assert fact["laws"] == row["laws"]
    assert fact["source"]["document"] == row["source"]
    assert RANK[fact["confidence"]] <= RANK[row["confidence"]]
    chain = {entity["name"] for entity in row["parent_chain"][1:]}
    assert chain <= {entity["name"] for entity in fact["parents"]}
    assert fact["parents"][-1]["name"] == row["parent_chain"][-1]["name"]
    assert fact["parents"][-1]["seat"] == row["ultimate_parent_country"]


def test_every_offer_is_there(facts):
    assert list(facts.table("offers")) == [row["id"] for row in offers()]
