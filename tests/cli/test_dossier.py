"""The verbs of the dossier and of two runs side by side, as people type them."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest

from auditor.schema import schema

from .calling import Shell

DEMO = str(files("auditor.dossier") / "demo.toml")


@pytest.fixture
def runs(auditor: Shell) -> list[str]:
    """The demo audited on two days."""
    for day in ("2026-11-25", "2027-03-01"):
        assert auditor("audit", "--demo", "--as-of", day).exit_code == 0
    auditor.set(AUDITOR_RUNS__DIR="auditor-demo/runs")
    return sorted(p.name for p in (auditor.folder / "auditor-demo/runs").iterdir() if p.is_dir())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_form_is_begun_completed_and_checked(auditor: Shell, lang: str) -> None:
    assert auditor("--lang", lang, "init", "--dossier").exit_code == 0
    text = (auditor.folder / "dossier.toml").read_text("utf-8")
    assert "\nedition = 1\n" in text
    assert auditor("dossier", "check", "--as-of", "2026-11-25").exit_code == 0
    # every # that begins a key, an entry or a table is taken away: it is a dossier still
    lines = [line[2:] if line.startswith(("# [",)) or " = " in line else line
             for line in text.splitlines()]  # fmt: skip
    (auditor.folder / "dossier.toml").write_text("\n".join(lines), encoding="utf-8")
    told = auditor("dossier", "check", "--as-of", "2026-11-25")
    assert told.exit_code == 2  # its examples refer to what is not declared
    assert "dossier.toml:" in told.stderr
    assert "Traceback" not in told.stderr
    again = auditor("init", "--dossier")
    assert again.exit_code == 2
    assert "dossier.toml" in again.stderr


def test_what_has_ended_is_told_by_line(auditor: Shell) -> None:
    told = auditor("dossier", "check", DEMO, "--as-of", "2026-11-25")
    assert told.exit_code == 3
    assert "attestations.alternatives.until: it ended on 2026-09-01" in told.stdout
    assert "treatments.entrepot.retention: to be completed" in told.stdout
    early = auditor("dossier", "check", DEMO, "--as-of", "2026-08-01")
    assert "2026-09-15 has not come: nobody can have stated it" in early.stdout


def test_mistakes_are_told_in_french_with_their_line(auditor: Shell) -> None:
    auditor.write('edition = 1\n[waivers.w]\nrule = "RES001"\n', "dossier.toml")
    told = auditor("--lang", "fr", "dossier", "check")
    assert told.exit_code == 2
    assert "dossier.toml:2: waivers.w.until: manque" in told.stderr


def test_an_audit_refuses_a_dossier_before_anything_is_asked(auditor: Shell) -> None:
    auditor.write("edition = 1\n[waivers.w]\n", "dossier.toml")
    told = auditor("audit", "--demo", "--dossier", "dossier.toml")
    assert told.exit_code == 2
    assert not (auditor.folder / "auditor-demo" / "runs").exists()
    assert auditor("audit", "--demo", "--dossier", "absent.toml").exit_code == 2


def test_a_questionnaire_goes_out_and_comes_back(auditor: Shell, runs: list[str]) -> None:
    words = ("dossier", "export", "q.xlsx", "--run", runs[0], "--dossier", DEMO)
    assert auditor(*words).exit_code == 0
    assert auditor(*words).exit_code == 2  # it is there already
    assert auditor("dossier", "import", "q.xlsx").exit_code == 0
    assert auditor("dossier", "import", "q.xlsx").exit_code == 2
    told = auditor("dossier", "import", "q.xlsx", "--replace")
    assert (told.exit_code, "dossier.toml.before" in told.stderr) == (0, True)
    book = openpyxl.load_workbook("q.xlsx")
    book.worksheets[3]["B3"] = "=1+1"
    book.save("q.xlsx")
    wrong = auditor("dossier", "import", "q.xlsx", "-o", "other.toml")
    assert wrong.exit_code == 2
    assert "!B3: treatments.dpi.name: formulas are not computed" in wrong.stderr
    assert not Path("other.toml").exists()
    assert auditor("dossier", "export", "absent/q.xlsx").exit_code == 2
    assert auditor("dossier", "import", "absent.xlsx", "-o", "x.toml").exit_code == 2


def test_two_runs_side_by_side(auditor: Shell, runs: list[str]) -> None:
    told = auditor("diff", *runs)
    assert told.exit_code == 0
    assert told.stdout.startswith(f"{runs[0]}, judged for 2026-11-25")
    assert "Because of: the law, the facts or the day" in told.stdout
    assert "GOV014" in told.stdout  # the contract has ended meanwhile
    french = auditor("--lang", "fr", "diff", *runs)
    assert "le droit, les faits ou la date" in french.stdout
    found = json.loads(auditor("diff", *runs, "--json").stdout)
    assert jsonschema_rs.validator_for(schema("diff")).is_valid(found)
    assert found["turns"]["new"] == sum(f["turn"] == "new" for f in found["findings"])


def test_two_days_of_one_run(auditor: Shell, runs: list[str]) -> None:
    one = auditor("diff", runs[0], "--from", "2026-11-25", "--to", "2026-12-01")
    assert one.exit_code == 2
    assert f"auditor replay auditor-demo/runs/{runs[0]} --as-of 2026-12-01" in one.stderr
    assert auditor("replay", runs[0], "--as-of", "2026-12-01", "--dossier", DEMO).exit_code
    told = auditor("diff", runs[0], "--from", "2026-11-25", "--to", "2026-12-01", "--json")
    assert json.loads(told.stdout)["causes"]["estate"] == 0
    assert auditor("diff", runs[0]).exit_code == 2
    assert auditor("diff", runs[0], "absent").exit_code == 2


def test_history_and_its_index(auditor: Shell, runs: list[str]) -> None:
    told = auditor("history").stdout.splitlines()
    assert [line.partition(":")[0] for line in told] == runs
    assert "data stores 189" in told[0]
    assert auditor("history", "--rebuild").stdout.strip() == "index made again; runs: 2"
    auditor.set(AUDITOR_RUNS__DIR="nowhere")
    assert "no run was finished" in auditor("history").stdout
    assert auditor("history", "--rebuild").exit_code == 0


def test_a_rule_is_shown_with_its_weights_and_items(auditor: Shell) -> None:
    told = auditor("checks", "show", "RES001").stdout
    assert "hds: blocking (legal duty" in told
    assert "all: minor (good practice" in told
    assert "Items: CNIL-06" in told
