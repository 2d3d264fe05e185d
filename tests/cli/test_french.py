"""The command line speaks French to whoever asks for it, all of it."""

from __future__ import annotations

import pytest

from auditor.words import Words

from .calling import Shell
from .said import told

# the same word in both languages
SAME = {"Options", "Source", "Formats", "missing"} | {
    "for example --set aws.role=health-residency-auditor",
}


def test_every_sentence_has_its_french() -> None:
    french = Words("fr")
    assert sorted(text for text in told() - SAME if french(text) == text) == []


def test_what_is_collected_is_what_is_said() -> None:
    for said in (
        "Write a commented settings file.",  # a verb
        "Take up an interrupted run; the latest one when none is named.",  # an option
        "there is no such key",  # a problem
        "a whole number",  # what was expected
        "its file is empty",
        "something in scope could not be read",  # a table
        "interrupted",
        "run folder",
        "Seconds to wait for an answer",  # the schema
    ):
        assert said in told()


@pytest.mark.parametrize(
    ("locale", "words", "said"),
    [
        ("fr_FR.UTF-8", ["--help"], "Commandes"),
        ("fr", ["audit", "--help"], "Emploi"),
        ("C.UTF-8", ["--lang", "fr", "--help"], "Commandes"),
        ("C.UTF-8", ["--help", "--lang", "fr"], "Commandes"),
        ("C.UTF-8", ["--lang=fr", "audit", "--help"], "Reprend un relevé interrompu"),
        ("fr_FR.UTF-8", ["--lang", "en", "--help"], "Commands:"),
        ("de_DE.UTF-8", ["--help"], "Commands:"),
        ("C.UTF-8", ["--lang", "fr", "checks", "show", "RES001"], "Espace économique européen"),
    ],
)
def test_in_the_language_asked_for(
    auditor: Shell, locale: str, words: list[str], said: str
) -> None:
    auditor.set(LC_ALL=locale)
    assert said in auditor(*words).stdout


def test_mistakes_too(auditor: Shell) -> None:
    found = auditor("--lang", "fr", "audit", "--set", "audit.concurency=3").stderr
    assert "erreur" in found
    assert "cette clé n’existe pas" in found


def test_one_call_does_not_decide_for_the_next(auditor: Shell) -> None:
    auditor("--lang", "fr", "--help")
    assert "Commands:" in auditor("--help").stdout
