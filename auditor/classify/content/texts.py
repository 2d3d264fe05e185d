"""Free text: notes, letters, reports, messages.

A text is looked at in windows, for evidence counts only where it stands together. H comes from
words of clinical texts, from what words are made of (a tachycardia is one in seven languages), from
doses, measures and sections; P from whoever it speaks of. What speaks of health and of nobody (an
article, a leaflet, a tender) or of an animal is held back by a guard.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from auditor.model import Evidence, Sampled

from .checksums import check_of
from .columns import is_clinical, is_drug
from .knowledge import Identifier, Knowledge
from .verdict import assess, strongest

WINDOW = 3000  # characters that are looked at together
_WORD = re.compile(r"[a-z]{2,}")
_NAMES = re.compile(
    r"\b(?:[A-ZÉÈ][a-zéèëïçñöüäáíóú-]{2,}|[A-Z]{3,}) (?:[A-ZÉÈ][a-zéèëïçñöüäáíóú-]{2,}|[A-Z]{3,})\b"
)
_USUAL = 110  # words of a short text
_FIRST = re.compile(r"(?:[a-zà-ÿ,] |\()([A-ZÉÈ][a-zéèëïçñöüäáíóú]{2,})\b")  # within a sentence
_DISTINCT = 5  # different clinical words that validate a text
_STUDY, _STUDY_SHARE = 3, 0.3  # words of what speaks of nobody: how many, and of clinical ones
_SHORTHAND = "cue-clinical-shorthand"  # counted by how many different ones there are
_SOME = 2  # clinical words, or cues, for which a window is looked at closely


@dataclass(frozen=True, slots=True)
class Matcher:
    """The expressions of all cues, tried in one pass."""

    cues: tuple[Identifier, ...]
    together: Any
    apart: tuple[Any, ...]

    @classmethod
    def of(cls, cues: tuple[Identifier, ...]) -> Matcher:
        """Compile the cues together, for one pass, and apart, to count them."""
        options = re2.Options()
        options.max_mem = 1 << 26
        options.log_errors = False
        together = re2.Set.SearchSet(options)
        for cue in cues:
            together.Add(cue.regex)
        together.Compile()
        return cls(cues, together, tuple(re2.compile(cue.regex) for cue in cues))

    def found(self, text: str) -> tuple[int, ...]:
        """Which cues are in a text."""
        return tuple(self.together.Match(text) or ())


class Texts:
    """Texts, compared with what is known."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._matcher = Matcher.of(known.cues)

    def assess(self, text: str) -> Sampled | None:
        """The window that says most, None when no window says anything."""
        found = [w for w in map(self._window, windows_of(text)) if w is not None]
        return strongest(found)

    def evidence(self, text: str) -> tuple[tuple[Evidence, ...], str]:
        """All evidence of one text, and what holds it back."""
        seen = _Seen(text, self._known)
        found = (*seen.words(), *self._cues(text), *seen.names())
        return found, seen.guard(found)

    def _window(self, text: str) -> Sampled | None:
        evidence, guard = self.evidence(text)
        if not any(e.axis == "H" for e in evidence):
            return None
        words = sum(e.distinct or 0 for e in evidence if e.axis == "H")
        return assess(evidence, sure=words >= _DISTINCT, guard=guard)

    def _cues(self, text: str) -> Iterator[Evidence]:
        for index in self._matcher.found(text):
            cue = self._matcher.cues[index]
            times = self._times(cue, self._matcher.apart[index], text)
            if not times:
                continue
            if cue.id == _SHORTHAND:
                if times >= 3:
                    yield Evidence(
                        detector=f"identifier:{cue.id}", seen_in="text", axis="H",
                        family="clinical_text", weight=min(1.5, 0.3 * times), distinct=times,
                    )  # fmt: skip
                continue
            for axis, weight in (("H", cue.health), ("P", cue.person)):
                if weight > 0:
                    yield Evidence(
                        detector=f"identifier:{cue.id}", seen_in="text", axis=axis,
                        family=_family(cue, axis), weight=weight, distinct=times,
                    )  # fmt: skip

    def _times(self, cue: Identifier, regex: Any, text: str) -> int:
        """How often a cue stands in a text: with its check where it has one."""
        found = {m.group() for m, _ in zip(regex.finditer(text), range(50), strict=False)}
        if cue.is_cue:
            return len(found)
        check = check_of(cue.check) if cue.check else None
        if check is None:
            return len(found) if cue.random == 0 else 0
        passing = sum(1 for value in found if check(value))
        if cue.random <= 1e-3:
            return passing
        return passing if passing and self._in_context(cue, text) else 0

    def _in_context(self, cue: Identifier, text: str) -> bool:
        words = " ".join(_WORD.findall(plain(text)))
        return any(f" {' '.join(context)} " in f" {words} " for context in cue.context)


def _family(cue: Identifier, axis: str) -> str:
    if axis == "P":
        return "person_columns" if cue.is_cue else cue.kind
    return (
        "clinical_text" if cue.is_cue else ("drug" if cue.kind == "drug_code" else "clinical_code")
    )


