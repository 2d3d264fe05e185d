"""Words: every text has its French, the catalogue is compiled, and each language has its spaces."""

from __future__ import annotations

import gettext
from datetime import date
from string import Formatter

import pytest

from auditor.words import Words, choose, language_of

from .catalogue import MO, catalogue, msgids, said_in, said_in_page

NARROW, WIDE = "\u202f", "\u00a0"


def test_every_text_has_its_french():
    strings = catalogue()
    assert [m for m in sorted(msgids()) if m not in strings or not strings[m].string] == []


def test_french_has_the_same_holes():
    for message in catalogue():
        if message.id:
            assert holes(str(message.id)) == holes(str(message.string)), message.id


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_catalogue_is_compiled():
    with MO.open("rb") as file:
        found = gettext.GNUTranslations(file)
    for message in catalogue():
        if message.id:
            assert found.gettext(str(message.id)) == message.string


def test_texts_are_found_in_modules_and_templates():
    source = "words('a'); self.words('b', n=1); words()('c'); say('d'); other('e'); words(f)"
    assert list(said_in(source)) == ["a", "b", "c", "d"]
    assert list(said_in_page("{{ words('it') }} {{ words(\"one's\", n=1) }}")) == ["it", "one's"]
    assert len(msgids()) > 60


def test_an_unknown_language_is_told_in_english():
    assert Words("de").lang == Words("").lang == "en"
    assert Words("de")("Data store") == "Data store"
    assert Words("fr")("Data store") == "Espace de stockage"
    assert Words("fr")("no such text") == "no such text"
    assert Words("fr")("") == ""


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fur_IT.UTF-8"}, "en"),
        ({"LANG": "fr_CA.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:en"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "", "LC_ALL": "", "LANGUAGE": "fr"}, "en"),
    ],
)
def test_language_of_a_locale(environ, lang):
    assert language_of(environ) == lang


def test_a_language_asked_for_comes_before_the_locale():
    assert choose("en", {"LANG": "fr_FR.UTF-8"}) == "en"
    assert choose("", {"LANG": "fr_FR.UTF-8"}) == "fr"
    assert choose("de", {"LANG": "fr_FR.UTF-8"}) == "fr"


@pytest.mark.parametrize(
    ("number", "fr", "en"),
    [(0, "0", "0"), (999, "999", "999"), (1234567, f"1{NARROW}234{NARROW}567", "1,234,567")],
)
def test_numbers(number, fr, en):
    assert (Words("fr").number(number), Words("en").number(number)) == (fr, en)


@pytest.mark.parametrize(
    ("size", "fr", "en"),
    [
        (0, f"0{WIDE}o", f"0{WIDE}B"),
        (1023, f"1023{WIDE}o", f"1023{WIDE}B"),
        (1536, f"1,5{WIDE}Kio", f"1.5{WIDE}KiB"),
        (300 * 2**30, f"300{WIDE}Gio", f"300{WIDE}GiB"),
        (5000 * 2**50, f"5000{WIDE}Pio", f"5000{WIDE}PiB"),
    ],
)
def test_sizes(size, fr, en):
    assert (Words("fr").bytes(size), Words("en").bytes(size)) == (fr, en)


@pytest.mark.parametrize(
    ("part", "whole", "fr"),
    [
        (0, 0, "0"),
        (0, 9, "0"),
        (1, 3, "33"),
        (1, 100000, "1"),
        (99999, 100000, "99"),
        (3, 3, "100"),
    ],
)
def test_a_part_is_never_nothing_nor_everything(part, whole, fr):
    assert Words("fr").percent(part, whole) == f"{fr}{WIDE}%"
    assert Words("en").percent(part, whole) == f"{fr}%"


def test_dates():
    assert Words("fr").date(date(2026, 1, 9)) == "09/01/2026"
    assert Words("en").date(date(2026, 1, 9)) == "2026-01-09"


def test_french_spaces():
    fr = Words("fr")
    assert fr.typeset("« oui » ; non ! : ?") == (
        f"«{NARROW}oui{NARROW}»{NARROW}; non{NARROW}!{WIDE}:{NARROW}?"
    )
    assert fr.title("Compte") == f"Compte{WIDE}:"
    assert Words("en").title("Account") == "Account:"
    assert Words("en").typeset("a : b") == "a : b"


def test_no_french_text_has_a_plain_space_before_its_punctuation():
    fr = Words("fr")
    said = [fr(str(m.id)) for m in catalogue() if m.id]
    assert [text for text in said if any(f" {mark}" in text for mark in ":;!?»")] == []
