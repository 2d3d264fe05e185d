"""A run folder: written by one audit, read by everybody after it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from auditor.codec import dumps, from_json
from auditor.errors import LockedError, RunError
from auditor.model import Coverage, DataStore

from .chain import write_manifest
from .files import SCHEMA, folder, opened, read_json, read_lines, write_json, write_lines, writing
from .journal import Journal
from .judgement import JudgementFolder
from .validation import valid

VERSION = 1


class RunFolder:
    """One run. `start` and `resume` hold the lock of the folder of runs; `open` only reads."""

    def __init__(self, path: Path, header: Mapping[str, Any], journal: Journal | None) -> None:
        self.path = path
        self.header = dict(header)
        self._journal = journal
        self._lock = -1

    # ------------------------------------------------------------------ coming and going

    @classmethod
    def start(cls, root: Path, run_id: str, header: Mapping[str, Any]) -> RunFolder:
        """Begin a run. Raises `LockedError` when another one is under way in this folder."""
        folder(root)
        lock = _locked(root)
        path = root / run_id
        folder(path)
        whole = {"schema": SCHEMA.format("run"), "format": VERSION, "run": run_id, **header}
        write_json(path / "run.json", whole)
        run = cls(path, whole, Journal(path / "journal.jsonl"))
        run._lock = lock
        return run

    @classmethod
    def resume(cls, path: Path) -> RunFolder:
        """Take up an interrupted run where it was."""
        header = _header(path)
        lock = _locked(path.parent)
        run = cls(path, header, Journal(path / "journal.jsonl"))
        run._lock = lock
        return run

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """Read a sealed run."""
        return cls(path, _header(path), None)

    def __enter__(self) -> RunFolder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._journal:
            self._journal.close()
        if self._lock >= 0:
            os.close(self._lock)  # closing gives the lock back

    # ------------------------------------------------------------------ writing

    @property
    def _writing(self) -> Journal:
        if self._journal is None:
            raise RunError(f"{self.path}: opened to be read", hint="resume it to write")
        return self._journal

    @property
    def done(self) -> frozenset[str]:
        """The units that are finished."""
        return frozenset(self._writing.coverage)

    @property
    def subjects(self) -> dict[str, DataStore]:
        """The subjects already read, by every name they are known under."""
        return self._writing.subjects

    def begin(self, unit: str) -> None:
        """A unit begins."""
        self._writing.begin(unit)

    def write(self, unit: str, store: DataStore) -> None:
        """A store was read."""
        self._writing.store(unit, store)

    def write_subject(self, subject: DataStore) -> None:
        """A subject was read."""
        self._writing.subject(subject)

    def finish(self, unit: str, coverage: Coverage) -> None:
        """A unit came to its end."""
        self._writing.finish(unit, coverage)

    def seal(self, updates: Mapping[str, Any]) -> None:
        """Sort what came into files that do not depend on the order in which it came."""
        journal = self._writing
        entries = journal.entries()
        self.header = {**self.header, **updates}
        stores = (valid("store", journal.line(e)) + b"\n" for e in entries)
        write_lines(self.path / "stores.jsonl.gz", stores)
        merged = (valid("store", _bytes(s)) + b"\n" for s in _merged(journal.subjects))
        write_lines(self.path / "subjects.jsonl.gz", merged)
        coverage = sorted(journal.coverage.values(), key=lambda c: (c.kind, c.scope, c.gaps == ()))
        lines = (valid("coverage", _bytes(c)) + b"\n" for c in coverage)
        write_lines(self.path / "coverage.jsonl", lines)
        write_json(self.path / "run.json", self.header)
        write_manifest(self.path)

    # ------------------------------------------------------------------ reading

    def stores(self) -> Iterator[DataStore]:
        """The stores, one at a time, in canonical order."""
        return (from_json(DataStore, s) for s in read_lines(self.path / "stores.jsonl.gz"))

    def subjects_iter(self) -> Iterator[DataStore]:
        """The subjects, one at a time."""
        return (from_json(DataStore, s) for s in read_lines(self.path / "subjects.jsonl.gz"))

    def coverage(self) -> Iterator[Coverage]:
        """What was read of what, one unit at a time."""
        return (from_json(Coverage, c) for c in read_lines(self.path / "coverage.jsonl"))

    def judgement(self, as_of: date, edition: str, *, replay: bool) -> JudgementFolder:
        """Where the conclusions of one day under one edition of the facts are, or will be."""
        if not replay:
            return JudgementFolder(self.path, self.path)
        return JudgementFolder(self.path, self.path / "judgements" / f"{as_of}-{edition}")


def _bytes(value: object) -> bytes:
    return dumps(value).encode()


def _merged(subjects: Mapping[str, DataStore]) -> Iterator[DataStore]:
    """Every subject once, under all the names by which stores referred to it."""
    by_id: dict[str, list[DataStore]] = {}
    for subject in subjects.values():
        by_id.setdefault(subject.id, []).append(subject)
    for name in sorted(by_id):
        same = sorted(by_id[name], key=lambda s: dumps(replace(s, collected="", also=())))
        also = tuple(sorted({other for s in same for other in s.also}))
        yield replace(same[0], also=also)


def _header(path: Path) -> dict[str, Any]:
    header: dict[str, Any] = read_json(path / "run.json")
    if not isinstance(header, dict) or header.get("format") != VERSION:
        found = header.get("format") if isinstance(header, dict) else None
        raise RunError(
            f"{path}: a run of another version ({found}, this program reads {VERSION})",
            hint="read it with the version of the auditor that wrote it",
        )
    return header


def _locked(root: Path) -> int:
    """Hold the lock of a folder of runs until the file is closed, or the process dies."""
    with writing(root):
        lock = opened(root / ".lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace").strip()
        os.close(lock)
        raise LockedError(
            f"{root}: another run is under way (process {holder or 'unknown'})",
            hint="wait for it, or choose another folder in [runs] dir",
        ) from error
    with writing(root):
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock
