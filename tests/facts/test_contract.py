"""Contracts: every fact is sourced and sure by a known word; what is not is told with its cure."""

import json
import tomllib
from pathlib import Path

import pytest

from auditor.errors import FactsError
from auditor.facts import load
from auditor.facts.contract import check

from .days import FACTS, overlay

FILES = sorted(FACTS.glob("**/*.toml"))
SCHEMAS = FACTS.parents[1] / "schemas" / "facts"
GOOD = """
[example.osl-1]
country = "NO"
since = 2023-01-15
source = "regions-page"
confidence = "secondary"

[sources.regions-page]
url = "https://example.com/regions"
locator = "table 1"
retrieved = 2026-01-10
"""


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(FACTS)))
def test_our_own_facts_keep_their_contracts(file: Path) -> None:
    kind = "edition" if file.parent == FACTS else file.parent.name
    check(kind, file, tomllib.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("kind", sorted({f.parent.name for f in FILES if f.parent != FACTS}))
def test_our_own_facts_name_sources_that_are_there(kind: str) -> None:
    assert load().table(kind)


def test_every_law_and_text_that_is_named_is_there() -> None:
    facts = load()
    for id, offer in facts.table("offers").items():
        assert set(offer["laws"]) <= set(facts.table("laws")), id
    for id, law in facts.table("laws").items():
        assert law.get("text", "GDPR") in facts.table("texts"), id
    for id, rule in facts.table("rules").items():
        assert set(rule["legal_basis"]) <= set(facts.table("texts")), id
    for kind in ("countries", "adequacy"):
        for id, fact in facts.table(kind).items():
            assert fact.get("history", "EEA-GDPR") in facts.table("history"), id


def test_no_two_countries_and_no_two_offers_answer_to_one_name() -> None:
    countries, offers = load().table("countries"), load().table("offers")
    names = [*countries, *(a for c in countries.values() for a in c.get("aliases", ()))]
    parts = [(o["provider"], p) for o in offers.values() for p in o["detect"]["partitions"]]
    assert len(names) == len(set(names))
    assert len(parts) == len(set(parts))


@pytest.mark.parametrize(
    ("change", "told", "hint"),
    [
        (('source = "regions-page"\n', ""), "example.osl-1: source is missing", "no source"),
        (('"regions-page"', '"page"'), "'page' is not among the sources", "[sources.page]"),
        (("retrieved = 2026-01-10\n", ""), "sources.regions-page: retrieved is missing", "url or"),
        (('url = "https://example.com/regions"\n', ""), "sources.regions-page", "url or document"),
        (('"secondary"', '"sure"'), "example.osl-1.confidence: expected one of", "primary_read"),
        (('confidence = "secondary"\n', ""), "confidence is missing", ""),
        (("2023-01-15", '"2023-01-15"'), "example.osl-1.since: expected a date", "without quotes"),
        (("2026-01-10", '"2026-01-10"'), "retrieved: expected a date", "without quotes"),
        (("since", "sinse"), "sinse is no key of this fact", "a region needs"),
        (('"NO"', "false"), "example.osl-1.country: expected string, found bool", "two capitals"),
        (('"NO"', '"Norway"'), "example.osl-1.country", "two capitals"),
        (('country = "NO"\n', ""), "country is missing", "a region needs"),
        (('"NO"', "NO"), "ours.toml", "valid TOML"),
    ],
)
def test_users_fact_against_its_contract_is_told_with_its_cure(tmp_path, change, told, hint):
    assert change[0] in GOOD
    folder = overlay(tmp_path, "regions", GOOD.replace(*change))
    with pytest.raises(FactsError) as caught:
        load([folder])
    assert str(folder / "regions" / "ours.toml") in str(caught.value)
    assert told in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "told"),
    [("regoins", "regoins is no kind of fact"), (".", "facts lie one folder lower")],
)
def test_users_folder_that_is_no_kind_is_told(tmp_path, kind, told):
    with pytest.raises(FactsError, match=told) as caught:
        load([overlay(tmp_path, kind, GOOD)])
    assert "regions" in caught.value.hint


def test_users_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FactsError, match="no such folder"):
        load([tmp_path / "nowhere"])


def test_schemas_are_schemas_each_with_its_own_name() -> None:
    from jsonschema import Draft202012Validator

    schemas = {file.stem: json.loads(file.read_text("utf-8")) for file in SCHEMAS.glob("*.json")}
    kinds = {f.parent.name for f in FILES if f.parent != FACTS}
    assert kinds | {"edition"} <= set(schemas)
    shared: dict[str, object] = {}
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"urn:health-residency-auditor:schema:facts-{name}:1"
        for definition, body in schema.get("$defs", {}).items():
            if definition in ("confidence", "source", "words", "country", "day"):
                assert shared.setdefault(definition, body) == body, (name, definition)
