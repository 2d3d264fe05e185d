"""Lines kept aside on disk until all are known, then given back in order."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

Key = tuple[int, str]


class Spool:
    """One nameless file, and for each key where its lines are: 16 bytes a line in memory."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()
        self._end = 0
        self._index: dict[Key, array[int]] = {}

    def add(self, line: bytes, key: Key = (0, "")) -> None:
        """Keep a line under a key."""
        self._file.write(line)
        self._index.setdefault(key, array("Q")).extend((self._end, len(line)))
        self._end += len(line)

    def lines(self) -> Iterator[bytes]:
        """The lines by key; those of one key in the order in which they came."""
        self._file.flush()
        file = self._file.fileno()
        for key in sorted(self._index):
            told = self._index[key]
            for at in range(0, len(told), 2):
                yield os.pread(file, told[at + 1], told[at])

    def close(self) -> None:
        """Drop what was kept; a disk too full for the last of it has been told before."""
        with suppress(OSError):
            self._file.close()
