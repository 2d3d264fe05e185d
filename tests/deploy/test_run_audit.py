"""The unattended wrapper: what each exit code makes it say, and what it takes up."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"

# stands where the program would be: notes its words, and ends as it is told
STAND_IN = """#!/bin/sh
echo "$@" >> "$SEEN"
trap 'echo closed >> "$SEEN"; exit 143' TERM
if [ -n "${SLEEP:-}" ]; then echo ready >> "$SEEN"; sleep "$SLEEP" & wait $!; fi
exit "$CODE"
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    program = tmp_path / "bin" / "auditor"
    program.parent.mkdir()
    program.write_text(STAND_IN)
    program.chmod(0o755)
    return {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "SEEN": str(tmp_path / "seen"),
        "AUDITOR_RUNS__DIR": str(tmp_path / "runs"),
        "CODE": "0",
    }


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, ""),
        (1, "defect"),
        (2, "nothing was audited"),
        (3, "findings"),
        (4, "could not be read"),
        (5, "nothing was in scope"),
        (74, "cannot be written"),
        (75, "holds the lock"),
        (130, "interrupted"),
        (143, "interrupted"),
    ],
)
def test_says_what_the_code_asks_for_and_passes_it_on(
    environment: dict[str, str], code: int, said: str
) -> None:
    told = subprocess.run(
        [DEPLOY / "run-audit"], env=environment | {"CODE": str(code)},
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert told.returncode == code
    assert told.stdout == ""
    assert (said in told.stderr) if said else told.stderr == ""


def test_takes_up_the_run_that_was_not_closed(environment: dict[str, str], tmp_path: Path) -> None:
    for name, closed in (("a", True), ("b", False)):
        folder = tmp_path / "runs" / name
        folder.mkdir(parents=True)
        (folder / "journal.jsonl").touch()
        if closed:
            (folder / "manifest.json").touch()
    subprocess.run([DEPLOY / "run-audit", "--lang", "fr"], env=environment, check=True, timeout=20)
    words = (tmp_path / "seen").read_text().split()
    assert words == ["audit", "--resume", str(tmp_path / "runs" / "b"), "--lang", "fr"]


def test_a_signal_reaches_the_audit(environment: dict[str, str], tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    running = subprocess.Popen(
        [DEPLOY / "run-audit"], env=environment | {"SLEEP": "20"}, stderr=subprocess.PIPE
    )
    for _ in range(200):
        if seen.exists() and "ready" in seen.read_text():
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    _, told = running.communicate(timeout=10)
    assert running.returncode == 143
    assert "closed" in seen.read_text()
    assert b"interrupted" in told


def codes_of(rules: list[dict[str, object]], action: str) -> set[int]:
    found: set[int] = set()
    for rule in rules:
        codes = rule.get("onExitCodes")
        if rule["action"] == action and isinstance(codes, dict):
            found |= set(codes["values"])
    return found


def test_kubernetes_never_repeats_a_result() -> None:
    job = yaml.safe_load((DEPLOY / "kubernetes/cronjob.yaml").read_text())
    spec = job["spec"]["jobTemplate"]["spec"]
    rules = spec["podFailurePolicy"]["rules"]
    assert codes_of(rules, "FailJob") == {1, 2, 3, 4, 5, 74}
    assert codes_of(rules, "Count") == {75, 130, 143}
    assert spec["template"]["spec"]["restartPolicy"] == "Never"  # podFailurePolicy demands it
    assert job["spec"]["concurrencyPolicy"] == "Forbid"


def test_gitlab_lets_findings_pass_and_gaps_stop() -> None:
    job = yaml.safe_load((DEPLOY / "gitlab/.gitlab-ci.yml").read_text())["audit"]
    assert job["allow_failure"]["exit_codes"] == [3]
    assert set(job["retry"]["exit_codes"]) == {75, 130, 143}
    assert job["artifacts"]["when"] == "always"


def test_systemd_treats_findings_as_a_result_and_takes_up_what_was_interrupted() -> None:
    unit = (DEPLOY / "systemd/auditor.service").read_text().splitlines()
    assert "SuccessExitStatus=3" in unit
    assert "RestartForceExitStatus=75 130 143" in unit
