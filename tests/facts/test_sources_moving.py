"""Faithfulness: where data can move and what leaving costs, word for word as first written."""

import json
import re
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest
import yaml

from auditor.facts import load

from .days import FACTS

SHARED = Path(__file__).parents[3] / "shared" / "facts"
pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the researchers' files lie beside the repository, not in it"
)
KINDS = ("alternatives", "prices", "switching")
OURS = {  # what a source says of its own files, said of our kinds
    "(see providers.yaml)": "(see guarantees)",
    "see legal_bases.yaml": "see texts",
    "in legal_bases.yaml": "in texts",
    "after this file": "after 2026-11-22",
}


def read(name):
    if not SHARED.exists():
        return {}
    return yaml.safe_load((SHARED / f"{name}.yaml").read_text("utf-8"))


MOVES = {row["id"]: row for row in read("alternatives").get("categories", ())}
COSTS = read("egress")
LAW = {row["id"]: row for row in COSTS.get("data_act", ())}
PROGRAMMES = {row["id"]: row for row in COSTS.get("programmes", ())}


def price_id(*parts):
    return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")


EGRESS = {
    price_id(row["provider"], row["region"], row["item"]): row
    for row in COSTS.get("egress_prices", ())
}
STORAGE = {
    price_id(row["provider"], row["item"]): row
    for row in COSTS.get("storage_prices_for_dual_running", ())
}


@pytest.fixture(scope="module")
def facts():
    return load()


def told(text):
    for theirs, ours in OURS.items():
        text = text.replace(theirs, ours)
    return text


def english(value):
    """A fact in English only, its days as text: what a row of the source can be held against."""
    if isinstance(value, dict):
        return (
            value["en"] if set(value) == {"fr", "en"} else {k: english(v) for k, v in value.items()}
        )
    if isinstance(value, list):
        return [english(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def expected(row, **changed):
    """A row of the source as our fact must tell it: nothing less, nothing more."""
    document, day = told(row["source"]), row["as_of"]
    urls = re.findall(r"https?://\S+", document)
    source = {"document": document} | ({"url": urls[0]} if len(urls) == 1 else {})
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    source |= {"retrieved": day} if whole else {"retrieved": "2026-11-22", "as_of": day}
    names = {"provider": "offer", "date": "since", "from_date": "since"}
    dropped = {"id", "as_of", "to_date"}
    kept = {names.get(k, k): v for k, v in row.items() if k not in dropped}
    kept |= {"fact": told(row["fact"])} if "fact" in row else {}
    return kept | {"source": source} | changed


def texts(value):
    """Every text in both languages below a fact."""
    if isinstance(value, dict) and set(value) == {"fr", "en"}:
        yield value
    elif isinstance(value, dict | list):
        below = value.values() if isinstance(value, dict) else value
        yield from chain.from_iterable(map(texts, below))


def offers(value):
    """Every offer named below a fact."""
    if isinstance(value, dict | list):
        below = value.values() if isinstance(value, dict) else value
        yield from chain.from_iterable(map(offers, below))
    if isinstance(value, dict) and "offer" in value:
        yield value["offer"]


def test_the_sources_are_all_there_and_nothing_else(facts):
    assert set(facts.table("alternatives")) == set(MOVES)
    assert set(facts.table("switching")) == set(LAW) | set(PROGRAMMES)
    assert set(facts.table("prices")) == set(EGRESS) | set(STORAGE) | {"estimator"}
    assert (len(LAW), len(PROGRAMMES), len(MOVES)) == (10, 9, 16)
    assert len(EGRESS) == len(COSTS["egress_prices"]) == 12
    assert len(STORAGE) == len(COSTS["storage_prices_for_dual_running"]) == 8


@pytest.mark.parametrize("id", MOVES)
def test_a_kind_of_store_can_go_where_its_source_says(facts, id):
    row = dict(MOVES[id])
    assert row.pop("id") == id
    for rows in ("alternatives", "tools", "dated_facts"):
        if rows in row:
            row[rows] = [expected(r) for r in row[rows]]
    assert english(facts.table("alternatives")[id]) == row


@pytest.mark.parametrize("id", LAW)
def test_the_law_on_switching_says_what_its_source_says(facts, id):
    fact = english(facts.table("switching")[id])
    text = "DIGITAL-OMNIBUS" if "DIGITAL-OMNIBUS" in LAW[id]["source"] else "DATA-ACT"
    assert text in facts.table("texts")
    changed = {"text": text}
    if "to_date" in LAW[id]:  # our days are inclusive: the first day without charge is no part
        last = date.fromisoformat(LAW[id]["to_date"]) - timedelta(days=1)
        changed |= {"until": last.isoformat(), "note": fact["note"]}
        assert f"to {LAW[id]['to_date']}" in fact["note"]
        assert facts.table("switching")["DA-29-zero"]["since"] - timedelta(days=1) == last
    assert fact == expected(LAW[id], **changed)


@pytest.mark.parametrize("id", PROGRAMMES)
def test_a_programme_is_what_its_source_says(facts, id):
    assert english(facts.table("switching")[id]) == expected(PROGRAMMES[id])


@pytest.mark.parametrize("id", EGRESS)
def test_a_price_of_data_that_leave_is_the_sources_own(facts, id):
    row = dict(EGRESS[id])
    regions = row.pop("region").split(", ")
    price = expected(row, kind="egress", regions=regions)
    assert english(facts.table("prices")[id]) == price


@pytest.mark.parametrize("id", STORAGE)
def test_a_price_of_storage_is_the_sources_own(facts, id):
    assert english(facts.table("prices")[id]) == expected(STORAGE[id], kind="storage")


def test_the_estimator_is_the_sources_own(facts):
    fact = english(facts.table("prices")["estimator"])
    for example in fact["examples"]:
        item = example.pop("item", None)
        example["provider"] = example.pop("offer") + (f" ({item})" if item else "")
    assert fact == expected(COSTS["estimator"], kind="estimate")


def test_the_vocabulary_is_the_sources_own(facts):
    file = FACTS.parents[1] / "schemas" / "facts" / "alternatives.json"
    row = json.loads(file.read_text("utf-8"))["$defs"]["alternative"]["properties"]
    for which, words in read("alternatives")["vocabulary"].items():
        ours = facts.table("words")[f"alternatives_{which}"]
        assert {value: entry["en"] for value, entry in ours.items()} == words
        assert row[which]["enum"] == list(words)


@pytest.mark.parametrize("kind", KINDS)
def test_every_offer_and_decision_that_is_named_is_there(facts, kind):
    providers = read("providers")
    named = set(offers(dict(facts.table(kind))))
    assert named
    assert named <= {row["id"] for row in providers["providers"]}
    decisions = {row["id"] for row in providers["secnumcloud_decisions"]}
    for entry in facts.table(kind).values():
        rows = entry.get("alternatives", ())
        assert {row["decision"] for row in rows if "decision" in row} <= decisions


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_well_set(facts, kind):
    found = list(texts(dict(facts.table(kind))))
    assert found
    for text in found:
        assert not re.search(r" [:;?!»%]|« |'", text["fr"]), text
        assert not re.search(r"[^\s\u202f\u00a0/\d][:;?!»](?:\s|$)", text["fr"]), text
        assert not re.search("[\u202f\u00a0]", text["en"]), text
