"""Every signal carries its own examples; they are tried here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import re2

from auditor.classify import Signals
from auditor.classify.content.checksums import check_of, members
from auditor.classify.content.knowledge import Knowledge
from auditor.classify.words import parts_of, unaccented
from auditor.errors import FactsError
from auditor.facts import load

from .stores import SIGNALS

TABLE = load().table("signals")
LISTS = Path(__file__).parents[2] / "auditor" / "facts" / "lists"


def family(name):
    return sorted(id for id, entry in TABLE.items() if entry["family"] == name)


def words_in(name: str) -> set[str]:
    return {s.detector.partition(":")[2] for s in SIGNALS.names(name).signals}


@pytest.mark.parametrize("id", family("names"))
def test_words_of_a_language(id):
    entry = TABLE[id]
    for name in entry["matches"]:
        assert words_in(name) & set(entry["weights"]), name
    for name in entry["ignores"]:
        assert not words_in(name), name


@pytest.mark.parametrize("id", family("tag"))
def test_tags(id):
    entry = TABLE[id]
    for key, value in entry["matches"]:
        assert id in {t.id for t in SIGNALS.tags(key, value)}, (key, value)
    for key, value in entry["ignores"]:
        assert id not in {t.id for t in SIGNALS.tags(key, value)}, (key, value)


@pytest.mark.parametrize("id", [*family("false-friend"), *family("never-alone")])
def test_false_friends(id):
    entry = TABLE[id]
    found = re.compile(entry["regex"])
    forms = [(name, (unaccented(name), " ".join(parts_of(name)))) for name in entry["matches"]]
    assert all(any(map(found.search, both)) for _, both in forms)
    assert not any(
        found.search(form)
        for name in entry["ignores"]
        for form in (unaccented(name), " ".join(parts_of(name)))
    )


EXPRESSIONS = ("regex", "key", "value", "confirm", "definitional", "human", "name", "line",
               "member", "table_regex")  # fmt: skip


def expressions():
    return [
        pytest.param(entry[field], id=f"{id}.{field}")
        for id, entry in sorted(TABLE.items())
        for field in EXPRESSIONS
        if field in entry
    ]


@pytest.mark.parametrize("expression", expressions())
def test_an_expression_runs_on_any_engine(expression):
    """Linear-time engines know no look-around and no back-reference; flags stand first."""
    assert not re.search(r"\(\?[=!<]|\\[1-9]|\(\?P=", expression)
    re2.compile(expression)


KNOWN = Knowledge.of(load())


@pytest.mark.parametrize("id", family("identifier"))
def test_numbers_codes_and_cues(id):
    one = next(i for i in (*KNOWN.identifiers, *KNOWN.cues) if i.id == id)
    check = check_of(one.check) if one.check else None
    assert (check is None) == (not one.check)  # a check that is named is at hand
    found = re2.compile(one.regex).search if one.is_cue else one.whole.match
    for value in TABLE[id]["matches"]:
        assert found(value), value
        assert check is None or check(value), value
    for value in TABLE[id]["ignores"]:
        assert not found(value) or (check is not None and not check(value)), value


@pytest.mark.parametrize("id", [i for i in family("format") if "matches" in TABLE[i]])
def test_formats(id):
    entry = TABLE[id]
    found = re2.compile(entry["regex"])
    confirm = re2.compile(entry.get("confirm", ""))
    for text in entry["matches"]:
        assert found.search(text), text
        assert confirm.search(text), text
    for text in entry["ignores"]:
        assert not (found.search(text) and confirm.search(text)), text


@pytest.mark.parametrize("id", family("columns"))
def test_words_of_columns(id):
    entry = TABLE[id]
    for name in entry["matches"]:
        assert SIGNALS.headings.word_of(name, entry["axis"]), name
    for name in entry["ignores"]:
        assert SIGNALS.headings.word_of(name, entry["axis"]) is None, name


@pytest.mark.parametrize("id", family("anti"))
def test_words_against(id):
    entry = TABLE[id]
    for name in entry["matches"]:
        assert SIGNALS.headings.against(entry["kind"], [parts_of(name)]), name
    for name in entry["ignores"]:
        assert not SIGNALS.headings.against(entry["kind"], [parts_of(name)]), name


@pytest.mark.parametrize("id", family("stem"))
def test_how_words_are_made(id):
    expression, _ = KNOWN.stems[TABLE[id]["role"]]
    for word in TABLE[id]["matches"]:
        assert expression.match(word), word
    for word in TABLE[id]["ignores"]:
        everyday = KNOWN.stems["everyday"][0].match(word)
        assert everyday or not expression.match(word), word


def test_every_list_has_its_source_and_licence():
    files = {p.name.removesuffix(".txt.gz") for p in LISTS.glob("*.txt.gz")}
    assert files == {TABLE[id]["file"] for id in family("list")}
    assert all(len(members(name)) > 500 for name in files)


@pytest.mark.parametrize("id", family("schema"))
def test_a_data_model_is_known_by_enough_of_it(id):
    entry = TABLE[id]
    told = entry.get("columns") or entry.get("tables")
    if told is None:
        return  # by an expression of its tables
    most = [*entry.get("must_include", ()), *told]
    model = next(m for m in SIGNALS.headings.models if m.id == id)
    assert model.found({name.lower() for name in most})
    assert not model.found({told[0].lower()})


def test_a_users_patient_number_counts_with_its_examples():
    theirs = {
        "family": "identifier", "kind": "patient_id", "regex": r"CHX\d{6}", "check": "luhn-11",
        "axes": {"H": 1.0, "P": 2.5}, "random": 0.1, "context": ["chx"],
        "matches": ["CHX123456"], "ignores": ["CH1"],
    }  # fmt: skip
    known = Knowledge.of(Overlaid(**theirs))
    assert any(i.id == "theirs" and i.whole.match("CHX123456") for i in known.identifiers)


class Overlaid:
    """The facts, with one signal of a user."""

    def __init__(self, **entry):
        self.entry = entry

    def table(self, name):
        return {**TABLE, "theirs": self.entry}


def test_a_users_expression_that_is_none_is_told():
    theirs = {"family": "false-friend", "regex": "(?i)(", "cancels": ["fhir"]}
    with pytest.raises(FactsError, match=r"theirs: .* is no expression"):
        Signals.of(Overlaid(**theirs))


def test_a_users_words_count():
    theirs = Signals.of(Overlaid(family="names", weights={"ambulatorio": 2.0}))
    assert theirs.names("prod-ambulatorio").total == 2.0


def test_every_service_that_is_ours_is_named_once():
    kinds = [kind for id in family("service") for kind in TABLE[id]["kinds"]]
    assert kinds
    assert len(kinds) == len(set(kinds))
    assert set(kinds) <= set(SIGNALS.services)  # and the providers’ own names of types
