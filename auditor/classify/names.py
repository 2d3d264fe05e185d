"""Words that hint at health data in a name, and the false friends that take their meaning away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.model import Signal

from .words import Parts, parts_of, readings_of, unaccented

_SOLID = re.compile(r"^[a-z0-9]+$")


@dataclass(frozen=True, slots=True)
class Friend:
    """A phrase in which some words mean something else."""

    id: str
    regex: re.Pattern[str]
    cancels: frozenset[str]

    def without(self, text: str) -> str:
        """The text without the words that this phrase cancels."""
        words = "|".join(sorted(map(re.escape, self.cancels)))
        return re.sub(rf"(?i)\b(?:{words})\b", "", text)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several in a row, and what it weighs."""

    text: str
    parts: Parts
    weight: float

    @property
    def order(self) -> tuple[int, int, str]:
        """Longest first: words, then letters."""
        return (-len(self.parts), -len(self.text), self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every word, by its first part; and those that may hide in a name without separators."""

    by_first: Mapping[str, tuple[Word, ...]]
    solid: tuple[tuple[str, Word], ...]  # as written without separators, longest first
    covers: tuple[str, ...]
    alone: frozenset[str]
    cap: float


@dataclass(frozen=True, slots=True)
class NameHits:
    """What a name says: its signals, and their sum under the cap."""

    signals: tuple[Signal, ...] = ()
    total: float = 0.0


def lexicon_of(
    languages: Mapping[str, Mapping[str, float]], *, alone: Iterable[str], scores: Mapping[str, Any]
) -> Lexicon:
    """One lexicon of all languages; a word that several know keeps its highest weight."""
    weights: dict[str, float] = {}
    for words in languages.values():
        for text, weight in words.items():
            weights[text] = max(weight, weights.get(text, 0.0))
    listed = sorted((Word(t, parts_of(t), w) for t, w in weights.items()), key=lambda w: w.order)
    by_first: dict[str, list[Word]] = {}
    for word in listed:
        by_first.setdefault(word.parts[0], []).append(word)
    return Lexicon(
        by_first={first: tuple(words) for first, words in by_first.items()},
        solid=tuple(_solid(listed, scores)),
        covers=tuple(scores["covers"]),
        alone=frozenset(alone),
        cap=scores["cap"],
    )


def _solid(words: list[Word], scores: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """The words that count inside a name without separators, at the weight they have there."""
    for word in sorted(words, key=lambda w: (-len(w.text), w.text)):
        text = "".join(word.parts)
        if word.text in scores["short"]:
            yield text, word
        elif len(text) >= scores["letters"]:
            yield text, Word(word.text, word.parts, round(word.weight * scores["factor"], 6))


def hits_of(name: str, lexicon: Lexicon, friends: tuple[Friend, ...]) -> NameHits:
    """The words of a name, in the reading that says most; false friends cancel theirs."""
    found = max(
        (_whole(parts, lexicon) for parts in readings_of(name)),
        key=lambda words: sum(w.weight for w in words),
    )
    sort = "name"
    if not found and _SOLID.match(name):
        found, sort = _inside(name, lexicon), "name-part"
    if found:
        found = _kept(name, found, friends)
    if all(w.text in lexicon.alone for w in found):
        return NameHits()
    signals = tuple(
        Signal(detector=f"{sort}:{w.text}", seen_in="name", weight=w.weight) for w in found
    )
    return NameHits(signals, round(min(lexicon.cap, sum(w.weight for w in found)), 6))


def _whole(parts: Parts, lexicon: Lexicon) -> tuple[Word, ...]:
    """Distinct words that stand in a row of parts, longest first, none over another."""
    at = [
        (word.order, i, word)
        for i, part in enumerate(parts)
        for word in lexicon.by_first.get(part, ())
        if parts[i : i + len(word.parts)] == word.parts
    ]
    taken: set[int] = set()
    found: dict[str, Word] = {}
    for _, i, word in sorted(at, key=lambda a: a[:2]):
        over = set(range(i, i + len(word.parts)))
        if not over & taken:
            taken |= over
            found[word.text] = word
    return tuple(found.values())


def _inside(name: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """Words inside a name without separators, where no longer word covers the same letters."""
    rest = name
    for cover in lexicon.covers:
        rest = rest.replace(cover, " ")
    found = []
    for text, word in lexicon.solid:
        if text in rest:
            rest = rest.replace(text, " ")
            found.append(word)
    return tuple(found)


def _kept(name: str, found: tuple[Word, ...], friends: tuple[Friend, ...]) -> tuple[Word, ...]:
    """The words that no false friend cancels, in the name as written and in its words apart."""
    plain = unaccented(name)
    forms = (plain, " ".join(parts_of(plain)))
    gone = {
        cancelled
        for friend in friends
        if any(w.text in friend.cancels for w in found)
        and any(friend.regex.search(form) for form in forms)
        for cancelled in friend.cancels
    }
    return tuple(w for w in found if w.text not in gone)
