"""Files of a run folder: private, whole or not there, and a full disk told as such."""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from auditor.codec import encoded, from_json
from auditor.errors import RunError, RunFolderError

T = TypeVar("T")
SCHEMA = "urn:health-residency-auditor:schema:{}:1"
_LEVEL = 5  # twice as fast as the default for a few more bytes
_BLOCK = 1 << 17
_UNREADABLE = (OSError, EOFError, zlib.error, ValueError)
# what comes of JSON that is not of the shape that we write
MISSHAPEN = (ValueError, KeyError, TypeError, AttributeError)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the system refuses becomes a message that names the folder, not a traceback."""
    try:
        yield
    except OSError as error:
        raise RunFolderError(
            "{path}: cannot be written ({why})",
            hint="free some space or choose another folder in [runs] dir; then resume the run",
            path=path,
            why=error.strerror,
        ) from error


def folder(path: Path) -> None:
    """Make a folder, and those above it, that only its owner may enter.

    One that is there already is somebody's: it stays as it is.
    """
    with writing(path):
        missing = [p for p in (path, *path.parents) if not p.exists()]
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)
        path.mkdir(exist_ok=True)  # refused where a file is in the way


def opened(path: Path, flags: int = os.O_WRONLY | os.O_CREAT | os.O_TRUNC) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def whole(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file so that it is either whole or as it was."""
    unready = path.with_name(f".{path.name}.part")
    with writing(path):
        try:
            with os.fdopen(opened(unready), "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unready, path)
        finally:
            with suppress(OSError):
                unready.unlink()  # where it was not put in place: a full disk needs the room


def write_json(path: Path, value: Any) -> None:
    """Write one JSON document, indented, keys sorted."""
    text = json.dumps(json.loads(encoded(value)), sort_keys=True, ensure_ascii=False, indent=2)
    whole(path, lambda file: file.writelines([text.encode(), b"\n"]))


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines, compressed (same lines, same bytes) when the name says so."""

    def write(file: IO[bytes]) -> None:
        if path.suffix != ".gz":
            file.writelines(lines)
            return
        packed = gzip.GzipFile("", "wb", _LEVEL, file, mtime=0)
        with io.BufferedWriter(cast(io.RawIOBase, packed), _BLOCK) as blocks:
            blocks.writelines(lines)

    whole(path, write)


def read_json(path: Path, *, hint: str = "is this a run folder?") -> Any:
    """Read one JSON document of a run folder."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise RunError("{path}: not there", hint=hint, path=path) from error
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error


def read_lines(path: Path) -> Iterator[Any]:
    """Read the lines of a file as JSON, one at a time."""
    read = json.JSONDecoder().decode
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            for line in io.BufferedReader(cast(io.RawIOBase, file), _BLOCK):
                yield read(line.decode())
    except FileNotFoundError as error:
        hint = "the run was not finished: resume it"
        raise RunError("{path}: not there", hint=hint, path=path) from error
    except _UNREADABLE as error:
        raise _unreadable(path) from error


def read_values(kind: type[T], path: Path) -> Iterator[T]:
    """Read the lines of a file as nouns, one at a time."""
    for told in read_lines(path):
        yield value_of(kind, told, path)


def value_of(kind: type[T], told: Any, path: Path) -> T:
    """A noun from its JSON; `path` is named when it is none."""
    try:
        return from_json(kind, told)
    except MISSHAPEN as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> RunError:
    return RunError("{path}: cannot be read", hint="`auditor verify` says what changed", path=path)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    found = sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                found.update(part)
    except OSError as error:
        raise _unreadable(path) from error
    return found.hexdigest()
