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


def test_no_two_countries_and_no_two_offers_answer_to_one_name() -> None:
    countries, offers = load().table("countries"), load().table("offers")
    names = [*countries, *(a for c in countries.values() for a in c.get("aliases", ()))]
    found = [(o["provider"], o.get("detect", {}).get("partitions", ())) for o in offers.values()]
    parts = [(provider, p) for provider, several in found for p in several]
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


COMPANY = """
[acme-sas]
name = "Acme SAS"
seat = "FR"
owners = [OWNERS]
source = { document = "trade register", locator = "extract", retrieved = 2026-01-10 }
confidence = "secondary"
"""
HOLDER = """{ entity = "NAME", capital = 60, WHEN source = "holders", confidence = "secondary" }"""
HOLDERS = """
[sources.holders]
document = "list of holders"
retrieved = 2026-01-10
"""


def held(*owners: tuple[str, str]) -> str:
    """A company with owners, each with its days."""
    several = [HOLDER.replace("NAME", name).replace("WHEN", when) for name, when in owners]
    return COMPANY.replace("OWNERS", ", ".join(several)) + HOLDERS


CIRCLE = held(("acme-holding", "")) + COMPANY.replace("acme-sas", "acme-holding").replace(
    "OWNERS", HOLDER.replace("NAME", "acme-sas").replace("WHEN", "")
)
MEMBER = """
[GB]
name = { fr = "Royaume-Uni", en = "United Kingdom" }
member = [{ of = "EU", until = 2020-01-31 }, { of = "EU", since = 2020-01-31 }]
source = { document = "treaties", retrieved = 2026-01-10 }
confidence = "secondary"
"""
DECISION = """
[anssi-again]
scheme = "secnumcloud"
state = "qualified"
offer = "outscale"
service = "IaaS Cloud on Demand"
regions = ["cloudgouv-eu-west-1"]
since = 2026-11-30
until = 2029-11-30
source = { document = "catalogue", retrieved = 2026-11-24 }
confidence = "secondary"
"""


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("regions", GOOD.replace('"NO"', '"XQ"'), "osl-1.country: XQ is not among the countries"),
        ("regions", GOOD.replace("2023-01-15", "2023-02-30"), "Invalid date"),
        ("regions", GOOD.replace("since = 2023-01-15", "since = 2023-01-15\nuntil = 2022-01-01"),
         "osl-1.until: 2022-01-01 is before 2023-01-15"),
        ("entities", CIRCLE, "owners in a circle: acme-sas → acme-holding → acme-sas"),
        ("entities", held(("orange-sa", ""), ("thales-sa", "")), "120 % are held together"),
        ("entities", held(("nobody", "")), "owners.entity: nobody is not among the entities"),
        ("entities",
         held(("orange-sa", "until = 2025-01-31,"), ("orange-sa", "since = 2025-01-31,")),
         "owners.orange-sa: two validities overlap on 2025-01-31"),
        ("countries", MEMBER, "GB.member.EU: two validities overlap on 2020-01-31"),
        ("guarantees", DECISION, "anssi-again: two validities overlap on 2026-11-30"),
        ("guarantees", DECISION.replace('"outscale"', '"outskale"'), "outskale is not among the"),
    ],
)  # fmt: skip
def test_facts_that_contradict_each_other_are_refused(tmp_path, kind, text, told):
    folder = overlay(tmp_path, kind, text)
    with pytest.raises(FactsError) as caught:
        load([folder])
    assert str(folder / kind / "ours.toml") in str(caught.value)
    assert told in str(caught.value)
    assert caught.value.hint


def test_shares_that_follow_each_other_are_not_added_up(tmp_path):
    one, other = ("orange-sa", "until = 2025-01-30,"), ("thales-sa", "since = 2025-01-31,")
    assert load([overlay(tmp_path, "entities", held(one, other))])


@pytest.mark.parametrize("where", ["one folder", "two folders"])
def test_one_id_overridden_twice_is_refused(tmp_path, where):
    first = overlay(tmp_path, "regions", GOOD)
    if where == "one folder":
        folders = [overlay(tmp_path, "regions", GOOD, "again.toml")]
        other = folders[0] / "regions" / "again.toml"
    else:
        folders = [first, overlay(tmp_path / "2", "regions", GOOD)]
        other = folders[0] / "regions" / "ours.toml"
    with pytest.raises(FactsError, match=r"regions:example/osl-1 is overridden in") as caught:
        load(folders)
    assert str(other) in str(caught.value)


def test_our_own_facts_are_checked_before_they_are_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    one = {id: load().get(id) for id in ("regions:aws/eu-west-3", "offers:azure", "CNIL-01")}
    (kept,) = (tmp_path / "health-residency-auditor").glob("facts-*.json")
    again = {id: load().get(id) for id in one}
    assert again == one
    for broken in ("{", "{}", "[1]", '{"texts": {"$day": 1}}'):  # it is made again
        kept.write_text(broken, encoding="utf-8")
        assert {id: load().get(id) for id in one} == one
        assert len(json.loads(kept.read_text("utf-8"))) > 1


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load().get("GDPR")
