"""A file or a folder of this machine, as a store of objects."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from auditor.errors import ApiError
from auditor.model import Listed, Reason


class Folder:
    """Local files under a path, by their names below it; links that lead elsewhere are left."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[str] = []  # folders below it that could not be opened

    def objects(self) -> Iterator[Listed]:
        """Every file, in the order of their names."""
        if not self.path.is_dir():
            yield Listed(self.path.name, self.path.stat().st_size)
            return
        for folder, below, names in os.walk(self.path, onerror=self._closed):
            below.sort()
            for name in sorted(names):
                file = Path(folder) / name
                if file.is_symlink() or not file.is_file():
                    continue
                yield Listed(file.relative_to(self.path).as_posix(), file.stat().st_size)

    def _closed(self, error: OSError) -> None:
        self.refused.append(Path(error.filename).relative_to(self.path).as_posix())

    def file(self, key: str) -> Path:
        """Where an object is."""
        return self.path / key if self.path.is_dir() else self.path

    def fetch(self, key: str, at: int, length: int) -> bytes:
        """Some bytes of a file."""
        try:
            with self.file(key).open("rb", buffering=0) as file:
                file.seek(at)
                return file.read(length) or b""
        except OSError as error:
            reason = Reason.DENIED if isinstance(error, PermissionError) else Reason.GONE
            raise ApiError(reason, str(error.errno)) from None
