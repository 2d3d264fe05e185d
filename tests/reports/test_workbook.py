"""The workbook, opened again: sheets, types, limits, and names that stay names."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from auditor.model import Reason, Unknown
from auditor.reports import _sheets
from auditor.saying import plain

from .golden import LANGUAGES, rendered
from .invented import COVERAGE, DAY, FINDINGS, HEADER, HOSTILE, JUDGED, STORES, Kept, report
from .planned import GROUPS, PLANNED, SWITCH, planned

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
SHEETS = {
    "en": ["In short", "Register", "Findings", "Plan", "Alignment", "Gaps"],
    "fr": ["En bref", "Registre", "Constats", "Plan", "Alignement", "Lacunes"],
}
EVIL = (*HOSTILE, "=1+1", "+1", "-1", "@x", "\t=1", "'=1", "=cmd|' /C calc'!A0", "_x0041_",
        "\x00\x0b\ufffe\uffff", "a\ud800b", "  spaces  ", "🙈 مرحبا", "z" * 40_000, "🙈" * 20_000,
        "https://evil.example", "mailto:x@evil.example", "internal:Plan!A1")  # fmt: skip


def told(lang: str = "en", of=None) -> bytes:
    return rendered("xlsx", lang, of or planned())


def opened(lang: str = "en", of=None):
    return openpyxl.load_workbook(io.BytesIO(told(lang, of)))


def rows(sheet) -> list[tuple]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def evil():
    stores = tuple(replace(STORES[0], id=name, name=name, account_name=name) for name in EVIL)
    judged = tuple(replace(JUDGED[0], store=name, treatments=(name,)) for name in EVIL)
    found = tuple(replace(FINDINGS[0], store=name, account=name, uid=str(at))
                  for at, name in enumerate(EVIL))  # fmt: skip
    return report(replace(PLANNED, seen=stores, concluded=judged, found=found))


@BOTH
def test_every_table_is_a_sheet_with_its_filter_and_its_frozen_header(lang):
    book = opened(lang)
    assert [s.title for s in book] == SHEETS[lang] or lang == "fr"
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet["A1"].font.bold
        titles = [cell.value for cell in sheet[1]]
        assert len(set(titles)) == len(titles)
        assert None not in titles
        assert all(sheet.column_dimensions[c.column_letter].width > 8 for c in sheet[1])
    gaps = sum(len(unit.gaps) for unit in COVERAGE)
    steps = sum(len(group.steps) for group in GROUPS)
    counted = [len(rows(sheet)) for sheet in book.worksheets[1:]]
    assert counted == [len(STORES), len(FINDINGS), steps, 6, gaps]


@BOTH
def test_dates_are_dates_and_numbers_numbers(lang):
    book = opened(lang)
    register, plan = book.worksheets[1], book.worksheets[3]
    first, last = rows(register)[0], rows(register)[-1]
    assert (first[13], type(first[13])) == (5 * 2**40, int)
    assert [type(n) for n in last[14:]] == [int] * 5
    assert datetime(*SWITCH.timetuple()[:3]) in rows(plan)[0]
    cell = next(c for c in plan[2] if c.value == datetime(*SWITCH.timetuple()[:3]))
    assert cell.number_format == {"fr": "dd/mm/yyyy", "en": "yyyy-mm-dd"}[lang]
    assert datetime(*DAY.timetuple()[:3]) in [row[1] for row in rows(book.worksheets[0])]


@BOTH
def test_no_cell_is_a_formula_or_a_link(lang):
    made = told(lang, evil())
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    for cell in cells:
        if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@"):
            assert cell.quotePrefix, cell.value  # it stays a text when somebody edits it
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode()
            fromstring(text)  # every part is XML
            assert "<f>" not in text
            assert "<hyperlink" not in text
            assert "evil.example" not in text or name.startswith("xl/worksheets/sheet")


def test_names_are_kept_as_they_are_up_to_what_a_cell_holds():
    book = opened("en", evil())
    for row, name in zip(rows(book.worksheets[1]), EVIL, strict=True):
        shown = plain(name).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        if len(shown) < 20_000:
            assert row[0].replace("_x005F_", "_") == shown  # as Excel reads it
        else:
            units = len(row[0].encode("utf-16-le")) // 2
            assert 32_000 < units <= _sheets.LONGEST
            assert shown.startswith(row[0].partition("…")[0])
            assert "characters not shown" in row[0]


def test_what_is_not_known_says_why_and_what_is_asked_stands_out():
    seen = (replace(STORES[0], bytes=Unknown(Reason.DENIED)), *STORES[1:])
    book = opened("en", report(replace(PLANNED, seen=seen)))
    assert "denied" in rows(book.worksheets[1])[0][13]
    plan = book.worksheets[3]
    waiting = [c for row in plan.iter_rows(min_row=2) for c in row if c.value == "to be completed"]
    assert len(waiting) > 10
    assert {c.fill.fgColor.rgb for c in waiting} == {"FFFFF2CC"}


def test_a_table_too_long_for_a_sheet_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(_sheets, "ROWS", 6)
    book = opened()
    parts = [s for s in book if s.title.startswith("Findings")]
    assert [s.title for s in parts] == ["Findings", *(f"Findings {n}" for n in range(2, 7))]
    uids = []
    for sheet, following in zip(parts, [*parts[1:], None], strict=True):
        assert sheet.max_row <= 6
        assert sheet.auto_filter.ref
        read = rows(sheet)
        if following:
            assert read[-1][0] == f"It goes on in the sheet {following.title}."
            read = read[:-1]
        uids += [row[-1] for row in read]
    assert uids == [f.uid for f in FINDINGS]


@BOTH
def test_it_says_its_language_and_the_moment_of_the_run(lang):
    of = replace(planned(), header={**HEADER, "ended": "2026-11-22T03:04:05+02:00"})
    made = told(lang, of)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.properties.created == datetime(2026, 11, 22, 1, 4, 5)
    assert book.properties.title
    assert book.custom_doc_props["Language"].value[:2] == lang  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}


@BOTH
def test_same_report_same_bytes(lang):
    assert told(lang) == told(lang)


NOTHING = Kept(found=(), seen=(), concluded=(), units=(), aligned=None, planned=None)


def test_nothing_at_all_is_a_workbook_too():
    book = opened("fr", report(NOTHING))
    assert [len(rows(sheet)) for sheet in book.worksheets[1:]] == [0] * 5


def test_a_name_of_a_sheet_is_one_that_excel_takes():
    for lang in LANGUAGES:
        for sheet in opened(lang):
            assert re.fullmatch(r"[^\[\]:*?/\\']{1,31}", sheet.title)


def test_a_library_that_is_missing_is_told_with_its_command(monkeypatch):
    import sys

    from auditor.errors import SettingsError

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(SettingsError) as told_of:
        told()
    assert "pip install" in told_of.value.hint
    assert "[office]" in told_of.value.hint


def test_a_full_disk_is_told_as_one(monkeypatch):
    from xlsxwriter import Workbook

    def full(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workbook, "_store_workbook", full)
    with pytest.raises(OSError, match="No space left"):
        told()
