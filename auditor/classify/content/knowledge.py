"""What content is compared with: the signals of the facts, compiled once.

Expressions are RE2's: no content, however hostile, can make one slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import re2

from auditor.classify.headings import Headings, family
from auditor.classify.signals import friends_of
from auditor.classify.words import Parts, parts_of
from auditor.errors import FactsError

from .checksums import members

Table = Mapping[str, Any]
_LISTS = ("drugs_fr", "nomenclature_fr", "first_names", "last_names")


class _HasTables(Protocol):
    def table(self, name: str) -> Table: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number, a code or a cue: its expression, its check, and what it weighs."""

    id: str
    kind: str
    regex: str
    whole: Any  # the expression for a whole value
    check: str
    health: float
    person: float
    random: float
    context: tuple[Parts, ...]
    required: bool
    individual: bool

    @property
    def is_cue(self) -> bool:
        """Whether it is looked for within texts, and not as a value."""
        return self.kind in ("text_cue", "measure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A format: how it is recognised, and what it says."""

    id: str
    axes: Mapping[str, float]
    level: str
    regex: Any
    confirm: Any
    definitional: Any
    human: Any
    name: Any
    line: Any
    member: Any
    magic: tuple[tuple[int, bytes], ...]
    endings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Expressions tried together, in one pass over a text."""

    together: Any

    @classmethod
    def of(cls, expressions: Iterable[str]) -> Patterns:
        """Compile them together."""
        options = re2.Options()
        options.max_mem = 1 << 26
        options.log_errors = False
        together = re2.Set.SearchSet(options)
        for expression in expressions:
            together.Add(expression)
        together.Compile()
        return cls(together)

    def found(self, text: str) -> tuple[int, ...]:
        """Which of them are in a text, by their place."""
        return tuple(self.together.Match(text) or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words of one role: whole ones, and beginnings of words."""

    words: Mapping[str, float]
    starts: Mapping[str, float]
    lengths: tuple[int, ...]

    def found(self, word: str) -> str:
        """The entry that a word falls under, "" when none."""
        if word in self.words:
            return word
        for length in self.lengths:
            if word[:length] in self.starts:
                return word[:length]
        return ""

    def weight(self, entry: str) -> float:
        """What an entry weighs."""
        return self.words.get(entry) or self.starts.get(entry, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All signals that content is compared with."""

    identifiers: tuple[Identifier, ...]
    cues: tuple[Identifier, ...]
    headings: Headings
    structures: tuple[Structure, ...]
    patterns: Patterns  # of the structures that text has, and of definitions
    lexicons: Mapping[str, Lexicon]  # role → words
    stems: Mapping[str, tuple[Any, float]]  # role → expression, weight
    lists: Mapping[str, frozenset[str]]
    cap: float
    least: int

    @classmethod
    def of(cls, facts: _HasTables) -> Knowledge:
        """Compile the signals of an edition of the facts."""
        table = facts.table("signals")
        listed = tuple(_identifiers(table))
        structures = tuple(_structures(table))
        rule: Table = next(iter(dict(family(table, "lexicon-rule")).values()))
        return cls(
            identifiers=tuple(i for i in listed if not i.is_cue),
            cues=tuple(i for i in listed if i.is_cue or not i.required),
            headings=Headings.of(table, friends_of(table)),
            structures=structures,
            patterns=Patterns.of(_of_text(structures)),
            lexicons=_lexicons(table),
            stems={
                e["role"]: (_re(id, e["regex"]), e["weight"]) for id, e in family(table, "stem")
            },
            lists={name: members(name) for name in _LISTS},
            cap=rule["cap"],
            least=rule["min_distinct"],
        )  # fmt: skip


def _re(id: str, regex: str | None) -> Any:
    if not regex:
        return None
    try:
        return re2.compile(regex)
    except re2.error as error:
        raise FactsError(
            "signals: {id}: {regex!r} is no expression: {why}",
            hint="mend it, or drop it",
            id=id,
            regex=regex,
            why="RE2",
        ) from error


def _identifiers(table: Table) -> Iterator[Identifier]:
    for id, entry in family(table, "identifier"):
        regex = entry["regex"]
        yield Identifier(
            id=id,
            kind=entry["kind"],
            regex=regex,
            whole=_re(id, f"^(?:{regex})$"),
            check=entry.get("check", ""),
            health=entry["axes"]["H"],
            person=entry["axes"]["P"],
            random=entry["random"],
            context=tuple(parts_of(word) for word in entry.get("context", ())),
            required=entry.get("context_required", False),
            individual=entry.get("individual", False) or entry["axes"]["P"] >= 2.0,
        )


def _structures(table: Table) -> Iterator[Structure]:
    for id, e in family(table, "format"):
        magic = tuple((m["offset"], bytes.fromhex(m["hex"])) for m in e.get("magic", ()))
        yield Structure(
            id=id, axes=e["axes"], level=e["level"], magic=magic,
            endings=frozenset(e.get("ext", ())),
            **{
                name: _re(id, f"(?m){e[name]}" if name in e else None)
                for name in ("regex", "confirm", "definitional", "human", "name", "line", "member")
            },
        )  # fmt: skip


def _of_text(structures: Iterable[Structure]) -> Iterator[str]:
    """For each structure that text has, one expression that is in every text of it."""
    for form in structures:
        if form.regex is not None:
            either = form.regex.pattern
            if form.definitional is not None:
                either = f"(?:{either})|(?:{form.definitional.pattern})"
            yield either


def _lexicons(table: Table) -> Mapping[str, Lexicon]:
    roles: dict[str, dict[str, float]] = {}
    for _, entry in family(table, "lexicon"):
        words = roles.setdefault(entry["role"], {})
        for word in entry["words"]:
            words.setdefault(word, entry["weight"])
    return {role: _lexicon(words) for role, words in roles.items()}


def _lexicon(words: Mapping[str, float]) -> Lexicon:
    starts = {w[:-1]: weight for w, weight in words.items() if w.endswith("*")}
    return Lexicon(
        words={w: weight for w, weight in words.items() if not w.endswith("*")},
        starts=starts,
        lengths=tuple(sorted({len(s) for s in starts}, reverse=True)),
    )
