"""`--redact` and `[report] redaction`: every document of every verb goes through the profile."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest

from auditor import pipeline, schema, settings
from auditor.judging import judged
from auditor.model import Coverage, CoverageState
from auditor.runs import RunFolder
from tests.reports.canaries import ACCOUNT, HEADER, KEY, MARK, STORES, UNIT

from .calling import Shell

_KEPT = ("identity", "plugins", "settings", "version", "edition", "started")


@pytest.fixture
def run(auditor: Shell) -> Path:
    """A run of stores that are full of canaries, judged."""
    header = {key: HEADER[key] for key in _KEPT}
    with RunFolder.start(Path("runs"), "20261122T000000Z-0000", header) as made:
        made.begin("u")
        for store in STORES:
            made.write("u", store)
        unit = Coverage(scope=UNIT, kind="aws.s3.bucket", state=CoverageState.READ, stores=3)
        made.finish("u", unit)
        made.seal({"organisation": [ACCOUNT], "ended": HEADER["ended"], "scopes": 1})
        chosen = settings.load(None, {}, [])
        section, day = chosen.section("judge"), date(2026, 11, 22)
        judged(made, *pipeline.ready(chosen), section, day, is_replay=False)
    return made.path


@pytest.mark.parametrize("name", ["json", "csv", "html", "jsonl"])
@pytest.mark.parametrize("profile", ["cnil", "public"])
def test_the_flag_is_obeyed_by_every_document(
    auditor: Shell, run: Path, name: str, profile: str
) -> None:
    asked = ("report", str(run), "-f", name)
    whole = auditor(*asked, "-o", "-")
    assert whole.exit_code == 0
    assert MARK in whole.stdout
    less = auditor(*asked, "-o", "-", "--redact", profile)
    assert less.exit_code == 0
    assert MARK not in less.stdout
    auditor.write(f'[report]\nredaction = "{profile}"\n')
    assert auditor(*asked, "-o", "-").stdout == less.stdout
    assert auditor(*asked, "-o", "-", "--redact", "internal").stdout == whole.stdout


@pytest.mark.parametrize("profile", ["cnil", "public"])
def test_a_summary_shown_is_a_document_too(auditor: Shell, run: Path, profile: str) -> None:
    replay = ("replay", str(run), "--as-of", "2026-11-22")
    assert MARK in auditor(*replay).stdout
    told = auditor(*replay, "--redact", profile).stdout
    assert MARK not in told
    assert "3" in told


@pytest.mark.parametrize("profile", ["cnil", "public"])
def test_a_redacted_report_fits_the_schema_of_reports(
    auditor: Shell, run: Path, profile: str
) -> None:
    told = auditor("report", str(run), "-f", "json", "-o", "-",
                   "--redact", profile).stdout  # fmt: skip
    check = jsonschema_rs.validator_for(schema.schema("report"))
    assert not [error.message for error in check.iter_errors(json.loads(told))]


def test_the_run_itself_is_not_changed(auditor: Shell, run: Path) -> None:
    before = {p: p.read_bytes() for p in run.rglob("*") if p.is_file()}
    auditor("report", str(run), "-f", "json", "-o", "x",
            "--redact", "cnil")  # fmt: skip
    assert {p: p.read_bytes() for p in run.rglob("*") if p.is_file()} == before


def test_a_profile_that_there_is_not_is_refused(auditor: Shell) -> None:
    assert auditor("report", "x", "--redact", "secret").exit_code == 2
    auditor.write('[report]\nredaction = "secret"\n')
    told = auditor("report", "x")
    assert told.exit_code == 2
    assert "report.redaction" in told.stderr


def test_a_key_is_called_the_same_by_all(auditor: Shell, run: Path) -> None:
    told = auditor("report", str(run), "-f", "json", "-o", "-",
                   "--redact", "cnil").stdout  # fmt: skip
    found = {s["key"] for s in json.loads(told)["stores"] if isinstance(s["key"], str)}
    assert all(key.startswith("key ") for key in found)
    assert KEY not in told
