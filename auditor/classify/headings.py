"""Names of columns and fields: what they say of health (H) and of persons (P), without any value.

A catalogue's schema is read with it, and so is the header of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .names import Friend
from .words import Parts, parts_of, readings_of, unaccented

Table = Mapping[str, Any]
SOLID = 7  # letters of a word that may stand inside a name without separators
_INSIDE = 0.8  # what it weighs there


@dataclass(frozen=True, slots=True)
class ColumnWord:
    """Words in a row in the name of a column, and what they weigh on one axis."""

    text: str
    parts: Parts
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A data model of patients, by the names of its columns and tables."""

    id: str
    least: int
    level: str
    axes: tuple[str, ...]
    columns: frozenset[str]
    tables: frozenset[str]
    table: re.Pattern[str] | None
    must: frozenset[str]

    def found(self, names: set[str]) -> set[str]:
        """The columns or tables of this model among names, empty when they are too few."""
        if self.must and not self.must <= names:
            return set()
        columns = names & self.columns
        if len(columns) >= self.least:
            return columns
        tables = names & self.tables
        if self.table is not None:
            tables |= {n for n in names if self.table.match(n)}
        return tables if len(tables) >= self.least else set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The words that names of columns are compared with."""

    words: Mapping[str, Mapping[str, tuple[ColumnWord, ...]]]  # axis → first part → words
    solid: Mapping[str, Mapping[str, ColumnWord]]  # axis → words written in one
    inside: Mapping[str, tuple[ColumnWord, ...]]  # axis → long words
    anti: Mapping[str, frozenset[Parts]]
    models: tuple[Model, ...]
    friends: tuple[Friend, ...]

    @classmethod
    def of(cls, table: Table, friends: Iterable[Friend]) -> Headings:
        """The words of an edition of the facts."""
        words = {axis: tuple(_words(table, axis)) for axis in "HP"}
        return cls(
            words={axis: _by_first(listed) for axis, listed in words.items()},
            solid={
                axis: {"".join(w.parts): w for w in listed if len(w.parts) > 1}
                for axis, listed in words.items()
            },
            inside={axis: _long(listed) for axis, listed in words.items()},
            anti=dict(_anti(table)),
            models=tuple(_models(table)),
            friends=tuple(friends),
        )

    def word_of(self, name: str, axis: str) -> ColumnWord | None:
        """The heaviest words of an axis in the name of a column, that no false friend cancels."""
        readings = readings_of(name)
        parts = readings[0]
        at = [
            word
            for read in readings
            for i, part in enumerate(read)
            for word in self.words[axis].get(part, ())
            if read[i : i + len(word.parts)] == word.parts
        ]
        at += [self.solid[axis][r[0]] for r in readings if len(r) == 1 and r[0] in self.solid[axis]]
        at = at or [
            ColumnWord(word.text, word.parts, round(word.weight * _INSIDE, 3))
            for word in self.inside[axis]
            for part in parts
            if len(part) > len(word.text)
            and (part.startswith(word.text) or part.endswith(word.text))
        ]
        kept = [w for w in at if w.weight > 0 and not self._cancelled(name, w)]
        return max(kept, key=lambda w: (w.weight, w.text), default=None)

    def _cancelled(self, name: str, word: ColumnWord) -> bool:
        """Whether a phrase around a word gives it another meaning; several words are clear."""
        if len(word.parts) > 1:
            return False
        plain = unaccented(name)
        forms = (plain, " ".join(parts_of(plain)))
        return any(
            word.text in friend.cancels and self._around(friend, form, word.text)
            for friend in self.friends
            for form in forms
        )

    @staticmethod
    def _around(friend: Friend, form: str, word: str) -> bool:
        found = friend.regex.search(form)
        return found is not None and found.group().strip(" _-./").lower() != word

    def against(self, kind: str, columns: Iterable[Parts]) -> set[Parts]:
        """The words against health or persons that columns are named by."""
        listed = tuple(columns)
        return {word for word in self.anti[kind] if any(within(word, parts) for parts in listed)}

    def model_of(self, names: Iterable[str]) -> tuple[Model, set[str]] | None:
        """The data model that columns or tables follow, and those of it that are there."""
        lower = {name.lower().rsplit(".", 1)[-1] for name in names if name}
        for model in self.models:
            if found := model.found(lower):
                return model, found
        return None


def within(words: Parts, parts: Parts) -> bool:
    """Whether words stand in a row in others."""
    return any(parts[i : i + len(words)] == words for i in range(len(parts)))


def family(table: Table, name: str) -> Iterator[tuple[str, Table]]:
    """The entries of one family of signals."""
    return ((id, entry) for id, entry in table.items() if entry.get("family") == name)


def _words(table: Table, axis: str) -> Iterator[ColumnWord]:
    best: dict[str, float] = {}
    for _, entry in family(table, "columns"):
        if entry["axis"] == axis:
            for text, weight in entry["weights"].items():
                best.setdefault(text, weight)  # the source's own weight stands
    for text, weight in best.items():
        yield ColumnWord(text, parts_of(text), weight)


def _by_first(words: Iterable[ColumnWord]) -> Mapping[str, tuple[ColumnWord, ...]]:
    found: dict[str, list[ColumnWord]] = {}
    for word in sorted(words, key=lambda w: (-len(w.parts), -len(w.text), w.text)):
        found.setdefault(word.parts[0], []).append(word)
    return {first: tuple(listed) for first, listed in found.items()}


def _long(words: Iterable[ColumnWord]) -> tuple[ColumnWord, ...]:
    long = [w for w in words if len(w.parts) == 1 and len(w.text) >= SOLID and w.weight >= 1.0]
    return tuple(sorted(long, key=lambda w: (-len(w.text), w.text)))


def _anti(table: Table) -> Iterator[tuple[str, frozenset[Parts]]]:
    for _, entry in family(table, "anti"):
        words = (*entry["words"], *entry.get("more", ()))
        yield entry["kind"], frozenset(parts_of(word) for word in words)


def _models(table: Table) -> Iterator[Model]:
    for id, entry in family(table, "schema"):
        regex = entry.get("table_regex")
        yield Model(
            id=id, least=entry["min"], level=entry["level"], axes=tuple(entry["axes"]),
            columns=frozenset(map(str.lower, entry.get("columns", ()))),
            tables=frozenset(map(str.lower, entry.get("tables", ()))),
            table=re.compile(regex) if regex else None,
            must=frozenset(map(str.lower, entry.get("must_include", ()))),
        )  # fmt: skip
