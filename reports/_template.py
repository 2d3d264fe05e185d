"""The user's own template of a Word or LibreOffice document, opened with care.

It comes from a person whom we trust, and from wherever they found it: how much it unpacks to is
known before it is unpacked, and it declares no entities.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from auditor.sdk import SettingsError

BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, NotImplementedError, RuntimeError,
)  # fmt: skip  # how a library may say that an archive is none of its own
_LARGEST, _UNPACKED, _MEMBERS = 2**25, 2**27, 2000


@dataclass(frozen=True, slots=True)
class Template:
    """A document of the user's own that ours is written into."""

    path: Path
    data: bytes
    parts: Mapping[str, bytes]

    def refused(self) -> SettingsError:
        """That it is not what its name says; a library's own words may quote it: none is told."""
        return SettingsError(
            "the template {file} is not a document that can be read",
            hint="save it again as {suffix}, without a password", file=self.path,
            suffix=self.path.suffix.lower(),
        )  # fmt: skip


def template_of(report: Any, suffix: str) -> Template | None:
    """The template for this format, opened with care; none when none was asked for."""
    asked = report.options.get("template") or ()
    paths = [Path(p) for p in ([asked] if isinstance(asked, str | Path) else asked)]
    if not paths:
        return None
    path = next((p for p in paths if p.suffix.lower() == suffix), None)
    if path is None:
        raise SettingsError("{file} is no template for this format", file=paths[0],
                            hint="name a {suffix} file", suffix=suffix)  # fmt: skip
    return _opened(path)


def _opened(path: Path) -> Template:
    found = Template(path, _read(path), {})
    try:
        with zipfile.ZipFile(BytesIO(found.data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MEMBERS or sum(e.file_size for e in entries) > _UNPACKED:
                raise _large(path)
            parts = {e.filename: archive.read(e) for e in entries if not e.is_dir()}
    except BROKEN:
        raise found.refused() from None
    xml = (data for name, data in parts.items() if name.endswith((".xml", ".rels")))
    if any(b"<!DOCTYPE" in data[:4096] for data in xml):
        raise found.refused()  # nothing of ours is written into a document that declares entities
    return Template(path, found.data, parts)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise _large(path)
        if not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            raise Template(path, b"", {}).refused()
        return path.read_bytes()
    except FileNotFoundError:
        raise SettingsError("there is no template {file}", file=path) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SettingsError(
            "the template {file} cannot be read ({why})", file=path, why=why
        ) from error


def _large(path: Path) -> SettingsError:
    return SettingsError(
        "the template {file} is larger than a template can be",
        hint="keep its styles, its header and its footer, and empty it", file=path,
    )  # fmt: skip
