"""`auditor classify`: a row for each object, in both languages and for programs."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.content.making import clinical_csv

from .calling import Shell

CASE = {"id": "m1", "service_type": "AWS::S3::Bucket", "name": "dossier-patient", "tags": {},
        "columns": ["patient_id", "allergies"]}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "stays.csv").write_text(clinical_csv())
    (tmp_path / "in" / "deep" / "readme.txt").write_text("nothing of that kind\n" * 9)
    (tmp_path / "in" / "empty").write_bytes(b"")
    return tmp_path / "in"


def test_one_json_object_for_each_file(auditor: Shell, folder: Path) -> None:
    told = auditor("classify", "in", "-f", "jsonl")
    rows = {row["path"]: row for row in map(json.loads, told.stdout.splitlines())}
    assert told.exit_code == 0
    assert {path: row["level"] for path, row in rows.items()} == {
        "in/stays.csv": "confirmed", "in/deep/readme.txt": "none", "in/empty": "none",
    }  # fmt: skip
    row = rows["in/stays.csv"]
    assert set(row) == {"path", "level", "axes", "evidence"}
    assert {e["axis"] for e in row["evidence"]} == {"H", "P"}
    assert any(e.get("bits", 0) > 100 and e["mask"] == "9" * 15 for e in row["evidence"])


def test_one_file_is_told_as_it_was_given(auditor: Shell, folder: Path) -> None:
    row = json.loads(auditor("classify", "in/stays.csv", "-f", "jsonl").stdout)
    assert row["path"] == "in/stays.csv"


def test_a_table_for_people_in_both_languages(auditor: Shell, folder: Path) -> None:
    french = auditor("classify", "in", "--lang", "fr").stdout
    assert "confirmé" in french
    assert "santé · nom de colonne diagnostic_principal" in french
    english = auditor("classify", "in", "--lang", "en").stdout
    assert "health · name of a column diagnostic_principal" in english
    assert "confirmed 1" in english.splitlines()[-1]


def test_described_stores(auditor: Shell, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps(CASE) + "\n\n")
    row = json.loads(auditor("classify", "--metadata", "cases.jsonl", "-f", "jsonl").stdout)
    assert (row["id"], row["level"]) == ("m1", "probable")
    (tmp_path / "bad.jsonl").write_text(json.dumps(CASE) + "\n{")
    told = auditor("classify", "--metadata", "bad.jsonl")
    assert told.exit_code == 2
    assert "line 2" in told.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "no such file or folder"),
        (("nowhere", "--dry-run"), "no such file or folder"),
        ((), "nothing to classify"),
        (("a", "--metadata", "b"), "nothing to classify"),
        (("--metadata", "nowhere.jsonl"), "cannot be read"),
        (("ftp://a/b",), "no store of this kind"),
    ],
)
def test_mistakes_are_told(auditor: Shell, words: tuple[str, ...], said: str) -> None:
    told = auditor("classify", *words)
    assert told.exit_code == 2
    assert said in told.stderr


def test_a_dry_run_reads_nothing(auditor: Shell, folder: Path) -> None:
    told = auditor("classify", "in", "--dry-run").stdout
    assert told.startswith("3 objects listed; 2 would be read")


_BOUNDING_DROP, _READ_ALL = 24, (1, 2)  # prctl(2); CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def _as_anybody() -> None:
    """Give up root's right to read everything, for good: what is run next does not get it back."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in _READ_ALL if os.getuid() == 0 else ():
        if libc.prctl(_BOUNDING_DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")


def test_what_may_not_be_opened_is_told(auditor: Shell, folder: Path) -> None:
    (folder / "stays.csv").chmod(0)
    (folder / "deep").chmod(0)
    told = subprocess.run(
        [sys.executable, "-m", "auditor", "classify", "in", "-f", "jsonl"],
        cwd=auditor.folder, preexec_fn=_as_anybody, capture_output=True, text=True, check=False,
    )  # fmt: skip
    (folder / "deep").chmod(0o700)
    rows = {r["path"]: r["level"] for r in map(json.loads, told.stdout.splitlines())}
    assert told.returncode == 4, told.stderr
    assert rows["in/stays.csv"] == rows["in/deep"] == "not_assessed"


def test_nothing_that_reads_content_is_imported_before(auditor: Shell) -> None:
    code = (
        "import sys; from auditor import pipeline, settings, cli; from auditor.cli import audit;"
        "pipeline.ready(settings.load(None, {}, ()));"
        "print([m for m in ('re2', 'pyarrow', 'pydicom', 'pyorc', 'stdnum', 'xlrd', 'openpyxl')"
        " if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
