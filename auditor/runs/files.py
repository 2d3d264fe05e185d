"""Files of a run folder: private, whole or not there, and a full disk told as such."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from auditor.codec import dumps
from auditor.errors import RunError, RunFolderError

SCHEMA = "urn:health-residency-auditor:schema:{}:1"
_LEVEL = 5  # twice as fast as the default for a few more bytes


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the system refuses becomes a message that names the folder, not a traceback."""
    try:
        yield
    except OSError as error:
        raise RunFolderError(
            f"{path}: cannot be written ({error.strerror})",
            hint="free some space or choose another folder in [runs] dir; then resume the run",
        ) from error


def folder(path: Path) -> None:
    """Make a folder that only its owner may enter."""
    with writing(path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)


def opened(path: Path, flags: int = os.O_WRONLY | os.O_CREAT | os.O_TRUNC) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def whole(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file so that it is either whole or as it was."""
    unready = path.with_name(f".{path.name}.part")
    with writing(path):
        with os.fdopen(opened(unready), "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unready, path)


def write_json(path: Path, value: Any) -> None:
    """Write one JSON document, indented, keys sorted."""
    text = json.dumps(json.loads(dumps(value)), sort_keys=True, ensure_ascii=False, indent=2)
    whole(path, lambda file: _write(file, (text + "\n").encode()))


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines, compressed (same lines, same bytes) when the name says so."""

    def write(file: IO[bytes]) -> None:
        if path.suffix != ".gz":
            file.writelines(lines)
            return
        with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
            packed.writelines(lines)

    whole(path, write)


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)


def read_json(path: Path) -> Any:
    """Read one JSON document of a run folder."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise RunError(f"{path}: not there", hint="is this a run folder?") from error
    except (OSError, ValueError) as error:
        raise RunError(
            f"{path}: cannot be read", hint="`auditor verify` says what changed"
        ) from error


def read_lines(path: Path) -> Iterator[Any]:
    """Read the lines of a file, one at a time."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            for line in file:
                yield json.loads(line)
    except FileNotFoundError as error:
        hint = "the run was not finished: resume it"
        raise RunError(f"{path}: not there", hint=hint) from error
    except (OSError, EOFError, ValueError) as error:
        raise RunError(
            f"{path}: cannot be read", hint="`auditor verify` says what changed"
        ) from error


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    found = sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()
