"""The journal: what finished is kept, the rest is done again, the order does not matter."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.errors import LockedError, RunError
from auditor.model import Reason, Unknown
from auditor.runs import RunFolder, compare, unfinished, verify
from tests.runs.making import HEADER, IDS, coverage, finished, judge, store, survey

ROOT = Path(__file__).parents[2]
UNITS = 60
PROGRAM = f"""
import sys
from pathlib import Path
from auditor.runs import RunFolder
from tests.runs.making import HEADER, judge, survey
root, name = Path(sys.argv[1]), sys.argv[2]
there = (root / name / "run.json").is_file()
print("ready", flush=True)
with RunFolder.resume(root / name) if there else RunFolder.start(root, name, HEADER) as run:
    for unit in range({UNITS}):
        survey(run, [unit], 30)
    run.seal({{"ended": "now"}})
    judge(run)
"""


def sealed(path: Path) -> dict[str, bytes]:
    names = ("stores.jsonl.gz", "subjects.jsonl.gz", "coverage.jsonl")
    return {name: (path / name).read_bytes() for name in names}


def child(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM, str(root), IDS[0]]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_killed_twenty_times_and_resumed(tmp_path):
    start = time.perf_counter()
    assert child(tmp_path / "peace").wait(60) == 0
    span = time.perf_counter() - start
    dice, root, kills = random.Random(1), tmp_path / "war", 0
    journals = set()
    while kills < 20:
        process = child(root)
        time.sleep(dice.uniform(0, span / 8))
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
        if (root / IDS[0]).is_dir() and not (root / IDS[0] / "run.json").exists():
            shutil.rmtree(root / IDS[0])  # killed before it had a head: a caller takes another name
        if (root / IDS[0] / "journal.jsonl").exists():
            journals.add((root / IDS[0] / "journal.jsonl").stat().st_size)
        if not unfinished(root) and (root / IDS[0]).exists():
            break  # it got through between two kills
    if unfinished(root) or not (root / IDS[0]).exists():
        assert child(root).wait(60) == 0
    assert len(journals) > 1, "never killed half-way"
    assert compare(tmp_path / "peace" / IDS[0], root / IDS[0]) == []
    assert sealed(tmp_path / "peace" / IDS[0]) == sealed(root / IDS[0])
    assert verify(root / IDS[0]) == []


def test_any_order_gives_the_same_bytes(tmp_path):
    orders = [range(9), reversed(range(9)), [4, 0, 8, 2, 6, 1, 7, 5, 3]]
    runs = [finished(tmp_path / str(n), IDS[n], order) for n, order in enumerate(orders)]
    assert sealed(runs[0]) == sealed(runs[1]) == sealed(runs[2])
    assert compare(runs[0], runs[1]) == compare(runs[0], runs[2]) == []


@pytest.mark.parametrize("cut", [1, 2, 40, 400])
def test_a_torn_line_is_dropped(tmp_path, cut):
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        survey(run, [0, 1])
    journal = run.path / "journal.jsonl"
    os.truncate(journal, journal.stat().st_size - cut)
    with RunFolder.resume(run.path) as run:
        assert run.done == {"unit-0"}
        assert journal.read_bytes().endswith(b"\n")
        survey(run, [0, 1])
        run.seal({})
        judge(run)
    assert compare(finished(tmp_path / "whole", IDS[0], [0, 1]), run.path) == []


def test_a_unit_begun_again_forgets_what_it_wrote(tmp_path):
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        survey(run, [0])
        run.begin("unit-0")
        run.write("unit-0", store(99))
    with RunFolder.resume(run.path) as run:
        assert run.done == frozenset()
        run.seal({})
        assert list(run.stores()) == []


def test_what_was_read_is_told_once_of_each_unit_by_kind_then_by_scope(tmp_path):
    told = [
        coverage("b", stores=2),
        coverage("a", Unknown(Reason.DENIED), stores=3),
        coverage("a", stores=1),
        replace(coverage("c"), kind="j"),
        coverage("b", stores=9),
    ]
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        for unit, covered in zip(["b k", "a k denied", "a k", "c j", "b k"], told, strict=True):
            run.begin(unit)
            run.finish(unit, covered)
        assert run.done == {"a k", "a k denied", "b k", "c j"}
        assert len(run.done) == 4
    with RunFolder.resume(run.path) as run:
        assert run.done == {"a k", "a k denied", "b k", "c j"}
        run.seal({})
    assert list(run.coverage()) == [told[3], told[2], told[1], told[4]]


def test_a_damaged_journal_is_told(tmp_path):
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        survey(run, [0])
    journal = run.path / "journal.jsonl"
    journal.write_bytes(b"{}\n" + journal.read_bytes())
    with pytest.raises(RunError, match="damaged at byte 0"):
        RunFolder.resume(run.path)
    with pytest.raises(RunError, match="damaged"):  # not LockedError: the lock was let go
        RunFolder.resume(run.path)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_store_told_twice_is_noted(tmp_path, order):
    versions = [store(1, name="a"), store(1, name="b")]
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        for n in order:
            run.begin(f"unit-{n}")
            run.write(f"unit-{n}", versions[n])
            run.finish(f"unit-{n}", coverage(f"unit-{n}"))
        run.seal({})
    assert list(run.stores()) == [versions[0]]
    assert json.loads((run.path / "run.json").read_bytes())["told_again"] == {"aws.kind1": 1}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_subject_told_twice_is_the_same_one(tmp_path, order):
    told = [
        store(1, id="key", name="b", also=("x",)),
        store(1, id="key", name="a", also=("x",)),
        store(1, id="key", name="c", also=("y",)),
    ]
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        for n in order:
            run.write_subject(told[n])
        run.seal({})
    assert list(run.subjects_iter()) == [replace(told[1], also=("x", "y"))]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_gaps_of_one_scope_have_one_order(tmp_path, order):
    gaps = [Unknown(Reason.DENIED), Unknown(Reason.GONE)]
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        for n in order:
            run.begin(f"1 {n}")
            run.finish(f"1 {n}", coverage(f"1 {n}", gaps[n]))
        run.seal({})
    assert [c.gaps for c in run.coverage()] == [(gaps[0],), (gaps[1],)]


def test_hostile_names_keep_their_place_when_resumed(tmp_path):
    names = ["a\udc80", "a\u00e9", 'b"store":', "b\n\u202e"]
    runs = []
    for again in (False, True):
        with RunFolder.start(tmp_path / str(again), IDS[0], HEADER) as run:
            run.begin('u"store":')
            for name in names:
                run.write('u"store":', store(0, id=name))
            run.finish('u"store":', coverage("u"))
            if not again:
                run.seal({})
        if again:
            with RunFolder.resume(run.path) as run:
                run.seal({})
        runs.append(sealed(run.path))
        assert {s.id for s in run.stores()} == {"a?", "a\u00e9", 'b"store":', "b\n\u202e"}
    assert runs[0] == runs[1]


def test_two_at_once(tmp_path):
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        with pytest.raises(LockedError, match=str(os.getpid())):
            RunFolder.start(tmp_path, IDS[1], HEADER)
        with pytest.raises(LockedError):
            RunFolder.resume(run.path)
        assert not (tmp_path / IDS[1]).exists()
    with RunFolder.resume(run.path):
        pass


def test_the_dead_hold_no_lock(tmp_path):
    process = child(tmp_path)
    process.kill()
    process.wait()
    with RunFolder.start(tmp_path, IDS[1], HEADER):
        pass


def test_a_hundred_thousand_stores_in_little_memory(tmp_path):
    program = f"""
import re, sys
from pathlib import Path
from auditor.runs import RunFolder
from tests.runs.making import HEADER, survey
with RunFolder.start(Path(sys.argv[1]), {IDS[0]!r}, HEADER) as run:
    survey(run, range(100), 1000)
    run.seal({{}})
# its own peak: what getrusage tells begins with that of the process which started it
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    assert int(told.stdout) < 150


def test_units_of_which_nothing_is_there_begin_and_end_at_once(tmp_path):
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        run.begin("1 k")
        run.write("1 k", store(1))  # then it was killed, and the store is gone
    with RunFolder.resume(run.path) as run:
        run.finish_empty({unit: coverage(unit) for unit in ("1 k", "2 k")})
        assert run.done == {"1 k", "2 k"}
    with RunFolder.resume(run.path) as run:
        assert run.done == {"1 k", "2 k"}
        run.seal({})
    assert list(run.stores()) == []
    assert list(run.coverage()) == [coverage("1 k"), coverage("2 k")]
