"""The journal: every store as it came, and which units were finished. Append-only.

A line is `{"begin": unit}`, `{"unit": …, "store": …}`, `{"subject": …}` or
`{"finish": unit, "coverage": …}`, gaps within the coverage. What a unit wrote counts once it is
finished; a unit that began again forgets what it wrote before. A torn last line is dropped: it is
what a kill leaves.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path
from sys import intern
from typing import Any

from auditor.codec import encoded, from_json, sound
from auditor.errors import RunError
from auditor.model import Coverage, DataStore

from .files import MISSHAPEN, opened, writing
from .validation import valid

Entry = tuple[str, str, int, int]  # kind, id, offset and length of the store's JSON
_STORE = b'"store":'


class Journal:
    """One open journal; several threads may write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.coverage: dict[str, Coverage] = {}
        self.subjects: dict[str, DataStore] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._lock = threading.Lock()
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
        os.close(self._file)

    # ------------------------------------------------------------------ writing

    def begin(self, unit: str) -> None:
        """A unit begins: what it wrote before counts no more."""
        with self._lock:
            self._append(encoded({"begin": unit}))
            self._begun(unit)

    def store(self, unit: str, store: DataStore) -> None:
        """A store was read."""
        prefix, body = b'{"unit":' + _name(unit) + b"," + _STORE, valid("store", encoded(store))
        # as the line says them: a resumed run sorts by what it reads there
        kind, name = intern(store.kind), sound(store.id).decode()
        with self._lock:
            at = self._append(prefix + body + b"}") + len(prefix)
            self._entries.setdefault(unit, []).append((kind, name, at, len(body)))

    def subject(self, subject: DataStore) -> None:
        """A subject was read."""
        line = valid("store", encoded(subject))
        with self._lock:
            self._append(b'{"subject":' + line + b"}")
            self._keep(subject)

    def finish(self, unit: str, coverage: Coverage) -> None:
        """A unit came to its end: from now on what it wrote counts."""
        line = valid("coverage", encoded(coverage))
        with self._lock:
            self._append(b'{"finish":' + _name(unit) + b',"coverage":' + line + b"}")
            self.coverage[unit] = coverage

    def forget(self) -> None:
        """What was written is told elsewhere: nothing of it is kept in memory."""
        for kept in (self.coverage, self.subjects, self._entries):
            kept.clear()

    def _append(self, line: bytes) -> int:
        # where the last whole line ends: what a full disk took of the next one is written over
        at = self._end
        rest = memoryview(line + b"\n")
        with writing(self.path):
            while rest:
                written = os.pwrite(self._file, rest, self._end + len(line) + 1 - len(rest))
                rest = rest[written:]
        self._end += len(line) + 1
        return at

    def _begun(self, unit: str) -> None:
        self._entries.pop(unit, None)
        self.coverage.pop(unit, None)

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
        listed = sorted(e for unit in self.coverage for e in self._entries.get(unit, ()))
        kept: list[Entry] = []
        again: Counter[str] = Counter()
        for entry in listed:
            if kept and kept[-1][:2] == entry[:2]:
                kept[-1] = min(kept[-1], entry, key=lambda e: _untimed(self.line(e)))
                again[entry[0]] += 1
            else:
                kept.append(entry)
        return kept, again

    def line(self, entry: Entry) -> bytes:
        """The JSON of one store."""
        return os.pread(self._file, entry[3], entry[2])

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
            start = line.index(_STORE) + len(_STORE)
            store, unit = told["store"], told["unit"]
            length = len(line) - start - len(b"}\n")
            entry = (intern(store["kind"]), store["id"], at + start, length)
            self._entries.setdefault(unit, []).append(entry)
        elif "subject" in told:
            self._keep(from_json(DataStore, told["subject"]))
        else:
            self.coverage[told["finish"]] = from_json(Coverage, told["coverage"])


def _name(unit: str) -> bytes:
    return json.dumps(unit).encode()


def _told(subject: DataStore) -> bytes:
    return encoded(replace(subject, collected=""))


def _untimed(line: bytes) -> str:
    return json.dumps({**json.loads(line), "collected": ""}, sort_keys=True)
