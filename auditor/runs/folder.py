"""A run folder: written by one audit, read by everybody after it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex
from sys import intern
from types import TracebackType
from typing import Any

from auditor.codec import encoded, from_json
from auditor.errors import RunError
from auditor.model import Coverage, DataStore, Scope, StoreSample

from .chain import complete, write_manifest
from .files import (
    MISSHAPEN,
    SCHEMA,
    folder,
    read_json,
    read_values,
    write_json,
    write_lines,
    writing,
)
from .journal import Journal
from .judgement import JudgementFolder
from .lock import Lock

VERSION = 1
_SAMPLES, _SAMPLING = "samples.jsonl.gz", ".samples.jsonl"


def run_id(moment: datetime) -> str:
    """A name for a run begun at this moment: names sort by time, and two do not meet."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{token_hex(2)}"


class RunFolder:
    """One run. `start` and `resume` hold the lock of the folder of runs; `open` only reads."""

    def __init__(self, path: Path, header: Mapping[str, Any], journal: Journal | None) -> None:
        self.path = path
        self.header = dict(header)
        self._journal = journal
        self._open = ExitStack()

    # ------------------------------------------------------------------ coming and going

    @classmethod
    def start(cls, root: Path, run_id: str, header: Mapping[str, Any]) -> RunFolder:
        """Begin a run. Raises `LockedError` when another one is under way in this folder."""
        folder(root)
        path = root / run_id
        told = {**header, "schema": SCHEMA.format("run"), "format": VERSION, "run": run_id}
        with ExitStack() as held:
            held.callback(Lock(root).close)
            with writing(path):
                path.mkdir(mode=0o700)  # refused when there is such a run: nothing is overwritten
            write_json(path / "run.json", told)
            return cls._writer(path, told, held)

    @classmethod
    def resume(cls, path: Path) -> RunFolder:
        """Take up an interrupted run where it was. One that came to its end is not changed."""
        path = path.resolve()  # a run given as `.` lies in a folder of runs too
        header = _header(path)
        with ExitStack() as held:
            held.callback(Lock(path.parent).close)
            if complete(path):
                raise RunError(
                    "{path}: this run came to its end", hint="replay it instead", path=path
                )
            return cls._writer(path, header, held)

    @classmethod
    def _writer(cls, path: Path, header: Mapping[str, Any], held: ExitStack) -> RunFolder:
        journal = Journal(path / "journal.jsonl")
        held.callback(journal.close)
        run = cls(path, header, journal)
        run._open = held.pop_all()
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
        self._open.close()

    # ------------------------------------------------------------------ writing

    @property
    def _writing(self) -> Journal:
        if self._journal is None:
            raise RunError("{path}: opened to be read", hint="resume it to write", path=self.path)
        return self._journal

    @property
    def done(self) -> Set[str]:
        """The units that are finished: those that finish later are among them then."""
        return self._writing.done

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

    def finish_empty(self, covered: Mapping[str, Coverage]) -> None:
        """Units of which nothing is there: they begin and end at once."""
        self._writing.finish_empty(covered)

    def seal(self, updates: Mapping[str, Any]) -> None:
        """Sort what came into files that do not depend on the order in which it came."""
        journal = self._writing
        entries, again = journal.entries()
        told_again = {"told_again": dict(again)} if again else {}
        self.header = {**self.header, **updates, **told_again}
        stores = (journal.line(e) + b"\n" for e in entries)
        write_lines(self.path / "stores.jsonl.gz", stores)
        del entries, stores
        merged = (encoded(s) + b"\n" for s in _merged(journal.subjects))
        write_lines(self.path / "subjects.jsonl.gz", merged)
        units = (unit + b"\n" for unit in journal.coverage())
        write_lines(self.path / "coverage.jsonl", units)
        journal.forget()
        write_json(self.path / "run.json", self.header)
        write_manifest(self.path)

    def write_sample(self, sample: StoreSample) -> None:
        """Keep what a sample of a store said until all stores were sampled."""
        with writing(self.path / _SAMPLING), (self.path / _SAMPLING).open("ab") as file:
            file.write(encoded(sample) + b"\n")

    def sampled(self) -> dict[str, StoreSample]:
        """The stores that this run sampled before it was interrupted; a torn line is dropped."""
        found: dict[str, StoreSample] = {}
        if (self.path / _SAMPLING).is_file():
            for line in (self.path / _SAMPLING).read_bytes().splitlines():
                with suppress(*MISSHAPEN):
                    one = from_json(StoreSample, json.loads(line))
                    found[one.store] = one
        return found

    def seal_samples(self) -> None:
        """All stores were sampled: keep what they said, in canonical order."""
        lines = (encoded(one) + b"\n" for _, one in sorted(self.sampled().items()))
        write_lines(self.path / _SAMPLES, lines)
        (self.path / _SAMPLING).unlink(missing_ok=True)
        write_manifest(self.path)

    # ------------------------------------------------------------------ reading

    def samples(self) -> Iterator[StoreSample]:
        """What samples of stores said, in the order of their ids; none when none was taken."""
        if (self.path / _SAMPLES).is_file():
            yield from read_values(StoreSample, self.path / _SAMPLES)

    def stores(self) -> Iterator[DataStore]:
        """The stores, one at a time, in canonical order."""
        return read_values(DataStore, self.path / "stores.jsonl.gz")

    def subjects_iter(self) -> Iterator[DataStore]:
        """The subjects, one at a time."""
        return read_values(DataStore, self.path / "subjects.jsonl.gz")

    def coverage(self) -> Iterator[Coverage]:
        """What was read of what, one unit at a time."""
        scopes: dict[tuple[Scope, str], Scope] = {}  # there are far more units than accounts
        for unit in read_values(Coverage, self.path / "coverage.jsonl"):
            scope = scopes.setdefault((unit.scope, unit.scope.account_name), unit.scope)
            yield replace(unit, scope=scope, kind=intern(unit.kind))

    def judgement(self, as_of: date, edition: str, *, replay: bool) -> JudgementFolder:
        """Where the conclusions of one day under one edition of the facts are, or will be."""
        if not replay:
            return JudgementFolder(self.path, self.path)
        return JudgementFolder(self.path, self.path / "judgements" / f"{as_of}-{edition}")


def _merged(subjects: Mapping[str, DataStore]) -> Iterator[DataStore]:
    """Every subject once, under all the names by which stores referred to it."""
    by_id: dict[str, list[DataStore]] = {}
    for subject in subjects.values():
        by_id.setdefault(subject.id, []).append(subject)
    for name in sorted(by_id):
        same = sorted(by_id[name], key=lambda s: encoded(replace(s, collected="", also=())))
        also = tuple(sorted({other for s in same for other in s.also}))
        yield replace(same[0], also=also)


def _header(path: Path) -> dict[str, Any]:
    header: dict[str, Any] = read_json(path / "run.json")
    if not isinstance(header, dict) or header.get("format") != VERSION:
        found = header.get("format") if isinstance(header, dict) else None
        raise RunError(
            "{path}: a run of another version ({found}, this program reads {read})",
            hint="read it with the version of the auditor that wrote it",
            path=path,
            found=found,
            read=VERSION,
        )
    return header