def windows_of(text: str) -> Iterator[str]:
    """A text in windows, cut at the ends of lines where there are any."""
    start, end = 0, len(text)
    while start < end:
        stop = min(end, start + WINDOW)
        if stop < end:
            line = text.rfind("\n", start + WINDOW // 2, stop)
            stop = line + 1 if line > 0 else stop
        yield text[start:stop]
        start = stop


def plain(text: str) -> str:
    """Lower case, without accents; letters of other alphabets are dropped."""
    lower = text.lower()
    if lower.isascii():
        return lower
    lower = lower.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode("ascii")


@dataclass
class _Seen:
    """One window, taken apart once."""

    text: str
    known: Knowledge

    @cached_property
    def counted(self) -> Counter[str]:
        return Counter(_WORD.findall(plain(self.text)))

    @cached_property
    def clinical(self) -> dict[str, float]:
        """The entries of the lexicon that are there, with their weight."""
        lexicon, weak = self.known.lexicons["clinical"], self.known.lexicons["weak"]
        found: dict[str, float] = {}
        for word in self.counted:
            if len(word) < 3:
                continue
            if weak.found(word):
                found[word[:5]] = weak.weight(weak.found(word))
            elif entry := lexicon.found(word):
                found[entry[:6]] = lexicon.weight(entry)
        return found

    @cached_property
    def made(self) -> set[str]:
        """Further words that are made as clinical words are, or stand in a nomenclature."""
        lexicon = self.known.lexicons["clinical"]
        return {
            word[:8]
            for word in self.counted
            if len(word) >= 7 and not lexicon.found(word) and is_clinical(word, self.known)
        }

    @cached_property
    def drugs(self) -> set[str]:
        return {word for word in self.counted if is_drug(word, self.known)}

    @cached_property
    def density(self) -> float:
        """How much more a word weighs in a short text: a note of forty words has few of them."""
        return min(2.0, max(1.0, _USUAL / max(1, self.counted.total())))

    def words(self) -> Iterator[Evidence]:
        """What the words weigh: nothing before there are a few different ones."""
        strong = [w for w in self.clinical.values() if w >= 0.3]
        different = len(strong) + len(self.made) + len(self.drugs)
        weight = sum(self.clinical.values()) + 0.4 * len(self.made)
        if different >= 2:
            body = sum(1 for w in self.counted if w in self.known.lexicons["body"].words)
            weight += min(0.6, 0.2 * body)
        if different >= self.known.least or (different == 2 and self.density > 1.5):
            yield Evidence(
                detector="text:clinical", seen_in="text", axis="H", family="clinical_text",
                weight=round(min(self.known.cap, weight * self.density), 2),
                distinct=len(strong) + len(self.made),
            )  # fmt: skip
        if self.drugs:
            weight = self.known.stems["drug"][1] * len(self.drugs) * self.density
            yield Evidence(
                detector="text:drug", seen_in="text", axis="H", family="drug",
                weight=round(min(2.0, weight), 2), distinct=len(self.drugs),
            )  # fmt: skip

    def names(self) -> Iterator[Evidence]:
        """First and last names side by side: somebody is spoken of."""
        first, last = self.known.lists["first_names"], self.known.lists["last_names"]
        pairs = {
            m
            for m in _NAMES.findall(self.text)
            if (words := plain(m).replace("-", " ").split())
            and any(w in first for w in words)
            and (all(w in first or w in last for w in words) or m.isupper() or len(words) == 2)
        }
        if pairs:
            yield Evidence(detector="text:names", seen_in="text", axis="P",
                           family="person_columns", weight=0.8, distinct=len(pairs))  # fmt: skip
        alone = {w for w in _FIRST.findall(self.text) if plain(w) in first}
        if alone and not pairs:
            yield Evidence(detector="text:first_names", seen_in="text", axis="P",
                           family="person_columns", weight=0.6 if len(alone) == 1 else 1.0,
                           distinct=len(alone))  # fmt: skip

    def guard(self, evidence: tuple[Evidence, ...]) -> str:
        """What holds a text back: it speaks of animals, or of nobody."""
        animal = self.known.lexicons["animal"].words
        species = self.known.lexicons["species"].words
        named = any(e.family in ("patient_id", "national_id") for e in evidence)
        beasts = sum(n for w, n in self.counted.items() if w in species)
        vets = sum(n for w, n in self.counted.items() if w in animal and w not in species)
        if not named and ((vets and beasts) or vets >= 2 or beasts >= 4):
            return "animal"
        if _codelike(self.text):
            return "code"
        study = sum(1 for w in self.counted if w in self.known.lexicons["study"].words)
        clinical = len(self.clinical) + len(self.made)
        least = _STUDY if self.density == 1.0 else _STUDY - 1
        if not named and study >= max(least, _STUDY_SHARE * clinical):
            return "impersonal"
        seen = {e.detector.removeprefix("identifier:") for e in evidence if e.axis == "P"}
        individual = seen & {c.id for c in self.known.cues if c.individual}
        if not individual and (
            study or not seen & {"cue-the-patient", "text:names", "text:first_names"}
        ):
            return "impersonal"
        return ""


_CODE = re.compile(
    r"(?m)^\s*(?:def |class |import |from \w+ import |function |const |let |var |public |private "
    r"|#include|package |return |if \(|for \(|\} else|<\?php|apiVersion:|kind: |FROM \w+|RUN )"
    r"|=>|\{\{|;$"
)


def _codelike(text: str) -> bool:
    lines = text.count("\n") + 1
    return lines >= 5 and len(_CODE.findall(text)) >= 0.15 * lines and len(_CODE.findall(text)) >= 3
