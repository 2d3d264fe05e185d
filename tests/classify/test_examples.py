"""Every signal carries its own examples; they are tried here."""

from __future__ import annotations

import re

import pytest

from auditor.classify import Signals
from auditor.classify.words import parts_of, unaccented
from auditor.errors import FactsError
from auditor.facts import load

from .stores import SIGNALS

TABLE = load().table("signals")


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


def expressions():
    return [
        pytest.param(entry[field], id=f"{id}.{field}")
        for id, entry in sorted(TABLE.items())
        for field in ("regex", "key", "value")
        if field in entry
    ]


@pytest.mark.parametrize("expression", expressions())
def test_an_expression_runs_on_any_engine(expression):
    """Linear-time engines know no look-around and no back-reference; flags stand first."""
    assert expression.startswith("(?i)")
    assert not re.search(r"\(\?[=!<]|\\[1-9]|\(\?P=", expression)
    re.compile(expression)


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
    assert set(kinds) == set(SIGNALS.services)
