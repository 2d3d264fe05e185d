"""Free text: notes, letters, reports, messages.

A text is looked at in windows, for evidence counts only where it stands together. H comes from
words of clinical texts, from what words are made of (a tachycardia is one in seven languages), from
doses, measures and sections; P from whoever it speaks of. What speaks of health and of nobody (an
article, a leaflet, a tender) or of an animal is held back by a guard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from auditor.model import Certainty, Evidence, Sampled

from .checksums import check_of
from .knowledge import Identifier, Knowledge, Patterns
from .verdict import POSSIBLE, assess, axes_of, strongest
from .wording import Vocabulary, Wording, plain

WINDOW = 3000  # characters that are looked at together
_NAME = r"(?:[A-ZÉÈ][a-zéèëïçñöüäáíóú-]{2,}|[A-Z]{3,})"
_NAMES = re.compile(rf"\b{_NAME} {_NAME}\b")
_FIRST = re.compile(r"(?:[a-zà-ÿ,] |\()([A-ZÉÈ][a-zéèëïçñöüäáíóú]{2,})\b")  # within a sentence
_DISTINCT = 5  # different clinical words that validate a text
_STUDY, _STUDY_SHARE = 3, 0.3  # words of what speaks of nobody: how many, and of clinical ones
_SHORTHAND = "cue-clinical-shorthand"  # counted by how many different ones there are
_NOBODY = "cue-nobody"  # of leaflets, courses and studies
_HEALTH = 0.5  # a cue of less says little of health
_SHORT = 1.5  # density of a text in which two clinical words are enough
_DRUGS = 2.0  # most that the names of drugs weigh in a text
_NUMBERS = ("patient_id", "national_id")  # families: a number of a person
_TIMES, _MANY = 3, 6  # a cue is not counted further
_UNLIKELY = 1e-3  # random numbers that pass: beyond it a word of context is needed


@dataclass(frozen=True, slots=True)
class Matcher:
    """The expressions of all cues, tried in one pass."""

    cues: tuple[Identifier, ...]
    together: Patterns
    apart: tuple[Any, ...]

    @classmethod
    def of(cls, cues: tuple[Identifier, ...]) -> Matcher:
        """Compile the cues together, for one pass, and apart, to count them."""
        together = Patterns.of(cue.regex for cue in cues)
        return cls(cues, together, tuple(re2.compile(cue.regex) for cue in cues))

    def found(self, text: str) -> tuple[int, ...]:
        """Which cues are in a text."""
        return self.together.found(text)


class Texts:
    """Texts, compared with what is known."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._matcher = Matcher.of(known.cues)
        self._words = Vocabulary(known)
        # what says by itself that health is spoken of; numbers of persons do not
        self._said = {
            i
            for i, c in enumerate(known.cues)
            if c.health >= _HEALTH and (c.is_cue or c.random == 0)
        }
        self._nobody = next((i for i, c in enumerate(known.cues) if c.id == _NOBODY), -1)
        self._individual = {f"identifier:{c.id}" for c in known.cues if c.individual}

    def assess(self, text: str) -> Sampled | None:
        """The window that says most, None when none says anything; a sure one is enough."""
        best: Sampled | None = None
        for window in windows_of(text):
            sampled = self._window(window)
            if sampled is not None:
                best = strongest(filter(None, (best, sampled)))
            if best is not None and best.certainty is Certainty.CONFIRMED:
                break
        return best

    def evidence(self, text: str) -> tuple[tuple[Evidence, ...], str]:
        """All evidence of one text, and what holds it back; none where health is not spoken of."""
        words = self._words.of(text)
        cues = self._matcher.found(text)
        said = [i for i in cues if i in self._said]
        if not said and words.strong + len(words.drugs) < 2:
            return (), ""
        health = (*self._spoken(words), *self._cues(text, said, words))
        if axes_of(health)["H"] < POSSIBLE:
            return health, ""
        rest = [i for i in cues if i not in self._said]
        held = _held(words) or ("impersonal" if self._nobody in cues else "")
        if held:  # unless a number of a person stands there
            rest = [i for i in rest if not self._matcher.cues[i].is_cue]
        found = (*health, *self._cues(text, rest, words))
        if held and not any(e.family in _NUMBERS for e in found):
            return found, held
        found = (*found, *self._named(text))
        return found, self._guard(text, words, found)

    def _window(self, text: str) -> Sampled | None:
        evidence, guard = self.evidence(text)
        if not any(e.axis == "H" for e in evidence):
            return None
        words = sum(e.distinct or 0 for e in evidence if e.axis == "H")
        return assess(evidence, sure=words >= _DISTINCT, guard=guard)

    def _spoken(self, words: Wording) -> Iterator[Evidence]:
        """What the words weigh: nothing before there are a few different ones."""
        different = words.strong + len(words.drugs)
        if different >= self._known.least or (different == 2 and words.density > _SHORT):
            yield Evidence(
                detector="text:clinical", seen_in="text", axis="H", family="clinical_text",
                weight=round(min(self._known.cap, words.weight), 2), distinct=words.strong,
            )  # fmt: skip
        if words.drugs:
            weight = self._known.stems["drug"][1] * len(words.drugs) * words.density
            yield Evidence(
                detector="text:drug", seen_in="text", axis="H", family="drug",
                weight=round(min(_DRUGS, weight), 2), distinct=len(words.drugs),
            )  # fmt: skip

    def _cues(self, text: str, indexes: Iterable[int], words: Wording) -> Iterator[Evidence]:
        for index in indexes:
            cue = self._matcher.cues[index]
            if not (cue.is_cue or cue.random <= _UNLIKELY or _in_context(cue, words)):
                continue
            times = _times(cue, self._matcher.apart[index], text)
            axes = {"H": cue.health, "P": cue.person}
            if cue.id == _SHORTHAND:
                axes = {"H": min(1.5, 0.3 * times) if times >= 3 else 0.0}
            for axis, weight in axes.items():
                if times and weight > 0:
                    yield Evidence(
                        detector=f"identifier:{cue.id}", seen_in="text", axis=axis,
                        family=_family(cue, axis), weight=weight, distinct=times,
                    )  # fmt: skip

    def _named(self, text: str) -> Iterator[Evidence]:
        """First and last names side by side, or first names: somebody is spoken of."""
        first, last = self._known.lists["first_names"], self._known.lists["last_names"]
        pairs = {
            m
            for m in _NAMES.findall(text)
            if (words := plain(m).replace("-", " ").split())
            and any(w in first for w in words)
            and (all(w in first or w in last for w in words) or m.isupper() or len(words) == 2)
        }
        if pairs:
            yield Evidence(detector="text:names", seen_in="text", axis="P",
                           family="person_columns", weight=0.8, distinct=len(pairs))  # fmt: skip
            return
        alone = {w for w in _FIRST.findall(text) if plain(w) in first}
        if alone:
            yield Evidence(detector="text:first_names", seen_in="text", axis="P",
                           family="person_columns", weight=0.6 if len(alone) == 1 else 1.0,
                           distinct=len(alone))  # fmt: skip

    def _guard(self, text: str, words: Wording, evidence: tuple[Evidence, ...]) -> str:
        """What else holds a text back: it is code, or speaks of nobody in particular."""
        if _codelike(text):
            return "code"
        seen = {e.detector for e in evidence if e.axis == "P"}
        if seen & self._individual or ("text:names" in seen and words.study < 2):
            return ""
        somebody = seen & {"identifier:cue-the-patient", "text:names", "text:first_names"}
        if words.study or not somebody:
            return "impersonal"
        return ""


