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
# What was read apart from the first sources: the days from which these were so.
READ_APART = {"regions:azure/francecentral", "regions:azure/francesouth", "offers:azure"}


@pytest.fixture(scope="module")
def facts():
    return load()


def read(name):
    return yaml.safe_load((SHARED / f"{name}.yaml").read_text("utf-8"))


def rows(name, key):
    return read(name)[key] if SHARED.exists() else []


def day(value):
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def no_surer(fact, row):
    assert RANK[fact["confidence"]] <= RANK[row["confidence"]]
    if day(row.get("as_of")):
        assert fact["source"]["retrieved"] == day(row["as_of"])


def test_scale_of_confidence_is_the_sources_own(facts):
    for confidence, words in LEVEL.items():
        for word in words:
            assert facts.edition_facts.scale[word] is confidence


def test_regions_are_all_there_in_their_countries(facts):
    listed = read("regions")["regions"]
    ours = {(o, r): row for o, rs in facts.table("regions").items() for r, row in rs.items()}
    assert len(listed) == 402
    assert set(ours) == {(r["provider"], r["id"]) for r in listed}
    aside = {"provider", "id", "eu", "eea", "source", "as_of", "confidence", "note"}
    for row in listed:
        fact = ours[row["provider"], row["id"]]
        country = facts.country(fact["country"], facts.edition_day)
        assert (country.in_eu, country.in_eea) == (row["eu"], row["eea"])
        told = {k: v for k, v in row.items() if k not in aside and v is not None}
        assert {k: fact.get(k) for k in told} == told
        assert fact.get("note", {}).get("en") == row.get("note")
        assert ("since" in fact) is (
            f"regions:{row['provider']}/{row['id']}" in READ_APART
        )  # a launch day that nobody read is not written
        no_surer(fact, row)


def test_other_locations_are_all_there(facts):
    told = read("regions")["multi_locations"]
    ours = [
        (offer, id, e) for offer, es in facts.table("locations").items() for id, e in es.items()
    ]
    assert len(told) == len(ours) == 23
    for row in told:
        (fact,) = (
            e
            for offer, id, e in ours
            if (offer, e["service"]) == (row["provider"], row["service"])
            and row["id"] in (id, *e.get("aliases", ()))
        )
        if isinstance(row["countries"], list):
            assert fact["countries"] == row["countries"]
        else:
            assert fact["countries_said"]["en"] == row["countries"]
        assert fact.get("includes_non_eu") == row["includes_non_eu"]
        assert fact.get("note", {}).get("en") == row.get("note")
        assert RANK[fact["confidence"]] <= RANK[row["confidence"]]


def test_countries_are_the_members_and_no_others(facts):
    members = read("adequacy")["eea_members"]
    today = facts.edition_day
    single = {c for c, entry in facts.table("countries").items() if not entry.get("group")}
    known = {code: facts.country(code, today) for code in single}
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
        assert fact.get("until") == (date.fromisoformat(row["expiry"]) if row["expiry"] else None)
        assert RANK[fact["confidence"]] <= RANK[row["confidence"]]
    for row in source["annulled_decisions"]:
        assert ours[row["celex"]]["until"] == date.fromisoformat(row["in_force_to"])
        assert RANK[ours[row["celex"]]["confidence"]] <= RANK[row["confidence"]]
    found = len(source["adequacy_decisions"]) + len(source["annulled_decisions"])
    assert len([f for f in ours.values() if f.get("history") != "UK-EU-MEMBER"]) == found


def test_history_is_all_there(facts):
    told = {row["id"]: row for row in read("history")["entries"]}
    assert set(facts.table("history")) == set(told)
    for id, row in told.items():
        assert RANK[facts.get(f"history:{id}")["confidence"]] <= RANK[row["confidence"]]


def test_laws_are_all_there_by_the_lower_of_two_confidences(facts):
    bases = {row["id"]: row for row in read("legal_bases")["entries"]}
    foreign = {id for id, row in bases.items() if row["force"] == "foreign_law"}
    told = read("providers")["laws"]
    ours = facts.table("laws")
    assert set(ours) == {row["id"] for row in told} | foreign
    for row in told:
        other = bases.get(row["id"], row)["confidence"]
        assert RANK[ours[row["id"]]["confidence"]] == min(RANK[row["confidence"]], RANK[other])
        assert ours[row["id"]]["reach"]["en"] == row["reach"]
    for id in foreign:
        assert ours[id]["default_exposure"] == bases[id]["default_exposure"]
        assert RANK[ours[id]["confidence"]] <= RANK[bases[id]["confidence"]]


def test_texts_are_all_there(facts):
    told = {row["id"]: row for row in read("legal_bases")["entries"]}
    ours = facts.table("texts")
    assert set(ours) == set(told)
    for id, row in told.items():
        assert ours[id]["title"] == {"fr": row["title_fr"], "en": row["title_en"]}
        assert str(ours[id]["date"]) == str(row["date"])
        assert ours[id]["source"].get("url") == row["url"]
        assert ours[id].get("note") == row.get("note")
        assert RANK[ours[id]["confidence"]] <= RANK[row["confidence"]]


def test_every_offer_is_there(facts):
    told = [row["id"] for row in rows("providers", "providers")]
    assert len(told) == 99
    assert set(facts.table("offers")) == set(told)


