"""The words of rules and reasons: there, in both languages, well set, and never a promise."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from auditor import model
from auditor.facts import load

from .cases import rules
from .tables import TABLES

FACTS = load()
WORDS = FACTS.table("words")
RULES = TABLES.rules
ROOT = Path(__file__).parents[2]
CHOICES = {
    "certainty": model.Certainty,
    "outcome": model.Outcome,
    "severity": model.Severity,
    "reached": model.Reached,
    "custody": model.Custody,
    "role": model.Role,
    "party": model.Party,
    "coverage": model.CoverageState,
    "turn": model.Turn,
    "cause": model.Cause,
    "fate": model.Fate,
    "confidence": model.Confidence,
    "category": model.Category,
    "reasons": model.Reason,
}
HOLES = {
    "text", "country", "reason", "role", "party", "custody", "day",
    "attested", "scheme", "clause", "capital",
}  # fmt: skip
PROMISES = re.compile(r"\b(compliant|(non[- ])?conformes?|ill[ée]ga\w+|validée? par)\b", re.I)


def said() -> list:
    """Every text, with its language and where it stands."""
    found = [
        (f"{choice}.{value}", lang, entry[lang])
        for choice, entries in WORDS.items()
        for value, entry in entries.items()
        for lang in ("fr", "en")
    ]
    for id, words in FACTS.rules.items():
        for name in ("title", "explanation", "advice"):
            found += [(f"{id}.{name}", k, v) for k, v in getattr(words, name).items()]
    return [pytest.param(lang, text, id=f"{where}.{lang}") for where, lang, text in found]


def test_every_rule_has_words_and_no_words_lack_a_rule():
    assert set(FACTS.rules) == set(rules())


@pytest.mark.parametrize("id", sorted(RULES))
def test_a_rule_cites_texts_that_are_in_the_facts(id):
    words = FACTS.rule(id)
    assert words.legal_basis
    for text in words.legal_basis:
        assert FACTS.text(text)["title"]["fr"]


@pytest.mark.parametrize(("choice", "enum"), sorted(CHOICES.items()))
def test_every_choice_is_told(choice, enum):
    assert set(WORDS[choice]) == {member.value for member in enum}


@pytest.mark.parametrize(("lang", "text"), said())
def test_a_text_is_well_set(lang, text):
    assert text == text.strip()
    assert not PROMISES.search(text)
    if lang == "fr":
        assert not re.search(r" [:;?!»%]|« |'", text), "narrow or no-break space, curly apostrophe"
        assert not re.search(r"[^\s\u202f\u00a0/\d}][:;?!»](?:\s|$)", text), "a space is missing"
    else:
        assert not re.search("[\u202f\u00a0]", text)


@pytest.mark.parametrize("code", sorted(WORDS["because"]))
def test_the_holes_of_a_reason(code):
    entry = WORDS["because"][code]
    for lang in ("fr", "en"):
        holes = {name for _, name, _, _ in Formatter().parse(entry[lang]) if name}
        assert holes == set(entry["holes"])
    assert set(entry["holes"].values()) <= HOLES


@pytest.mark.parametrize(("id", "judged", "outcome"), TABLES)
def test_every_reason_given_can_be_told(id, judged, outcome):
    for because in RULES[id](judged).because:
        assert set(because.values) == set(WORDS["because"][because.code]["holes"])
        for lang in ("fr", "en"):
            assert "{" not in FACTS.because(because.code, lang).format(**because.values)


def test_no_reason_is_told_that_no_rule_gives():
    modules = [*(ROOT / "checks" / "rules").glob("*.py"), ROOT / "auditor" / "sdk.py"]
    strings = {
        node.value
        for module in modules
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(WORDS["because"]) <= strings
