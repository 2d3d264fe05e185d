"""An export as it lies on disk: compressed or not, with or without a mark, in pieces of bytes."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from auditor.sdk import SettingsError

_PIECE = 1 << 16
_GZIP = b"\x1f\x8b"
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNREADABLE = (OSError, EOFError, zlib.error, UnicodeError)


@dataclass(frozen=True, slots=True)
class Source:
    """Which file: its name, the digest of its bytes, and when it was written."""

    path: Path
    digest: str
    date: str

    @property
    def name(self) -> str:
        """Its name, without the folders above it."""
        return self.path.name

    def __str__(self) -> str:
        return f"{self.name} sha256:{self.digest[:12]} {self.date[:10]}"


def source_of(path: Path) -> Source:
    """A file that is there and holds something; otherwise a person is told."""
    try:
        if path.is_dir():
            raise SettingsError("{path}: a folder, and not an export", hint=_HINT, path=path)
        found = sha256()
        with path.open("rb") as file:
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            while piece := file.read(1 << 20):
                found.update(piece)
            if not file.tell():
                raise SettingsError("{path}: an empty file", hint="export it again", path=path)
    except FileNotFoundError:
        raise SettingsError("{path}: not there", hint="check its name", path=path) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SettingsError(
            "{path}: cannot be read ({why})", hint="check its permissions", path=path, why=why
        ) from None
    return Source(path, found.hexdigest(), written.isoformat(timespec="seconds"))


def pieces(path: Path) -> Iterator[bytes]:
    """What the file says, in UTF-8, piece by piece; `SettingsError` where it cannot be unpacked."""
    failed = ""
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == _GZIP
            plain.seek(0)
            yield from _decoded(gzip.GzipFile(fileobj=plain) if packed else plain)  # type: ignore[arg-type]
    except _UNREADABLE as error:
        failed = type(error).__name__
    if failed:
        raise SettingsError(
            "{path}: cannot be unpacked ({why})", hint="export it again", path=path, why=failed
        )


def _decoded(file: IO[bytes]) -> Iterator[bytes]:
    first = file.read(_PIECE)
    for mark, name in _WIDE:  # what some shells make of a redirection
        if first.startswith(mark):
            decode = codecs.getincrementaldecoder(name)().decode
            piece = first[len(mark) :]
            while piece:
                yield decode(piece).encode()
                piece = file.read(_PIECE)
            decode(b"", final=True)
            return
    piece = first.removeprefix(codecs.BOM_UTF8)
    while piece:
        yield piece
        piece = file.read(_PIECE)


_HINT = "name the file that was exported, or the folder of a run"