@pytest.mark.parametrize("row", rows("providers", "providers"), ids=lambda row: row["id"])
def test_offers_are_told_as_their_sources_do(facts, row):
    fact = facts.table("offers")[row["id"]]
    assert (fact["name"], fact["kind"], fact["verdict"]) == (
        row["name"],
        row["kind"],
        row["verdict"],
    )
    assert fact["verdict_reason"]["en"] == row["verdict_reason"]
    assert fact["laws_listed"] == row["laws"]
    assert fact["snc_capital_test"] == row["snc_capital_test"]
    assert fact["secnumcloud"] == row["secnumcloud"]
    assert (fact["iso27001"], fact["c5"]) == (row["iso27001"], row["c5"])
    assert [p["said"]["en"] for p in fact.get("contested", ())] == row.get("contested", [])
    assert fact.get("technology", {}).get("said", {}).get("en") == row.get("technology_dependency")
    assert fact.get("hosting", {}).get("en") == row.get("hosting_dependency")
    assert fact.get("note", {}).get("en") == row.get("note")
    for ours, theirs in zip(
        fact.get("region_overrides", ()), row.get("region_overrides", ()), strict=True
    ):
        assert (ours["regions"], ours["reason"]["en"]) == (theirs["regions"], theirs["reason"])
    for key, value in row.get("detect", {}).items():
        parts = fact["detect"]["partitions"] if key.startswith("partition") else None
        assert set([value] if isinstance(value, str) else value) <= set(
            parts or [fact["detect"][key]]
            if isinstance(value, str)
            else parts or fact["detect"][key]
        )
    no_surer(fact, row)


@pytest.mark.parametrize("row", rows("providers", "providers"), ids=lambda row: row["id"])
def test_companies_are_those_of_the_chain_seated_where_it_says(facts, row):
    fact = facts.table("offers")[row["id"]]
    table = facts.table("entities")
    at, seen = fact.get("contracting") or fact["owner"], []
    while at:
        seen.append(table[at])
        (at,) = [o["entity"] for o in table[at].get("owners", ())] or [None]
    seats = [e.get("seat") or e["seat_said"] for e in seen]
    last = row["parent_chain"][-1]["country"]
    # companies are shared: above an offer's own chain another one's may go on, in the same country
    assert set(seats) >= {e["country"] for e in row["parent_chain"]}
    assert last in seats
    if "contracting" in fact:
        assert seats[0] == row["eu_contracting_entity"]["country"]
        assert seen[0]["name"].startswith(row["eu_contracting_entity"]["name"][:12])
    assert all(RANK[e["confidence"]] <= 0 for e in seen)
    shares = {o.get("share") for e in seen for o in e.get("owners", ())}
    assert {e["share"] for e in row["parent_chain"] if "share" in e} <= shares


def test_edges_are_no_surer_than_some_row_that_tells_them(facts):
    best: dict[str, int] = {}
    for row in read("providers")["providers"]:
        at = facts.table("offers")[row["id"]].get("contracting")
        best[row["source"]] = max(best.get(row["source"], -9), RANK[row["confidence"]])
        assert at is None or at in facts.table("entities")
    best["heise.de 2025-11, theregister.com 2025-11-27"] = RANK["high"]
    for id, entity in facts.table("entities").items():
        for edge in (entity, *entity.get("owners", ()), *entity.get("establishments", ())):
            document = edge["source"]["document"]
            if "form 10-K" not in document:
                assert RANK[edge["confidence"]] <= best[document], id


def test_qualifications_are_all_there_with_their_days_and_scope(facts):
    ours = facts.table("guarantees")
    told = read("providers")["secnumcloud_decisions"]
    assert len(told) == 15
    qualified = {id for id, e in ours.items() if e["state"] == "qualified"}
    assert qualified == {row["id"] for row in told}
    for row in told:
        fact = ours[row["id"]]
        assert (fact["offer"], fact["service"]) == (row["provider"], row["service"])
        assert (fact["types"], fact["version"]) == (row["types"], row["version"])
        assert fact.get("number") == row["decision_number"]
        assert fact.get("since") == day(row["valid_from"])
        assert fact.get("until") == day(row["valid_to"])
        assert fact["scope"]["en"] == row["scope"]
        no_surer(fact, row)


def test_services_in_progress_are_all_there(facts):
    ours = {
        e["offer"]: e for e in facts.table("guarantees").values() if e["state"] == "in_progress"
    }
    told = read("providers")["secnumcloud_in_progress"]
    assert set(ours) == {row["provider"] for row in told}
    for row in told:
        fact = ours[row["provider"]]
        assert (fact["service"], fact["scope"]["en"]) == (row["service"], row["stage"])
        assert fact["absent_from_register_on"] == day(row["absent_from_register_on"])
        no_surer(fact, row)


@pytest.mark.parametrize("row", rows("providers", "providers"), ids=lambda row: row["id"])
def test_certifications_are_told_as_their_sources_do(facts, row):
    fact, told = facts.table("guarantees")[f"hds-{row['id']}"], row["hds"]
    assert fact["state"] == told["status"]
    for key in ("version", "activities"):
        assert fact.get(key) == told.get(key)
    for key in ("scope", "gap", "note"):
        assert fact.get(key, {}).get("en") == told.get(key)
    begins = told.get("since") or told.get("valid_from")
    assert fact.get("since") == (day(begins) or (date(2024, 7, 31) if begins else None))
    assert fact.get("until") == day(told.get("valid_to"))
    no_surer(fact, {"confidence": row["confidence"], **told})
