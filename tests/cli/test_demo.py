"""The demo, from the first word to the last: no network, no credentials."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .calling import Shell


@pytest.fixture
def run(auditor: Shell) -> Path:
    """A demo's run folder, where runs usually are."""
    assert auditor("audit", "--demo", "-f", "json").exit_code == 0
    (header,) = (auditor.folder / "auditor-demo/runs").glob("*/run.json")
    target = auditor.folder / "runs" / header.parent.name
    shutil.copytree(header.parent, target)
    return target


def test_it_writes_its_documents_says_what_it_found_and_exits_0(auditor: Shell) -> None:
    told = auditor("audit", "--demo")
    assert told.exit_code == 0, told.stderr
    written = {p.suffix for p in (auditor.folder / "auditor-demo").iterdir() if p.is_file()}
    assert {".html", ".csv", ".json", ".jsonl"} <= written
    assert "audit and transition plan" in told.stdout
    assert (
        "a real run would have exited with 4 (something in scope could not be read)" in told.stderr
    )
    assert "credentials taken for aws: " in told.stderr
    assert sorted(p.name for p in auditor.folder.iterdir()) == ["auditor-demo"]


def test_progress_is_a_plain_line_per_scope(auditor: Shell) -> None:
    lines = auditor("audit", "--demo", "-f", "json").stderr.splitlines()
    assert [line for line in lines if line.startswith("aws/")] == lines[:4]
    assert not any("\x1b" in line for line in lines)


def test_standard_output_holds_the_document_and_nothing_else(auditor: Shell) -> None:
    told = auditor("audit", "--demo", "-f", "json", "-o", "-")
    assert told.exit_code == 0
    assert json.loads(told.stdout)["lang"] == "en"
    assert not list((auditor.folder / "auditor-demo").glob("*.json"))


@pytest.mark.parametrize(
    ("lang", "flag", "setting", "written"),
    [
        ("fr_FR.UTF-8", [], "", "fr"),
        ("fr_FR.UTF-8", ["--lang", "en"], "", "en"),
        ("C.UTF-8", ["--lang=fr"], "", "fr"),
        ("C.UTF-8", [], "fr", "fr"),
        ("C.UTF-8", ["--lang", "en"], "fr", "en"),
    ],
)
def test_the_language_of_documents(
    auditor: Shell, lang: str, flag: list[str], setting: str, written: str
) -> None:
    auditor.set(LC_ALL=lang, AUDITOR_REPORT__LANG=setting)
    told = auditor("audit", "--demo", "-f", "json", "-o", "-", *flag)
    assert json.loads(told.stdout)["lang"] == written


def test_the_demo_fails_on_nothing_and_says_what_it_would_fail_on(auditor: Shell) -> None:
    words = ["audit", "--demo", "-f", "json", "--allow-partial"]
    assert "exited with 0 (nothing to add)" in auditor(*words).stderr
    for levels in ("blocking", "info", "undetermined", "minor,undetermined"):
        told = auditor(*words, "--fail-on", levels)
        assert told.exit_code == 0
        assert "exited with 3 (findings at or above --fail-on)" in told.stderr


def test_a_stored_run_is_told_again_by_its_name(auditor: Shell, run: Path) -> None:
    told = auditor("report", run.name, "-f", "csv", "-o", "again")
    assert told.exit_code == 0
    assert [p.suffix for p in (auditor.folder / "again").iterdir()] == [".csv"]
    assert "audit and transition plan" in auditor("report", str(run)).stdout


def test_a_stored_run_is_judged_again_and_exits_as_an_audit(auditor: Shell, run: Path) -> None:
    told = auditor("replay", run.name, "--as-of", "2025-01-01")
    assert told.exit_code == 4
    assert "2025-01-01" in told.stdout
    assert auditor("replay", run.name, "--as-of", "2025-01-01", "--set",
                   "judge.allow_partial=true").exit_code == 0  # fmt: skip
    again = auditor("report", run.name, "--as-of", "2025-01-01", "-f", "json", "-o", "-")
    assert '"2025-01-01"' in again.stdout
    other = auditor("report", run.name, "--as-of", "2024-01-01")
    assert other.exit_code == 2
    assert f"auditor replay {run} --as-of 2024-01-01".replace(str(auditor.folder) + "/", "") \
        in other.stderr  # fmt: skip


def test_verify_says_what_changed(auditor: Shell, run: Path) -> None:
    sound = auditor("verify", run.name)
    assert sound.exit_code == 0, sound.output
    assert "not forgery" in sound.stdout
    with (run / "coverage.jsonl").open("a") as file:
        file.write("{}\n")
    changed = auditor("verify", run.name)
    assert changed.exit_code == 3
    assert "coverage.jsonl: changed" in changed.stdout


def test_a_finished_run_is_not_resumed(auditor: Shell, run: Path) -> None:
    told = auditor("audit", "--demo", "--resume", str(run))
    assert told.exit_code == 2
    assert "is finished" in told.stderr


def test_an_interrupted_run_is_taken_up_again(auditor: Shell, run: Path) -> None:
    demo = auditor.folder / "auditor-demo/runs"
    (left,) = demo.glob("*/run.json")
    for name in ("summary.json", "manifest.json", "judged.jsonl.gz", "findings.jsonl.gz",
                 "stores.jsonl.gz"):  # fmt: skip
        (left.parent / name).unlink()
    refused = auditor("report", str(left.parent))
    assert refused.exit_code == 2
    assert "was interrupted" in refused.stderr
    told = auditor("audit", "--demo", "--resume", "-f", "json")
    assert told.exit_code == 0, told.stderr
    assert len(list(demo.glob("*/run.json"))) == 1
    sealed = [(p / "stores.jsonl.gz").read_bytes() for p in (run, left.parent)]
    assert sealed[0] == sealed[1]  # what was collected was kept, collection times included
