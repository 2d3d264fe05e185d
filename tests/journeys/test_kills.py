"""A run killed at any moment and resumed gives the bytes of a run that was left in peace."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.runs import compare

KILLS = 20
PROGRAM = """
import sys
from pathlib import Path
from auditor import pipeline, settings
root, run = Path(sys.argv[1]), sys.argv[2:]
chosen = settings.load(None, {}, [f"runs.dir={root}", "audit.concurrency=2"])
pipeline.audit(chosen, demo=True, resume=Path(run[0]) if run else None)
"""


def start(root: Path, *run: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(root), *run])


def runs(root: Path) -> list[Path]:
    return sorted(p.parent for p in root.glob("*/journal.jsonl"))


@pytest.fixture(scope="module")
def peaceful(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("peace")
    assert start(root).wait(60) == 0
    return runs(root)[0]


def kill_once(root: Path, dice: random.Random, *run: str) -> None:
    process = start(root, *run)
    while process.poll() is None and not runs(root):
        time.sleep(0.002)
    time.sleep(dice.uniform(0.0, 0.4))
    process.send_signal(signal.SIGKILL)
    process.wait(60)


def test_killed_twenty_times(peaceful: Path, tmp_path: Path) -> None:
    dice = random.Random(20)
    kill_once(tmp_path, dice)
    (run,) = runs(tmp_path)
    for _ in range(KILLS - 1):
        kill_once(tmp_path, dice, str(run))
    assert start(tmp_path, str(run)).wait(60) == 0
    assert compare(peaceful, run) == []
    for name in ("judged.jsonl.gz", "findings.jsonl.gz", "summary.json"):
        assert (peaceful / name).read_bytes() == (run / name).read_bytes()


@pytest.mark.parametrize("seed", range(5))
def test_killed_once_anywhere(peaceful: Path, tmp_path: Path, seed: int) -> None:
    kill_once(tmp_path, random.Random(seed))
    (run,) = runs(tmp_path)
    assert start(tmp_path, str(run)).wait(60) == 0
    assert compare(peaceful, run) == []
