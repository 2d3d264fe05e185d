"""The questionnaire: what is written is read back, and what does not fit is told by its cell."""

from __future__ import annotations

import re
import stat
import zipfile
from contextlib import suppress
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import questionnaire
from auditor.codec import to_json
from auditor.dossier import decoded, read
from auditor.dossier.form import Kind, edition, parts
from auditor.dossier.workbook import Prefill
from auditor.errors import AuditorError
from auditor.facts import load
from auditor.model import Dossier
from auditor.words import Words

FACTS = load()
DEMO = read(Path(str(files("auditor.dossier") / "demo.toml")), FACTS, FACTS.rules)
HOSTILE = (
    '=HYPERLINK("http://evil.example";"x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\x1b[31mred",
    "a\u202eb",
    "<script>",
)


def written(folder: Path, dossier: Dossier | None = DEMO, lang="fr") -> Path:
    file = folder / "q.xlsx"
    questionnaire.export(file, None, dossier, FACTS, Words(lang))
    return file


def filled(folder: Path, change, dossier: Dossier | None = DEMO, lang="fr") -> Path:
    """A questionnaire as somebody hands it back."""
    file = written(folder, dossier, lang)
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def back(folder: Path, file: Path) -> Dossier:
    to = folder / "dossier.toml"
    questionnaire.take_in(file, to, FACTS, replace=True)
    return read(to, FACTS, FACTS.rules)


def sheet(book, part: str):
    return next(s for s in book.worksheets if str(s.cell(2, 1).value).startswith(f"{part}."))


def cell(book, part: str, key: str, row: int = 3) -> Any:
    found = sheet(book, part)
    at = next(c.column for c in found[2] if c.value == f"{part}.{key}")
    return found.cell(row, at)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_written_is_read_back(tmp_path, lang):
    assert back(tmp_path, written(tmp_path, lang=lang)) == DEMO


def test_an_empty_one_declares_nothing(tmp_path):
    assert back(tmp_path, written(tmp_path, None)).digest == decoded({"edition": 1}).digest


def test_one_sheet_for_each_part_and_a_column_for_each_key(tmp_path):
    book = openpyxl.load_workbook(written(tmp_path))
    for part in parts():
        keys = [c.value for c in sheet(book, part.name)[2]]
        ids = [] if part.single else [f"{part.name}.id"]
        assert keys == ids + [f"{part.name}.{column.key}" for column in part.columns]
    assert [s.title for s in book.worksheets if s.sheet_state == "hidden"] == ["_form", "_lists"]


def test_choices_that_are_closed_have_a_drop_down_in_words(tmp_path):
    book = openpyxl.load_workbook(written(tmp_path))
    for part in parts():
        found = sheet(book, part.name)
        lists = {
            str(area).split(":")[0].rstrip("0123456789"): rule
            for rule in found.data_validations.dataValidation
            for area in rule.sqref.ranges
        }
        for at, column in enumerate(part.columns, 1 if part.single else 2):
            letter = openpyxl.utils.get_column_letter(at)
            if column.choices:
                assert lists[letter].type == "list"
                named = re.fullmatch(r"=?_lists!\$(\w+)\$2:\$\w+\$(\d+)", lists[letter].formula1)
                assert named
                said = [book["_lists"][f"{named[1]}{n}"].value for n in range(2, int(named[2]) + 1)]
                assert len(said) == len(column.choices)
                assert all(said)
            if column.kind is Kind.DAY:
                assert lists[letter].type == "date"
    assert cell(book, "attestations", "item").value == "CNIL-23 · AIPD mise à jour"
    assert cell(book, "treatments", "legal_basis").value.startswith("mission d’intérêt public")


def test_what_a_run_saw_is_there_to_be_copied(tmp_path):
    from auditor.dossier.export import write

    seen = Prefill(run="R", stores=[(name, *["x"] * 7) for name in HOSTILE], more=3,
                   accounts=["210987654321", "000000000012"],
                   offers=["aws", "outscale"])  # fmt: skip
    file = tmp_path / "q.xlsx"
    write(file, DEMO, FACTS, {}, Words("fr"), seen)
    book = openpyxl.load_workbook(file)
    listed = next(s for s in book.worksheets if s["A3"].value and s["A2"].value == "#")
    rows = [str(r[0].value) for r in listed.iter_rows(min_row=3)]
    assert rows[-1].startswith("3 ")
    assert len(rows) == len(HOSTILE) + 1
    told = back(tmp_path, file)
    assert told.accounts["account-1"].accounts == ("000000000012",)
    assert set(told.accounts) == {"laboratoire", "account-1"}  # the laboratory is declared
    assert told.contracts["outscale"].offers == ("outscale",)


