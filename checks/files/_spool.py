"""Rows kept aside until they are asked for: on disk, under no name, 8 bytes each in memory."""

from __future__ import annotations

import json
import tempfile
import threading
from array import array
from collections.abc import Mapping
from itertools import pairwise
from typing import Any


class Spool:
    """A list of rows that only its owner can read, and that ends with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
        self._ends = array("Q", [0])
        self._lock = threading.Lock()

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep a row."""
        line = json.dumps(row, separators=(",", ":")).encode()
        self._file.write(line)
        self._ends.append(self._ends[-1] + len(line))

    def rows(self, first: int, most: int) -> list[dict[str, Any]]:
        """Some rows, from one on."""
        last = min(first + most, len(self))
        with self._lock:
            self._file.seek(self._ends[first])
            read = [self._file.read(b - a) for a, b in self._between(first, last)]
        return [json.loads(line) for line in read]

    def _between(self, first: int, last: int) -> list[tuple[int, int]]:
        ends = self._ends[first : last + 1]
        return list(pairwise(ends))

    def __len__(self) -> int:
        return len(self._ends) - 1
