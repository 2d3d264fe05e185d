"""Run folders: private, refused when full, chained, read with a message and no traceback."""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import stat
import subprocess
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from auditor.errors import LockedError, RunError, RunFolderError
from auditor.model import Severity
from auditor.runs import JudgementFolder, Mismatch, RunFolder, compare, run_id, unfinished, verify
from auditor.runs.files import folder
from tests.runs.making import HEADER, IDS, finding, finished, judge, judged, store, summary, survey


def changed(path: Path, data: bytes = b" ") -> None:
    with path.open("ab") as file:
        file.write(data)


def test_only_the_owner_may_look(tmp_path):
    run = finished(tmp_path / "a" / "b", IDS[0])
    with RunFolder.open(run) as opened:
        judge(opened, replay=True)
    for path in (tmp_path / "a", *(tmp_path / "a").rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_folder_that_is_there_stays_as_it_is(tmp_path):
    tmp_path.chmod(0o755)
    folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    (tmp_path / "file").touch()
    with pytest.raises(RunFolderError):
        folder(tmp_path / "file")


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2026, 11, 24, 6, 7, 8, tzinfo=UTC), "20261124T060708Z-"),
        (datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=2))), "20261123T230000Z-"),
    ],
)
def test_names_are_in_universal_time(moment, name):
    assert run_id(moment).startswith(name)
    assert len(run_id(moment)) == len(name) + 4


def test_documents_name_their_schema(tmp_path):
    run = finished(tmp_path, IDS[0])
    urn = "urn:health-residency-auditor:schema:{}:1"
    for name in ("run", "summary", "manifest"):
        assert json.loads((run / f"{name}.json").read_bytes())["schema"] == urn.format(name)
    files = json.loads((run / "manifest.json").read_bytes())["files"]
    told = {name: entry.get("schema") for name, entry in files.items()}
    assert told["stores.jsonl.gz"] == told["subjects.jsonl.gz"] == urn.format("store")
    assert told["findings.jsonl.gz"] == urn.format("finding")
    assert told["judged.jsonl.gz"] == urn.format("judged")
    assert told["coverage.jsonl"] == urn.format("coverage")


def test_conclusions_come_back_in_order(tmp_path):
    with RunFolder.open(finished(tmp_path, IDS[0])) as run:
        judgement = run.judgement(date(2026, 1, 1), "e", replay=False)
        assert [j.store for j in judgement.judged()] == [s.id for s in run.stores()]
        order = [(f.severity, f.rule) for f in judgement.findings()]
        ranks = [(s.value != "blocking", rule) for s, rule in order]
        assert len(order) == 28
        assert ranks == sorted(ranks)
        assert judgement.summary() == summary()


def test_a_line_against_its_schema_is_our_defect(tmp_path):
    pytest.importorskip("jsonschema_rs")
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        run.begin("u")
        with pytest.raises(AssertionError, match="store schema at properties/name/type") as told:
            run.write("u", store(1, name=123456789))
        assert "123456789" not in str(told.value)


# ---------------------------------------------------------------------- the chain


def test_nothing_to_say_of_what_is_whole(tmp_path):
    runs = [finished(tmp_path, name) for name in IDS[:3]]
    with RunFolder.open(runs[2]) as run:
        judge(run, replay=True)
    assert [verify(run) for run in runs] == [[], [], []]
    manifests = [json.loads((run / "manifest.json").read_bytes()) for run in runs]
    assert [m.get("previous", {}).get("run") for m in manifests] == [None, IDS[0], IDS[1]]


