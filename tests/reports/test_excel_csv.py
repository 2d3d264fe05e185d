"""The table for a French Excel: semicolons, what is a text stays one, no formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from .golden import LANGUAGES, rendered
from .invented import FINDINGS, HOSTILE, Kept, report

BOTH = pytest.mark.parametrize("lang", LANGUAGES)


def rows(lang: str = "fr", of=None) -> list[list[str]]:
    text = rendered("csv-fr", lang, of).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@BOTH
def test_it_is_what_excel_opens_without_a_question(lang):
    told = rendered("csv-fr", lang)
    assert told.startswith(b"\xef\xbb\xbf")
    assert told.count(b"\r\n") == told.count(b"\n") == 1 + len(FINDINGS)
    assert {len(row) for row in rows(lang)} == {12}
    assert {row[-1] for row in rows("fr")[1:]} == {"22/11/2026"}
    assert told == rendered("csv-fr", lang)


@pytest.mark.parametrize("name", [*HOSTILE, "=1+1", "+1", "-1", "@x", "\t=1", ";=1", "a\ud800b"])
def test_no_cell_is_a_formula(name):
    found = (replace(FINDINGS[0], store=name, account=name, region=name, waiver=name),)
    header, row = rows("fr", report(Kept(found=found)))
    assert len(row) == len(header)
    assert [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


@pytest.mark.parametrize("name", ["012345678901", "123456789012", "1234567890e12345", "1/2", "3-4"])
def test_an_account_or_a_name_is_no_number_and_no_day(name):
    found = (replace(FINDINGS[0], uid=name, account=name),)
    row = rows("fr", report(Kept(found=found)))[1]
    assert (row[5], row[-2]) == (f"'{name}", f"'{name}")
