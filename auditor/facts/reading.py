"""Reading facts: TOML folders, parsed when first asked for, merged with the user's own.

A folder is a kind of fact (`countries`, `laws` …), a file in it one provider, law or group. Every
entry is read with its source in place of the source's name. Users' folders have the same layout;
an entry of theirs replaces ours whole, and its id is remembered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from auditor.errors import FactsError

Table = Mapping[str, Any]
USERS = "user:"  # before the id of a fact that is the user's own
_TWO_LEVELS = ("locations", "regions", "words")  # entries are keyed (offer, id), (choice, value)


class Folders:
    """All folders of facts, ours and the user's, each parsed once."""

    def __init__(self, ours: Path, extra: Iterable[Path] = ()) -> None:
        self._ours = ours
        self._tables: dict[str, dict[str, Any]] = {}
        self._theirs: dict[str, dict[str, Any]] = {}
        for folder in extra:
            self._add(folder)

    def names(self) -> tuple[str, ...]:
        """The kinds of facts there are."""
        return tuple(sorted({p.parent.name for p in self._ours.glob("*/*.toml")}))

    def table(self, name: str) -> Table:
        """All entries of one kind, the user's own in place of ours."""
        if name not in self._tables:
            merged: dict[str, Any] = {}
            for file in sorted((self._ours / name).glob("*.toml")):
                _merge(merged, _read(name, file), file, _depth(name))
            _override(merged, self._theirs.get(name, {}), _depth(name))
            self._tables[name] = merged
        return self._tables[name]

    def entries(self, name: str) -> Iterator[tuple[str, Table]]:
        """The entries of one kind, each with its id (`offer/region` where keyed by two)."""
        yield from _entries(self.table(name), _depth(name))

    def overlays(self) -> tuple[str, ...]:
        """The ids of the facts that are the user's own: they replace ours, or stand alone."""
        kinds = sorted(self._theirs.items())
        return tuple(f"{kind}:{id}" for kind, t in kinds for id, _ in _entries(t, _depth(kind)))

    def _add(self, folder: Path) -> None:
        from .contract import check

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
            check(kind, file, parse(file))
            theirs = self._theirs.setdefault(kind, {})
            _override(theirs, _read(kind, file), _depth(kind))


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


def _read(kind: str, file: Path) -> dict[str, Any]:
    raw = parse(file)
    sources = raw.pop("sources", {})
    read: dict[str, Any] = _sourced(raw, sources, file, ())
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
