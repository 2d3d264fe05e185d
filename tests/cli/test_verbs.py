"""The verbs that need no cloud, as people type them."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

from auditor.settings import load

from .calling import Shell

VERBS = ["init", "doctor", "audit", "classify", "dossier", "report", "plan", "replay", "diff",
         "history", "verify", "checks", "facts", "permissions", "schema", "completion"]  # fmt: skip


@pytest.mark.parametrize("words", [[verb, "--help"] for verb in VERBS], ids=" ".join)
def test_every_verb_has_help(auditor: Shell, words: list[str]) -> None:
    told = auditor(*words)
    assert told.exit_code == 0
    assert told.stdout.startswith(f"Usage: auditor {words[0]}")
    assert "--help" in told.stdout


def test_help_names_every_verb(auditor: Shell) -> None:
    told = auditor("--help").stdout
    assert [v for v in VERBS if f"\n  {v} " not in told] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Usage: auditor"),
        (["audt"], "there is no command audt; did you mean audit?"),
        (["audit", "--demoo"], "there is no option --demoo; did you mean --demo?"),
        (["replay", "x"], "'--as-of' is missing"),
        (["replay", "x", "--as-of", "tomorrow"], "expected a day"),
        (["audit", "--fail-on", "terrible"], "one of: blocking, major"),
        (["audit", "-f", "htm"], "there is no format htm"),
        (["audit", "-f", "json", "-f", "csv", "-o", "-"], "one document only"),
        (["audit", "-f", "json", "-o", "file/below"], "cannot be written"),
        (["audit", "--set", "aws.external_id=hunter2"], "a secret never stands"),
        (["audit", "--set", "audit.concurrency=many"], "expected a whole number"),
        (["audit", "-c", "absent.toml"], "absent.toml: it cannot be read"),
        (["audit", "--resume"], "no run was interrupted"),
        (["audit", "--resume", "absent"], "absent is no run folder"),
        (["audit"], "no credentials of any cloud were found"),
        (["report", "absent"], "absent is no run folder"),
        (["verify", "absent"], "absent is no run folder"),
        (["checks", "show", "RES0001"], "one of: RES001"),
        (["facts", "list", "offer"], "one of:"),
        (["facts", "show", "no-such-fact"], "no such fact"),
        (["permissions", "was"], "one of: aws"),
        (["schema", "sttings"], "did you mean settings?"),
        (["completion", "tcsh"], "'bash', 'zsh', 'fish'"),
        (["checks", "list", "--facts", "absent"], "absent"),
        (["--lang", "de"], "--lang"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_exits_2_and_says_what_to_write(
    auditor: Shell, words: list[str], told: str
) -> None:
    (auditor.folder / "file").touch()
    before = sorted(os.listdir(auditor.folder))
    found = auditor(*words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr
    assert "hunter2" not in found.stderr
    assert "defect" not in found.stderr
    assert sorted(os.listdir(auditor.folder)) == before  # nothing was audited


def test_a_settings_mistake_stops_every_verb_that_reads_them(auditor: Shell) -> None:
    auditor.write("[audit]\nconcurency = 3\n")
    for words in (["audit"], ["checks", "list"], ["doctor"], ["permissions", "aws"]):
        told = auditor(*words)
        assert told.exit_code == 2
        assert "auditor.toml:2: audit.concurency" in told.stderr


def test_doctor_tells_what_it_found_up_to_what_is_missing(auditor: Shell) -> None:
    told = auditor("doctor")
    assert told.exit_code == 2
    assert "no credentials of any cloud were found" in told.stderr
    for what in ("settings: none", "plugins: health-residency-auditor", "facts: ", "run folder: "):
        assert what in told.stdout
    assert list(auditor.folder.iterdir()) == []


def test_init_writes_settings_that_change_nothing(auditor: Shell) -> None:
    assert auditor("init").exit_code == 0
    path = auditor.folder / "auditor.toml"
    assert load(path, {}).public() == load(None, {}).public()
    # and so do they when every # before a key is taken away
    bare = "\n".join(
        line.removeprefix("# ") if " = " in line else line for line in path.read_text().splitlines()
    )
    assert tomllib.loads(bare)["audit"]["concurrency"] == 32
    assert load(auditor.write(bare, "bare.toml"), {}).public() == load(None, {}).public()


def test_init_leaves_what_is_there(auditor: Shell) -> None:
    auditor.write("mine")
    told = auditor("init")
    assert told.exit_code == 2
    assert "is there already" in told.stderr
    assert (auditor.folder / "auditor.toml").read_text() == "mine"
    assert auditor("init", "absent/auditor.toml").exit_code == 2


def test_schema_prints_what_is_published(auditor: Shell) -> None:
    names = auditor("schema").stdout.split()
    assert {"settings", "run", "store", "finding", "coverage", "facts/offers"} <= set(names)
    for name in names:
        schema = json.loads(auditor("schema", name).stdout)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(auditor: Shell, shell: str) -> None:
    told = auditor("completion", shell)
    assert told.exit_code == 0
    assert "_AUDITOR_COMPLETE" in told.stdout


def test_completion_completes(auditor: Shell) -> None:
    auditor.set(_AUDITOR_COMPLETE="bash_complete", COMP_WORDS="auditor re", COMP_CWORD="1")
    assert auditor().stdout.split() == ["plain,report", "plain,replay"]


def test_permissions_follow_the_types_selected(auditor: Shell) -> None:
    policy = json.loads(auditor("permissions", "aws").stdout)
    actions = {a for s in policy["Statement"] for a in s["Action"]}
    few = json.loads(auditor("permissions", "aws", "--set", "audit.types=aws.efs.*").stdout)
    fewer = {a for s in few["Statement"] for a in s["Action"]}
    assert "elasticfilesystem:DescribeFileSystems" in fewer
    assert "rds:DescribeDBInstances" in actions - fewer
    assert fewer < actions


def test_checks_are_listed_and_shown(auditor: Shell) -> None:
    told = auditor("checks", "list").stdout
    for name in ("aws.s3.bucket", "RES001", "json"):
        assert f"\n  {name} " in told
    assert "s3:ListBuckets" in auditor("checks", "show", "aws.s3.bucket").stdout
    assert "European Economic Area" in auditor("checks", "show", "RES001").stdout


def test_facts_are_listed_and_shown(auditor: Shell) -> None:
    told = auditor("facts", "list").stdout.split()
    assert {"offers:aws", "countries:FR"} <= set(told)
    assert set(auditor("facts", "list", "offers").stdout.split()) < set(told)
    assert '"source"' in auditor("facts", "show", "offers:aws").stdout


@pytest.mark.parametrize(("day", "in_the_union"), [("2019-06-01", True), ("2026-06-01", False)])
def test_facts_are_asked_as_of_a_day(auditor: Shell, day: str, in_the_union: bool) -> None:
    """The first adequacy decision for the United Kingdom is of June 2021."""
    told = auditor("facts", "list", "adequacy", "--as-of", day).stdout.split()
    every = auditor("facts", "list", "adequacy").stdout.split()
    assert set(told) < set(every)
    assert ("adequacy:32021D1772" in told) is not in_the_union


def test_the_version(auditor: Shell) -> None:
    from auditor import __version__

    assert auditor("--version").stdout == f"auditor {__version__}\n"


def test_a_verb_can_be_run_without_leaving(auditor: Shell) -> None:
    from auditor import cli

    assert cli.main(["schema", "absent"], standalone_mode=False) == 2


def test_files_of_the_package_are_verbs_or_private() -> None:
    from auditor import cli

    names = {p.stem for p in Path(cli.__file__).parent.glob("[!_]*.py")}
    assert names == set(VERBS)
