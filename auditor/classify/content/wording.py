"""The words of a text: which are clinical, which are drugs, which speak of nobody.

Each word is looked up once, whatever many texts it stands in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from .knowledge import Knowledge
from .vocabulary import is_clinical, is_drug

_WORD = re.compile(r"[a-z]{2,}")
_KEPT = 200_000  # words that are remembered
_STRONG = 0.3  # weights of clinical words that are nothing else
_MADE = 0.4  # what a word weighs that is made as clinical words are
_USUAL = 110  # words of a short text


@dataclass(frozen=True, slots=True)
class Word:
    """What a word is: "" for what it is not."""

    entry: str = ""  # the lexicon's, by which inflections are one
    weight: float = 0.0
    made: str = ""
    drug: bool = False
    study: bool = False
    vet: bool = False
    beast: bool = False
    body: bool = False


class Vocabulary:
    """Words, looked up once."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._seen: dict[str, Word | None] = {}

    def of(self, text: str) -> Wording:
        """The words of a text."""
        tokens = _WORD.findall(plain(text))
        found = Wording(tokens, frozenset(tokens))
        for word in found.distinct:
            if (told := self._told(word)) is not None:
                found.add(word, told)
        return found

    def _told(self, word: str) -> Word | None:
        if word not in self._seen:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            self._seen[word] = self._looked(word)
        return self._seen[word]

    def _looked(self, word: str) -> Word | None:
        lexicons = self._known.lexicons
        weak, clinical = lexicons["weak"], lexicons["clinical"]
        entry, weight, made = "", 0.0, ""
        if len(word) >= 3 and (found := weak.found(word)):
            entry, weight = word[:5], weak.weight(found)
        elif len(word) >= 3 and (found := clinical.found(word)):
            entry, weight = found[:6], clinical.weight(found)
        elif len(word) >= 7 and is_clinical(word, self._known):
            made = word[:8]
        beast = word in lexicons["species"].words
        told = Word(
            entry=entry, weight=weight, made=made,
            drug=is_drug(word, self._known),
            study=word in lexicons["study"].words,
            vet=word in lexicons["animal"].words and not beast,
            beast=beast, body=word in lexicons["body"].words,
        )  # fmt: skip
        return None if told == Word() else told


@dataclass
class Wording:
    """The words of one text, by what they are."""

    tokens: list[str]
    distinct: frozenset[str]
    clinical: dict[str, float] = field(default_factory=dict)  # entry → weight
    made: set[str] = field(default_factory=set)
    drugs: set[str] = field(default_factory=set)
    study: int = 0
    body: int = 0
    vets: int = 0
    beasts: int = 0

    def add(self, word: str, told: Word) -> None:
        """One more word of the text."""
        if told.entry:
            self.clinical[told.entry] = told.weight
        if told.made:
            self.made.add(told.made)
        if told.drug:
            self.drugs.add(word)
        self.study += told.study
        self.body += told.body
        if told.vet or told.beast:
            times = self.tokens.count(word)
            self.vets += times * told.vet
            self.beasts += times * told.beast

    @cached_property
    def density(self) -> float:
        """How much more a word weighs in a short text: a note of forty words has few of them."""
        return min(2.0, max(1.0, _USUAL / max(1, len(self.tokens))))

    @cached_property
    def strong(self) -> int:
        """Different words that are clinical and nothing else."""
        return sum(1 for w in self.clinical.values() if w >= _STRONG) + len(self.made)

    @cached_property
    def weight(self) -> float:
        """What the clinical words weigh together, and parts of the body beside them."""
        total = sum(self.clinical.values()) + _MADE * len(self.made)
        if self.strong + len(self.drugs) >= 2:
            total += min(0.6, 0.2 * self.body)
        return total * self.density


def plain(text: str) -> str:
    """Lower case, without accents; letters of other alphabets are dropped."""
    lower = text.lower()
    if lower.isascii():
        return lower
    lower = lower.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode("ascii")