def test_names_of_strangers_stay_texts(tmp_path):
    from auditor.dossier.export import write

    file = tmp_path / "q.xlsx"
    write(file, None, FACTS, {}, Words("en"), Prefill(stores=[(n, *[n] * 7) for n in HOSTILE]))
    for found in openpyxl.load_workbook(file).worksheets:
        for row in found.iter_rows():
            for one in row:
                assert one.data_type != "f"
                assert one.hyperlink is None
                assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", str(one.value or ""))
    with zipfile.ZipFile(file) as packed:
        assert not [n for n in packed.namelist() if "external" in n.lower() or "rels/sheet" in n]


def test_it_is_private_and_leaves_what_is_there(tmp_path):
    file = written(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(AuditorError, match="there already"):
        written(tmp_path)
    to = tmp_path / "dossier.toml"
    to.write_text("# by hand\nedition = 1\n", encoding="utf-8")
    with pytest.raises(AuditorError, match="there already"):
        questionnaire.take_in(file, to, FACTS, replace=False)
    kept = tmp_path / "dossier.toml.before"
    assert questionnaire.take_in(file, to, FACTS, replace=True) == kept
    assert kept.read_text("utf-8").startswith("# by hand")
    assert stat.S_IMODE(to.stat().st_mode) == 0o600


def put(part, key, value, row=3):
    def change(book):
        cell(book, part, key, row).value = value

    return change


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        # --- forms of sheets
        (lambda b: sheet(b, "waivers").merge_cells("B4:C4"), "!B4:C4", "merged cells"),
        (lambda b: b.remove(sheet(b, "waivers")), "", "its sheet is missing"),
        (lambda b: b.create_sheet("Notes"), "Notes!A2", "no part of the questionnaire"),
        (lambda b: b.copy_worksheet(sheet(b, "waivers")), "", "this part stands twice"),
        (lambda b: sheet(b, "waivers").delete_cols(3), "!A2", "its column is missing"),
        (lambda b: sheet(b, "waivers").insert_cols(3), "!A2", "an empty column was put in"),
        (lambda b: sheet(b, "waivers").cell(2, 2, "waivers.other"), "!B2", "not of the form"),
        (lambda b: b["_form"].cell(1, 2, "0"), "_form!B1", "expected edition 1, found 0"),
        (lambda b: b.remove(b["_form"]), "", "no questionnaire of a dossier"),
        # --- cells
        (put("treatments", "name", "=1+1"), "!B3", "formulas are not computed"),
        (put("treatments", "legal_basis", "parce que"), "!E3", "none of the choices"),
        (put("waivers", "until", "31/02/2027"), "!G3", "this is no day"),
        (put("waivers", "until", "bientôt"), "!G3", "this is no day"),
        (put("waivers", "until", "03-04-2027"), "!G3", "this is no day"),
        (put("waivers", "until", None, 4), "!A4", "waivers.lecture-us.until: it is missing"),
        (put("waivers", "until", date(2026, 6, 14), 4), "!G4", "it lies before since"),
        (put("waivers", "rule", "RES999"), "!B3", "RES999 is not known"),
        (put("waivers", "rule", "COV001 · x"), "!B3", "cannot be waived"),
        (put("attestations", "treatment", "nowhere", 4), "!C4", "nowhere is not known"),
        (put("treatments", "holds.accounts", 500474395755), "!Z3", "may have lost its zeros"),
        (put("treatments", "holds.tags", "application"), "!AA3", "expected key = value"),
        (put("treatments", "holds.tags", "patient = x"), "!AA3", "does not keep the values"),
        (put("treatments", "name", "x" * 2001), "!B3", "it is too long"),
        (put("treatments", "id", "dpi", 4), "!A4", "this short name stands twice"),
        (put("treatments", "id", "a b"), "!A3", "it is no short name"),
        (put("treatments", "id", None), "!A3", "this row has no short name"),
        (put("treatments", "hds_activities.1", "peut-être"), "!R3", "none of the choices"),
        (put("dpo", "name", "Another", 4), "!A4", "there is one answer only"),
        (put("targets", "earlier_deadlines", "2026-09-31"), "!I3", "this is no day"),
        (put("accounts", "country", "XX"), "!D3", "XX is not known"),
    ],
)  # fmt: skip
def test_refused_with_file_cell_and_cure(tmp_path, change, where, said):
    file = filled(tmp_path, change)
    with pytest.raises(AuditorError) as error:
        back(tmp_path, file)
    lines = [line for line in str(error.value).splitlines() if said in line]
    assert lines, str(error.value)
    assert lines[0].startswith(f"{file}: ")
    assert f"{where}: " in lines[0]
    assert not (tmp_path / "dossier.toml").exists()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (date(2027, 3, 31), date(2027, 3, 31)),
        (datetime(2027, 3, 31, 12), date(2027, 3, 31)),
        ("2027-03-31", date(2027, 3, 31)),
        ("31/03/2027", date(2027, 3, 31)),
        ("1/4/2027", date(2027, 4, 1)),
    ],
)
def test_days_as_people_write_them(tmp_path, value, told):
    file = filled(tmp_path, put("waivers", "until", value, 4))
    assert back(tmp_path, file).waivers["lecture-us"].until == told


