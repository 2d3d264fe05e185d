"""The journal: every store as it came, and which units were finished. Append-only.

A line is `{"begin": unit}`, `{"unit": …, "store": …}`, `{"subject": …}` or
`{"finish": unit, "coverage": …}`. What a unit wrote counts once it is finished; a unit that began
again forgets what it wrote before. A torn last line is dropped: it is what a kill leaves.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor.codec import dumps, from_json
from auditor.errors import RunError
from auditor.model import Coverage, DataStore

from .files import opened, writing

Entry = tuple[str, str, int, int]  # kind, id, offset and length of the store's JSON


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
            self._end = self._replay()
            os.ftruncate(self._file, self._end)

    def close(self) -> None:
        """Close the file; what was written stays."""
        os.close(self._file)

    # ------------------------------------------------------------------ writing

    def begin(self, unit: str) -> None:
        """A unit begins: what it wrote before, unfinished, counts no more."""
        with self._lock:
            self._append(dumps({"begin": unit}))
            self._entries[unit] = []

    def store(self, unit: str, store: DataStore) -> None:
        """A store was read."""
        prefix, body = f'{{"unit":{json.dumps(unit)},"store":', dumps(store)
        with self._lock:
            at = self._append(f"{prefix}{body}}}") + len(prefix.encode())
            self._entries[unit].append((store.kind, store.id, at, len(body.encode())))

    def subject(self, subject: DataStore) -> None:
        """A subject was read."""
        with self._lock:
            self._append(f'{{"subject":{dumps(subject)}}}')
            self._keep(subject)

    def finish(self, unit: str, coverage: Coverage) -> None:
        """A unit came to its end: from now on what it wrote counts."""
        with self._lock:
            self._append(f'{{"finish":{json.dumps(unit)},"coverage":{dumps(coverage)}}}')
            self.coverage[unit] = coverage

    def _append(self, line: str) -> int:
        at, data = self._end, (line + "\n").encode()
        with writing(self.path):
            os.lseek(self._file, at, os.SEEK_SET)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._file, rest) :]
        self._end += len(data)
        return at

    def _keep(self, subject: DataStore) -> None:
        for name in (subject.id, *subject.also):
            self.subjects[name] = subject

    # ------------------------------------------------------------------ reading

    def entries(self) -> list[Entry]:
        """What finished units wrote, sorted; of one store told twice the lesser line stays."""
        listed = sorted(e for unit in self.coverage for e in self._entries.get(unit, ()))
        kept: list[Entry] = []
        for entry in listed:
            if kept and kept[-1][:2] == entry[:2]:
                kept[-1] = min(kept[-1], entry, key=lambda e: _untimed(self.line(e)))
            else:
                kept.append(entry)
        return kept

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
                    told = json.loads(line)
                except ValueError as error:
                    raise RunError(
                        f"{self.path}: damaged at byte {end}", hint="start a new run"
                    ) from error
                self._take(told, line, end)
                end += len(line)
        return end

    def _take(self, told: dict[str, Any], line: bytes, at: int) -> None:
        if "begin" in told:
            self._entries[told["begin"]] = []
        elif "store" in told:
            start = line.index(b'"store":') + len(b'"store":')
            store, unit = told["store"], told["unit"]
            length = len(line) - start - len(b"}\n")
            self._entries[unit].append((store["kind"], store["id"], at + start, length))
        elif "subject" in told:
            self._keep(from_json(DataStore, told["subject"]))
        elif "finish" in told:
            self.coverage[told["finish"]] = from_json(Coverage, told["coverage"])


def _untimed(line: bytes) -> str:
    return json.dumps({**json.loads(line), "collected": ""}, sort_keys=True)


def distinct(subjects: dict[str, DataStore]) -> Iterator[DataStore]:
    """Every subject once, sorted; what several names of one key say is put together."""
    by_id: dict[str, DataStore] = {}
    for subject in subjects.values():
        by_id[subject.id] = subject
    for name in sorted(by_id):
        yield by_id[name]
