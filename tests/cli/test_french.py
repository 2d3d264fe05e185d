"""The command line speaks French to whoever asks for it, all of it."""

from __future__ import annotations

import ast

import pytest

from auditor.errors import RunError
from auditor.words import Words, typeset

from .calling import Shell
from .said import mistakes, told

# the same word in both languages
SAME = {"Options", "Source", "Formats", "missing", "version {version}"} | {
    "Attestations",
    "Type",
    "Item",
    "Items",
    "DPO",
    "pip install 'health-residency-auditor[office]'",
    "for example --set aws.role=health-residency-auditor",
}


def test_every_sentence_has_its_french() -> None:
    french = Words("fr")
    untold = {text for text in told() - SAME if french(text) in (text, typeset(text))}
    assert sorted(untold) == []


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
        "{path}: not there",  # a mistake
        "is this a run folder?",  # its hint, the default of an argument
        "{place}: {missing} is missing",  # returned by a function
        "did you mean {names}?",  # one of two
        'both languages: {{ fr = "…", en = "…" }}',  # the schema of a fact
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


def test_mistakes_outside_the_command_line_too(auditor: Shell) -> None:
    found = auditor("--lang", "fr", "audit", "--set", "audit.providers=aws")
    assert found.exit_code == 2
    assert found.stderr.replace("\N{NO-BREAK SPACE}", " ") == (
        "erreur : aws : aucun identifiant n’a été trouvé\n"
        "conseil : renseignez AWS_PROFILE ou AWS_ACCESS_KEY_ID, connectez-vous, ou nommez des"
        " profils dans [aws] d’auditor.toml\n"
    )


@pytest.mark.parametrize(
    "source",
    ['RunError(f"{path}: not there")', 'RunError("{a}", hint="{} is".format(a))', "RunError(form)"],
)
def test_a_mistake_that_is_no_sentence_with_holes_is_refused(source: str) -> None:
    with pytest.raises(AssertionError):
        list(mistakes(ast.parse(source)))


def test_values_are_never_forms() -> None:
    error = RunError("{run} is {{gone}}", hint="not {run}", run="a {hint} « b")
    assert (str(error), error.hint) == ("a {hint} « b is {gone}", "not a {hint} « b")
    assert (error.told(Words("fr")), error.hinted(Words("fr"))) == (str(error), error.hint)
    filled = RunError("{a} and }", hint="{}")
    assert (str(filled), filled.hint) == ("{a} and }", "{}")
    assert (filled.told(Words("fr")), filled.hinted(Words("fr"))) == ("{a} and }", "{}")


def test_one_call_does_not_decide_for_the_next(auditor: Shell) -> None:
    auditor("--lang", "fr", "--help")
    assert "Commands:" in auditor("--help").stdout
