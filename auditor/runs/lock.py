"""One writer at a time: a lock that the system drops when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from auditor.errors import LockedError

from .files import opened, writing


class Lock:
    """The lock of a folder, held until `close`. Raises `LockedError` when another has it."""

    def __init__(self, folder: Path) -> None:
        with writing(folder):
            self._file = opened(folder / ".lock", os.O_RDWR | os.O_CREAT)
            try:
                self._take(folder)
            except (OSError, LockedError):
                os.close(self._file)
                raise

    def _take(self, folder: Path) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._file, 20, 0).decode("ascii", "replace").strip()
            raise LockedError(
                "{folder}: another run is under way (process {holder})"
                if holder
                else "{folder}: another run is under way (process unknown)",
                hint="wait for it, or choose another folder in [runs] dir",
                folder=folder,
                holder=holder,
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def close(self) -> None:
        """Let the next one in."""
        os.close(self._file)