@pytest.mark.parametrize(
    "said",
    ["mission d'intérêt public (article 6(1)(e))", "public interest (article 6(1)(e))",
     "public_interest", "  Public_Interest ", "MISSION D’INTÉRÊT PUBLIC (article 6(1)(e))"],
)  # fmt: skip
def test_a_choice_by_its_key_or_its_words_in_either_language(tmp_path, said):
    file = filled(tmp_path, put("treatments", "legal_basis", said))
    assert back(tmp_path, file).treatments["dpi"].legal_basis == "public_interest"


def test_numbers_and_unknowns_in_texts(tmp_path):
    def change(book):
        cell(book, "treatments", "record").value = 12
        cell(book, "treatments", "owner").value = "?"
        cell(book, "treatments", "legal_basis").value = "?"
        cell(book, "treatments", "recipients").value = "un ; deux\ntrois"
        cell(book, "treatments", "hds_activities.6").value = True

    told = back(tmp_path, filled(tmp_path, change)).treatments["dpi"]
    assert (told.record, told.owner, told.legal_basis) == ("12", "?", "?")
    assert told.recipients == ("un", "deux", "trois")
    assert 6 in told.hds_activities


def test_all_mistakes_are_told_at_once(tmp_path):
    def change(book):
        cell(book, "waivers", "until").value = "bientôt"
        cell(book, "treatments", "name").value = "=1"

    with pytest.raises(AuditorError) as error:
        back(tmp_path, filled(tmp_path, change))
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"not a workbook", b"PK\x03\x04" + b"\x00" * 40, b"\xd0\xcf\x11\xe0" + b"\x00" * 600],
)
def test_what_is_no_workbook_is_refused(tmp_path, content):
    file = tmp_path / "q.xlsx"
    file.write_bytes(content)
    with pytest.raises(AuditorError, match="not a workbook"):
        back(tmp_path, file)


def test_a_bomb_is_not_unpacked(tmp_path):
    file = tmp_path / "q.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\x00" * (201 << 20))
    with pytest.raises(AuditorError, match="unpacks to more"):
        back(tmp_path, file)


def test_a_file_too_large_and_one_that_is_not_there(tmp_path):
    file = tmp_path / "q.xlsx"
    with pytest.raises(AuditorError, match="no such file"):
        back(tmp_path, file)
    with file.open("wb") as large:
        large.truncate((20 << 20) + 1)
    with pytest.raises(AuditorError, match="larger than a questionnaire"):
        back(tmp_path, file)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_no_content_is_answered_with_a_defect(tmp_path_factory, data):
    """Whatever is typed into three cells: an answer, or a mistake with its place."""
    folder = tmp_path_factory.mktemp("q")
    value = st.one_of(
        st.none(), st.booleans(), st.integers(-9, 10**13), st.floats(allow_nan=False, width=32),
        st.dates(date(1950, 1, 1), date(2100, 1, 1)),
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
        st.sampled_from(["=A1", "?", "a = b", "2027-02-30", "01/02/2027"]),
    )  # fmt: skip

    def change(book):
        for _ in range(3):
            part = data.draw(st.sampled_from(parts()))
            column = data.draw(st.sampled_from(part.columns))
            cell(book, part.name, column.key).value = data.draw(value)

    file = filled(folder, change)
    with suppress(AuditorError):
        back(folder, file)


LINE = st.text(st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=8)


@settings(max_examples=12, deadline=None)
@given(
    names=st.lists(LINE, min_size=1, max_size=3, unique=True),
    owner=st.one_of(st.just("?"), LINE),
    regimes=st.dictionaries(st.sampled_from(["hds", "eds", "snds", "sren31", "ehds"]), LINE),
    activities=st.sets(st.integers(1, 6)),
    ended=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    tags=st.dictionaries(st.sampled_from(["application", "env"]), LINE),
)
def test_any_treatment_comes_back_as_it_was(
    tmp_path_factory, names, owner, regimes, activities, ended, tags
):
    folder = tmp_path_factory.mktemp("q")
    one = {
        "name": names[0], "owner": owner, "purposes": names, "regimes": regimes,
        "hds_activities": sorted(activities), "holds": {"stores": names, "tags": tags},
    }  # fmt: skip
    if ended:
        one["ended"] = ended.isoformat()
    dossier = decoded({"edition": edition(), "treatments": {"t": one}})
    assert to_json(back(folder, written(folder, dossier))) == to_json(dossier)
