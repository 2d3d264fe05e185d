"""The signals of health data: read from the facts once, ready to be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from auditor.errors import FactsError
from auditor.model import Certainty

from .headings import Headings
from .names import Friend, Lexicon, NameHits, hits_of, lexicon_of
from .words import unaccented

Table = Mapping[str, Any]
_TOLD = 8  # letters of a scanner's classification that no other tag would say
_KEPT = 1 << 16  # how many names and tags are remembered: stores repeat theirs


class _HasTables(Protocol):
    def table(self, name: str) -> Table: ...


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing a tag may say: expressions for its key and its value, and what that means."""

    id: str
    key: re.Pattern[str]
    value: re.Pattern[str]
    level: str  # declared, sign, negative
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose presence says something of what it holds."""

    id: str
    level: Certainty
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """All that metadata can say of health data: words, tags, services, and how they add up."""

    names: Callable[[str], NameHits]
    tags: Callable[[str, str], tuple[Tag, ...]]
    services: Mapping[str, Service]
    headings: Headings
    probable: float
    possible: float
    inherited: float
    kind: float

    @classmethod
    def of(cls, facts: _HasTables) -> Signals:
        """Read the signals of an edition, and remember what was answered before."""
        table = facts.table("signals")
        scores = {k: v for _, entry in _family(table, "scoring") for k, v in entry.items()}
        friends = tuple(friends_of(table))
        lexicon = lexicon_of(
            {id: entry["weights"] for id, entry in _family(table, "names")},
            alone=[w for _, entry in _family(table, "never-alone") for w in entry["words"]],
            scores=scores,
        )
        listed = tuple(_tags(table))
        scanners = dict(_scanners(table))
        return cls(
            names=_names(lexicon, friends),
            tags=lru_cache(_KEPT)(
                lambda key, value: _said(listed, friends, key, value) or _found(scanners, value)
            ),
            services=dict(_services(table)),
            headings=Headings.of(table, friends),
            **{k: scores[k] for k in ("probable", "possible", "inherited", "kind")},
        )


def _names(lexicon: Lexicon, friends: tuple[Friend, ...]) -> Callable[[str], NameHits]:
    return lru_cache(_KEPT)(lambda name: hits_of(name, lexicon, friends))


def _family(table: Table, name: str) -> Iterator[tuple[str, Table]]:
    return ((id, entry) for id, entry in table.items() if entry.get("family") == name)


def friends_of(table: Table) -> Iterator[Friend]:
    for id, entry in _family(table, "false-friend"):
        yield Friend(id, _expression(id, entry["regex"]), frozenset(entry["cancels"]))


def _expression(id: str, regex: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except re.error as error:
        raise FactsError(
            "signals: {id}: {regex!r} is no expression: {why}",
            hint="mend it, or drop it",
            id=id,
            regex=regex,
            why=error.msg,
        ) from error


def _tags(table: Table) -> Iterator[Tag]:
    for id, entry in _family(table, "tag"):
        key, value = _expression(id, entry["key"]), _expression(id, entry["value"])
        yield Tag(id, key, value, entry["level"], entry.get("weight", 0.0))


def _services(table: Table) -> Iterator[tuple[str, Service]]:
    for id, entry in _family(table, "service"):
        for kind in (*entry["kinds"], *entry["type"].split(" / ")):
            yield kind, Service(id, Certainty(entry["level"]), entry["weight"])


def _scanners(table: Table) -> Iterator[tuple[str, Tag]]:
    """What a trusted scanner calls health data, as it writes it in a tag or a label."""
    anything = re.compile("")
    for id, entry in _family(table, "catalogue"):
        tag = Tag(id, anything, anything, "declared", entry["weight"])
        for name in entry.get("health_types", ()):
            if len(name) >= _TOLD:
                yield _plainly(name), tag


def _found(scanners: Mapping[str, Tag], value: str) -> tuple[Tag, ...]:
    """The classifications of scanners that a tag's value lists, each whole."""
    parts = (scanners.get(_plainly(part)) for part in re.split(r"[,;|/ ]*[,;|/][ ]*|\s{2,}", value))
    return tuple(dict.fromkeys(tag for tag in parts if tag is not None))


def _plainly(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", unaccented(text).lower()).strip("_")


def _said(
    tags: tuple[Tag, ...], friends: tuple[Friend, ...], key: str, value: str
) -> tuple[Tag, ...]:
    """What one tag says. A denial wins over a word it contains: `no-phi` is not `phi`."""
    key, value = unaccented(key.strip()), unaccented(value.strip())
    for friend in friends:
        if friend.regex.search(value):
            value = friend.without(value)
    said = tuple(t for t in tags if t.key.search(key) and t.value.search(value))
    denials = tuple(t for t in said if t.level == "negative")
    return denials[:1] or tuple(t for t in said if t.level == "declared")[:1] or said