@pytest.mark.parametrize(
    ("harm", "kind", "file"),
    [
        (lambda p: changed(p / "stores.jsonl.gz"), "changed", "stores.jsonl.gz"),
        (lambda p: changed(p / "journal.jsonl"), "changed", "journal.jsonl"),
        (lambda p: (p / "coverage.jsonl").unlink(), "missing", "coverage.jsonl"),
        (lambda p: changed(p / "extra.txt"), "unlisted", "extra.txt"),
        (lambda p: (p / "extra").mkdir(), "unlisted", "extra/"),
        (
            lambda p: changed(p.parent / IDS[0] / "manifest.json"),
            "chain",
            f"../{IDS[0]}/manifest.json",
        ),
        (
            lambda p: (p.parent / IDS[0] / "manifest.json").unlink(),
            "missing",
            f"../{IDS[0]}/manifest.json",
        ),
        (
            lambda p: changed(p / "judgements/2026-01-01-e/judged.jsonl.gz"),
            "changed",
            "judgements/2026-01-01-e/judged.jsonl.gz",
        ),
        (
            lambda p: (p / "judgements/2026-01-01-e/manifest.json").unlink(),
            "missing",
            "judgements/2026-01-01-e/manifest.json",
        ),
    ],
)
def test_harm_is_seen(tmp_path, harm, kind, file):
    finished(tmp_path, IDS[0])
    run = finished(tmp_path, IDS[1])
    with RunFolder.open(run) as opened:
        judge(opened, replay=True)
    harm(run)
    assert verify(run) == [Mismatch(kind, file)]


def test_a_run_sealed_and_not_judged_is_no_link(tmp_path):
    """It will be taken up again and its manifest will change: nobody may build on it."""
    with RunFolder.start(tmp_path, IDS[0], HEADER) as early:
        survey(early, [0])
        early.seal({})
    late = finished(tmp_path, IDS[1])
    assert unfinished(tmp_path) == [early.path]
    with RunFolder.resume(early.path) as run:
        run.seal({})
        judge(run)
    assert unfinished(tmp_path) == []
    assert verify(late) == verify(early.path) == []


def test_a_run_that_ended_is_not_written_again(tmp_path):
    run = finished(tmp_path, IDS[0])
    with pytest.raises(RunError, match="came to its end"):
        RunFolder.resume(run)
    with pytest.raises(RunFolderError):
        RunFolder.start(tmp_path, IDS[0], HEADER)
    assert verify(run) == []


def test_killed_between_summary_and_manifest_is_unfinished(tmp_path):
    with RunFolder.start(tmp_path, IDS[0], HEADER) as run:
        survey(run, [0])
        run.seal({})
        before = (run.path / "manifest.json").read_bytes()
        judge(run)
    (run.path / "manifest.json").write_bytes(before)
    assert unfinished(tmp_path) == [run.path]
    with RunFolder.resume(run.path) as again:
        again.seal({})
        judge(again)
    assert verify(run.path) == []


def test_one_replay_at_a_time(tmp_path):
    with RunFolder.open(finished(tmp_path, IDS[0])) as run:
        first, second = (run.judgement(date(2026, 1, 1), "e", replay=True) for _ in range(2))
        with first, pytest.raises(LockedError):
            second.__enter__()


# ---------------------------------------------------------------------- comparing


def test_compare_looks_past_times_only(tmp_path):
    one, other = (finished(tmp_path / n, IDS[int(n)], clock=f"at {n}") for n in "01")
    assert (one / "stores.jsonl.gz").read_bytes() != (other / "stores.jsonl.gz").read_bytes()
    assert compare(one, other) == []
    third = finished(tmp_path / "2", IDS[0], range(5))
    told = compare(one, third)
    assert "stores.jsonl.gz:29" in told
    assert "coverage.jsonl:5" in told
    assert "judged.jsonl.gz:29" in told


def test_compare_sees_every_file(tmp_path):
    one, other = (finished(tmp_path / n, IDS[0]) for n in "01")
    head = json.loads((other / "run.json").read_bytes())
    (other / "run.json").write_text(json.dumps({**head, "edition": "f"}))
    counts = json.loads((other / "summary.json").read_bytes())
    (other / "summary.json").write_text(json.dumps({**counts, "stores": 9}))
    assert compare(one, other) == ["run.json", "summary.json"]


# ---------------------------------------------------------------------- reading


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 12)


