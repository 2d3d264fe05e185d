"""The journal: every store as it came, and which units were finished. Append-only.

A line is `{"begin": unit}`, `{"unit": …, "store": …}`, `{"subject": …}` or
`{"finish": unit, "coverage": …}`, gaps within the coverage. What a unit wrote counts once it is
finished; a unit that began again forgets what it wrote before. A torn last line is dropped: it is
what a kill leaves. Lines wait in memory until a unit is finished, before which they do not count.
"""

from __future__ import annotations

import json
import os
import threading
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from sys import intern
from typing import Any

from auditor.codec import encoded, from_json
from auditor.errors import RunError, RunFolderError
from auditor.model import Coverage, DataStore

from .files import MISSHAPEN, opened, writing
from .finished import Finished
from .validation import valid

Entry = tuple[str, str, int]  # kind, id, and where the store's JSON is
_STORE, _COVERAGE = b'"store":', b'"coverage":'
_MOST = 1 << 16  # bytes of lines that wait in memory
_PIECE = 4096  # bytes read at once: most lines are shorter


class Journal:
    """One open journal; several threads may write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done = Finished()
        self.subjects: dict[str, DataStore] = {}
        self._written: dict[str, array[int]] = {}  # unit → where the JSON of its stores is
        self._lock = threading.Lock()
        self._unwritten = bytearray()
        with writing(path):
            self._file = opened(path, os.O_RDWR | os.O_CREAT)
            try:
                self._end = self._replay()
                os.ftruncate(self._file, self._end)
            except (OSError, RunError):
                os.close(self._file)
                raise

    def close(self) -> None:
        """Close the file; what was written stays."""
        with suppress(RunFolderError):  # it belongs to no finished unit: it will be read again
            self._write()
        os.close(self._file)

    # ------------------------------------------------------------------ writing

    def begin(self, unit: str) -> None:
        """A unit begins: what it wrote before counts no more."""
        with self._lock:
            self._begin(unit)

    def store(self, unit: str, store: DataStore) -> None:
        """A store was read."""
        prefix, body = b'{"unit":' + _name(unit) + b"," + _STORE, valid("store", encoded(store))
        with self._lock:
            at = self._append(prefix + body + b"}") + len(prefix)
            self._written.setdefault(unit, array("Q")).append(at)

    def subject(self, subject: DataStore) -> None:
        """A subject was read."""
        line = valid("store", encoded(subject))
        with self._lock:
            self._append(b'{"subject":' + line + b"}")
            self._keep(subject)

    def finish(self, unit: str, coverage: Coverage) -> None:
        """A unit came to its end: from now on what it wrote counts."""
        with self._lock:
            at = self._finish(unit, coverage)
            self._write()
            self.done.add(unit, coverage.kind, at)

    def finish_empty(self, covered: Mapping[str, Coverage]) -> None:
        """Units of which nothing is there begin and end: they are written together."""
        with self._lock:
            places = {}
            for unit, coverage in covered.items():
                self._begin(unit)
                places[unit] = self._finish(unit, coverage)
            self._write()
            for unit, at in places.items():
                self.done.add(unit, covered[unit].kind, at)

    def forget(self) -> None:
        """What was written is told elsewhere: nothing of it is kept in memory."""
        self.done.clear()
        self.subjects.clear()
        self._written.clear()

    def _begin(self, unit: str) -> None:
        self._append(encoded({"begin": unit}))
        self._begun(unit)

    def _finish(self, unit: str, coverage: Coverage) -> int:
        """Where the JSON of what was read of a unit is, once it is written."""
        prefix = b'{"finish":' + _name(unit) + b"," + _COVERAGE
        return self._append(prefix + valid("coverage", encoded(coverage)) + b"}") + len(prefix)

    def _append(self, line: bytes) -> int:
        at = self._end
        self._unwritten += line + b"\n"
        self._end += len(line) + 1
        if len(self._unwritten) > _MOST:
            self._write()
        return at

    def _write(self) -> None:
        """Write what waits, from where the last whole line ends: what a full disk took is redone.

        Every write lets other threads have the interpreter, and must get it back: so they are few.
        """
        start, rest = self._end - len(self._unwritten), memoryview(bytes(self._unwritten))
        with writing(self.path):
            while rest:
                written = os.pwrite(self._file, rest, start)
                start, rest = start + written, rest[written:]
        self._unwritten.clear()

    def _begun(self, unit: str) -> None:
        self._written.pop(unit, None)
        self.done.discard(unit)

    def _keep(self, subject: DataStore) -> None:
        """Of a subject told twice under one name the lesser line stays, whichever came first."""
        for name in (subject.id, *subject.also):
            known = self.subjects.get(name)
            self.subjects[name] = min(known or subject, subject, key=_told)

    # ------------------------------------------------------------------ reading

    def entries(self) -> tuple[list[Entry], Counter[str]]:
        """What finished units wrote, sorted, and how often a kind's store was told again.

        Of one store told by several units the lesser line stays here, all of them in the journal.
        """
        self._write()
        written = (places for unit, places in self._written.items() if unit in self.done)
        listed = sorted(self._entry(at) for places in written for at in places)
        kept: list[Entry] = []
        again: Counter[str] = Counter()
        for entry in listed:
            if kept and kept[-1][:2] == entry[:2]:
                kept[-1] = min(kept[-1], entry, key=lambda e: _untimed(self.line(e)))
                again[entry[0]] += 1
            else:
                kept.append(entry)
        return kept, again

    def coverage(self) -> Iterator[bytes]:
        """What was read of each unit that is finished, as JSON: by kind, then by scope."""
        self._write()
        for places in self.done.lines():
            yield from sorted(map(self._body, places), key=_scope)

    def line(self, entry: Entry) -> bytes:
        """The JSON of one store."""
        return self._body(entry[2])

    def _entry(self, at: int) -> Entry:
        store = json.loads(self._body(at))
        return intern(store["kind"]), store["id"], at

    def _body(self, at: int) -> bytes:
        """What a line says from a place on, up to the bracket that ends it."""
        read = piece = os.pread(self._file, _PIECE, at)
        while piece and b"\n" not in piece:
            piece = os.pread(self._file, _PIECE, at + len(read))
            read += piece
        return read[: read.index(b"\n") - 1]

    def _replay(self) -> int:
        """Read what is there, up to the last whole line; returns where that ends."""
        end = 0
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                try:
                    self._take(json.loads(line), line, end)
                except MISSHAPEN as error:
                    raise RunError(
                        "{path}: damaged at byte {at}",
                        hint="start a new run",
                        path=self.path,
                        at=end,
                    ) from error
                end += len(line)
        return end

    def _take(self, told: dict[str, Any], line: bytes, at: int) -> None:
        if "begin" in told:
            self._begun(told["begin"])
        elif "store" in told:
            start = at + line.index(_STORE) + len(_STORE)
            self._written.setdefault(told["unit"], array("Q")).append(start)
        elif "subject" in told:
            self._keep(from_json(DataStore, told["subject"]))
        else:
            covered = from_json(Coverage, told["coverage"])
            start = at + line.index(_COVERAGE) + len(_COVERAGE)
            self.done.add(told["finish"], covered.kind, start)


def _name(unit: str) -> bytes:
    return json.dumps(unit).encode()


def _scope(line: bytes) -> tuple[str, str, str, str, bytes]:
    """Where a unit comes in order; only what failed before the survey is told twice of one."""
    scope = json.loads(line)["scope"]
    return scope["provider"], scope["partition"], scope["account"], scope["region"], line


def _told(subject: DataStore) -> bytes:
    return encoded(replace(subject, collected=""))


def _untimed(line: bytes) -> str:
    return json.dumps({**json.loads(line), "collected": ""}, sort_keys=True)
