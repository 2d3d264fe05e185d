"""Words: rules, reasons and choices are told in both languages, and a missing word is an error."""

import subprocess
import sys

import pytest

from auditor.errors import FactsError
from auditor.facts import Facts, load
from auditor.model import Reason, Severity

from .days import overlay

RULE = """
[XYZ001]
title = { fr = "Titre", en = "Title" }
explanation = { fr = "Pourquoi", en = "Why" }
advice = { fr = "Que faire", en = "What to do" }
legal_basis = ["GDPR"]
severity = "minor"
source = { document = "house rules", retrieved = 2026-11-22 }
confidence = "high"
"""


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load()


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_reason_has_words(facts, reason, lang):
    assert facts.reason(reason, lang) not in ("", reason.value)


def test_codes_have_sentences_with_holes(facts):
    assert "{country}" in facts.because("place", "fr")
    assert facts.because("place", "fr") != facts.because("place", "en")
    assert facts.because("place", "de") == facts.because("place", "en")


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda facts: facts.because("nonsense", "fr"), r"\[because\.nonsense\] is missing"),
        (lambda facts: facts.word("role", "nonsense", "fr"), r"\[role\.nonsense\] is missing"),
        (lambda facts: facts.rule("ZZZ999"), "rules: ZZZ999"),
        (lambda facts: facts.law("GDPR"), "laws: GDPR"),
        (lambda facts: facts.text("LOCAL-US-SCA"), "texts: LOCAL-US-SCA"),
    ],
)
def test_words_that_are_not_there_are_told(facts, ask, told):
    with pytest.raises(FactsError, match=told) as caught:
        ask(facts)
    assert caught.value.hint


def test_rules_have_words_in_both_languages(facts):
    for id, words in facts.rules.items():
        assert facts.rule(id) == words
        for text in (words.title, words.explanation, words.advice):
            assert set(text) == {"fr", "en"}
        assert words.legal_basis


def test_strangers_rule_brings_its_words(tmp_path):
    facts = load([overlay(tmp_path, "rules", RULE)])
    assert facts.rule("XYZ001").title["fr"] == "Titre"
    assert facts.rule("XYZ001").severity is Severity.MINOR
    assert facts.overlays == ("rules:XYZ001",)
    assert "RES001" in facts.rules


def test_reading_our_own_facts_brings_no_validator_in():
    code = (
        "import sys\nfrom datetime import date\nfrom auditor.facts import load\n"
        "load().places_of('aws', 'eu-west-3', date(2026, 11, 24))\n"
        "sys.exit('jsonschema' in sys.modules)"
    )
    load()  # checked once, and kept
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