def _garbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def _of_another_shape(path: Path) -> None:
    path.write_bytes(gzip.compress(b'{"id":"x"}\n'))


@pytest.mark.parametrize("harm", [_cut, _garbled, _of_another_shape, Path.unlink])
@pytest.mark.parametrize("name", ["stores.jsonl.gz", "judged.jsonl.gz"])
def test_what_cannot_be_read_is_told(tmp_path, harm, name):
    run = finished(tmp_path, IDS[0])
    harm(run / name)
    with RunFolder.open(run) as opened, pytest.raises(RunError, match=name):
        list(opened.stores()) + list(JudgementFolder(run, run).judged())


@pytest.mark.parametrize(
    ("text", "match"),
    [('{"format": 2}', "another version"), ("[]", "another version"), ("{", "cannot be read")],
)
def test_a_head_of_another_version(tmp_path, text, match):
    run = finished(tmp_path, IDS[0])
    (run / "run.json").write_text(text)
    for way in (RunFolder.open, RunFolder.resume):
        with pytest.raises(RunError, match=match) as told:
            way(run)
        assert told.value.hint


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"files": []}', '{"files": {"a": 1}}', '{"files": {}, "previous": 1}']
)
def test_a_manifest_that_is_none(tmp_path, text):
    run = finished(tmp_path, IDS[0])
    (run / "manifest.json").write_text(text)
    with pytest.raises(RunError):
        verify(run)


def test_not_a_run(tmp_path):
    for way in (RunFolder.open, RunFolder.resume, verify):
        with pytest.raises(RunError, match="not there"):
            way(tmp_path)
    assert unfinished(tmp_path / "none") == []


# ---------------------------------------------------------------------- a full disk


@contextmanager
def small_disk(path: Path, kib: int):
    """A disk of a few KiB; where none may be mounted, a limit on the size of files."""
    path.mkdir()
    size = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(path)]
    may = os.geteuid() == 0 and shutil.which("mount")
    mounted = bool(may) and subprocess.run(size, capture_output=True).returncode == 0
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        if not mounted:  # Python ignores SIGXFSZ: the write fails as on a full disk
            resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, hard))
        yield mounted
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        if mounted:
            subprocess.run(["umount", "-l", str(path)], check=True)


def test_a_full_disk_is_told_and_nothing_collected_is_lost(tmp_path):
    with small_disk(tmp_path / "disk", 128):
        with RunFolder.start(tmp_path / "disk", IDS[0], HEADER) as run:
            with pytest.raises(RunFolderError, match="cannot be written") as told:
                survey(run, range(1000))
            kept = run.done
        assert told.value.exit_code == 74
        assert told.value.hint
        with RunFolder.resume(run.path) as again:
            assert again.done == kept
            assert kept


def conclude_of_many(judgement: JudgementFolder) -> None:
    with judgement:
        for number in range(10_000):
            judgement.write(judged(store(number)), [finding(number, Severity.INFO, "R0")])
        judgement.close(summary())


def test_a_disk_full_while_sealing_or_judging(tmp_path):
    units = range(5)
    with small_disk(tmp_path / "disk", 96):
        with RunFolder.start(tmp_path / "disk", IDS[0], HEADER) as run:
            survey(run, units)
            filler = run.path.parent / "filler"
            with pytest.raises(OSError, match=r"No space|too large"):
                filler.write_bytes(b"x" * 1024 * 1024)
            if filler.stat().st_size < 90 * 1024:  # the disk is shared: it is full now
                with pytest.raises(RunFolderError):
                    run.seal({})
                assert list(run.path.glob(".*.part")) == []  # what is left of it takes no room
                filler.unlink()
            run.seal({})
            judgement = run.judgement(date(2026, 1, 1), "e", replay=False)
            with pytest.raises(RunFolderError):
                conclude_of_many(judgement)
        assert unfinished(run.path.parent) == [run.path]
        with RunFolder.resume(run.path) as again:
            assert len(again.done) == len(units)
            again.seal({})
            judge(again)
        assert verify(run.path) == []
