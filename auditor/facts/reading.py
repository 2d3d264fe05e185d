"""Reading facts: TOML folders held to their contracts, merged with the user's own.

A folder is a kind of fact (`countries`, `laws` …), a file in it one provider, law or group. Every
entry is read with its source in place of the source's name. Users' folders have the same layout;
an entry of theirs replaces ours whole, and its id is remembered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from auditor.errors import FactsError

from .cache import Raw, digest, keep, kept
from .contract import check

Table = Mapping[str, Any]
USERS = "user:"  # before the id of a fact that is the user's own
_TWO_LEVELS = ("locations", "regions", "words")  # entries are keyed (offer, id), (choice, value)


class Folders:
    """All folders of facts, ours and the user's, each read once."""

    def __init__(self, ours: Path) -> None:
        self._ours = ours
        self._files = tuple(sorted(ours.glob("*/*.toml")))
        self._digest = digest((ours / "edition.toml", *self._files))
        kept_ = kept(self._digest)
        self.checked = kept_ is not None
        self._raw: Raw = kept_ or self._parsed()
        self._tables: dict[str, dict[str, Any]] = {}
        self._theirs: dict[str, dict[str, Any]] = {}
        self._origin: dict[tuple[str, str], Path] = {}

    def names(self) -> tuple[str, ...]:
        """The kinds of facts there are."""
        return tuple(sorted(self._raw))

    def table(self, name: str) -> Table:
        """All entries of one kind, the user's own in place of ours."""
        if name not in self._tables:
            merged: dict[str, Any] = {}
            for stem, raw in sorted(self._raw.get(name, {}).items()):
                file = self._ours / name / f"{stem}.toml"
                _merge(merged, _read(name, file, raw), file, _depth(name))
            _override(merged, self._theirs.get(name, {}), _depth(name))
            self._tables[name] = merged
        return self._tables[name]

    def entries(self, name: str) -> Iterator[tuple[str, Table]]:
        """The entries of one kind, each with its id (`offer/region` where keyed by two)."""
        yield from _entries(self.table(name), _depth(name))

    def entry(self, name: str, id: str) -> Table | None:
        """One entry of one kind, by its id."""
        keys = id.split("/", _depth(name) - 1)
        found: Any = self.table(name) if len(keys) == _depth(name) else {}
        for key in keys:
            found = found.get(key, {})
        return found or None

    def overlays(self) -> tuple[str, ...]:
        """The ids of the facts that are the user's own: they replace ours, or stand alone."""
        kinds = sorted(self._theirs.items())
        return tuple(f"{kind}:{id}" for kind, t in kinds for id, _ in _entries(t, _depth(kind)))

    def file_of(self, kind: str, id: str) -> Path:
        """The file that an entry is written in."""
        if (kind, id) in self._origin:
            return self._origin[kind, id]
        for stem, raw in self._raw.get(kind, {}).items():
            read = _read(kind, self._ours / kind / f"{stem}.toml", raw)
            if any(found == id for found, _ in _entries(read, _depth(kind))):
                return self._ours / kind / f"{stem}.toml"
        return self._ours / kind

    def keep(self) -> None:
        """Put our own facts by as checked, for the next start."""
        keep(self._digest, self._raw)

    def _parsed(self) -> Raw:
        raw: Raw = {}
        for file in self._files:
            told = raw.setdefault(file.parent.name, {})[file.stem] = parse(file)
            check(file.parent.name, file, told)
        return raw

    def add(self, folder: Path) -> None:
        """Lay a folder of the user's own over what is there."""
        self._tables.clear()
        if not folder.is_dir():
            raise FactsError(
                "{folder}: no such folder of facts", hint="write it as --facts DIR", folder=folder
            )
        for file in sorted(folder.glob("*.toml")):
            raise FactsError(
                "{file}: facts lie one folder lower",
                hint="move it to one of: {folders}",
                file=file,
                folders=", ".join(n + "/" for n in self.names()),
            )
        for file in sorted(folder.glob("*/*.toml")):
            kind = file.parent.name
            if kind not in self.names():
                raise FactsError(
                    "{file}: {kind} is no kind of fact",
                    hint="name the folder one of: {kinds}",
                    file=file,
                    kind=kind,
                    kinds=", ".join(self.names()),
                )
            raw = parse(file)
            check(kind, file, raw)
            read = _read(kind, file, raw)
            for id, entry in _entries(read, _depth(kind)):
                self._claim(kind, id, file, entry)
            _override(self._theirs.setdefault(kind, {}), read, _depth(kind))

    def _claim(self, kind: str, id: str, file: Path, entry: Any) -> None:
        """One file speaks for an id; signals that are lists grow instead."""
        other = self._origin.setdefault((kind, id), file)
        if other != file and not isinstance(entry, list):
            raise FactsError(
                "{file}: {key} is overridden in {other} too",
                hint="keep one of the two",
                file=file,
                key=f"{kind}:{id}",
                other=other,
            )


def parse(file: Path) -> dict[str, Any]:
    """A TOML file as it is written."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = "write valid TOML, in UTF-8"
        raise FactsError("{file}: {why}", hint=hint, file=file, why=error) from error
    except OSError as error:
        hint = "make the file readable"
        raise FactsError("{file}: {why}", hint=hint, file=file, why=error.strerror) from error


def _depth(kind: str) -> int:
    return 2 if kind in _TWO_LEVELS else 1


def _read(kind: str, file: Path, raw: Table) -> dict[str, Any]:
    sources = raw.get("sources", {})
    written = {key: value for key, value in raw.items() if key != "sources"}
    read: dict[str, Any] = _sourced(written, sources, file, ())
    single = kind == "words" and any("fr" in entry for entry in read.values())
    return {file.stem: read} if single else read  # a file of words that is one choice names it


def _sourced(value: Any, sources: Table, file: Path, path: tuple[str, ...]) -> Any:
    """The same, with each named source in place of its name."""
    if isinstance(value, list):
        return [_sourced(v, sources, file, path) for v in value]
    if not isinstance(value, dict):
        return value
    told = {k: _sourced(v, sources, file, (*path, k)) for k, v in value.items()}
    name = told.get("source")
    if isinstance(name, str):
        if name not in sources:
            raise FactsError(
                "{file}: {path}.source: {name!r} is not among the sources of the file",
                hint="add [sources.{name}] with url or document, and retrieved",
                file=file,
                path=".".join(path),
                name=name,
            )
        told["source"] = sources[name]
    return told


def _entries(table: Table, depth: int) -> Iterator[tuple[str, Table]]:
    for key, value in table.items():
        if depth == 1:
            yield key, value
        else:
            yield from ((f"{key}/{k}", v) for k, v in value.items())


def _merge(into: dict[str, Any], new: Table, file: Path, depth: int) -> None:
    """Add the entries of one file of ours; the same entry twice is a mistake, lists grow."""
    for key, value in new.items():
        if key not in into:
            into[key] = value
        elif isinstance(value, list) and isinstance(into[key], list):
            into[key] = [*into[key], *value]
        elif depth > 1:
            _merge(into[key], value, file, depth - 1)
        else:
            raise FactsError(
                "{file}: {key} is written in another file too",
                hint="keep one of the two",
                file=file,
                key=key,
            )


def _override(into: dict[str, Any], new: Table, depth: int) -> None:
    for key, value in new.items():
        if depth > 1:
            below = into[key] = dict(into.get(key, {}))
            _override(below, value, depth - 1)
        elif isinstance(value, list) and isinstance(into.get(key), list):
            into[key] = [*into[key], *value]
        else:
            into[key] = value