def _held(words: Wording) -> str:
    """What holds a text back by its words: it speaks of animals, or of nobody."""
    vets, beasts = words.vets, words.beasts
    if (vets and beasts) or vets >= 2 or beasts >= 4:
        return "animal"
    clinical = len(words.clinical) + len(words.made)
    least = _STUDY if words.density == 1.0 else _STUDY - 1
    return "impersonal" if words.study >= max(least, _STUDY_SHARE * clinical) else ""


def _times(cue: Identifier, regex: Any, text: str) -> int:
    """How often a cue stands in a text, up to a few: with its check where it has one."""
    most = _MANY if cue.id == _SHORTHAND else _TIMES
    found = {m.group() for m, _ in zip(regex.finditer(text), range(most), strict=False)}
    if cue.is_cue:
        return len(found)
    check = check_of(cue.check) if cue.check else None
    if check is None:
        return len(found) if cue.random == 0 else 0
    return sum(1 for value in found if check(value))


def _in_context(cue: Identifier, words: Wording) -> bool:
    """Whether a word stands in the text that a weak number needs beside it."""
    return any(
        all(part in words.distinct for part in context if len(part) > 1 and part.isalpha())
        for context in cue.context
    )


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


_CODE = re.compile(
    r"(?m)^\s*(?:def |class |import |from \w+ import |function |const |let |var |public |private "
    r"|#include|package |return |if \(|for \(|\} else|<\?php|apiVersion:|kind: |FROM \w+|RUN )"
    r"|=>|\{\{|;$"
)


def _codelike(text: str) -> bool:
    lines = text.count("\n") + 1
    return lines >= 5 and len(_CODE.findall(text)) >= 0.15 * lines and len(_CODE.findall(text)) >= 3
