"""What values say by themselves: words of diseases and drugs, names of people, bodily measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.classify.words import Parts, parts_of
from auditor.model import Evidence

from .knowledge import Knowledge
from .shapes import commonest

_PRESSURE = re.compile(r"^(\d{2,3})\s?/\s?(\d{2,3})$")
_GROUP = re.compile(r"(?i)^(?:A|B|AB|O)\s?(?:\+|-|pos|neg|rh[+-])")
_CODED = re.compile(r"^[A-Z]{1,4}\.?\d")


def vocabulary(place: str, distinct: tuple[str, ...], known: Knowledge) -> Iterator[Evidence]:
    """Values that are words: of diseases and drugs (H), or names of people (P)."""
    texts = [v for v in distinct if any(map(str.isalpha, v)) and not _CODED.match(v)]
    if len(texts) < 3 or len(texts) < 0.5 * len(distinct):
        return
    split = [parts_of(v) for v in texts]
    clinical = sum(1 for words in split if any(is_clinical(w, known) for w in words))
    drugs = sum(1 for words in split if any(is_drug(w, known) for w in words))
    people = sum(1 for words in split if _is_name(words, known))
    shape = commonest(texts[:50])
    total = len(texts)
    for detector, axis, family, hits, share, weight in (
        ("values:clinical", "H", "clinical_text", clinical, 0.3, 2.0),
        ("values:clinical", "H", "clinical_text", clinical, 0.12, 1.0),
        ("values:drug", "H", "drug", drugs, 0.4, 1.8),
        ("values:names", "P", "person_columns", people, 0.5, 0.6),
    ):
        if hits >= 3 and hits >= share * total:
            if detector == "values:clinical" and weight == 1.0 and clinical >= 0.3 * total:
                continue
            yield Evidence(detector=detector, seen_in=place, axis=axis, family=family,
                           weight=weight, rate=round(hits / total, 2), distinct=hits,
                           mask=shape)  # fmt: skip


def is_clinical(word: str, known: Knowledge) -> bool:
    """Whether a word is one of clinical texts, and of nothing else."""
    if len(word) < 4:
        return False
    if known.lexicons["clinical"].found(word) and word not in known.lexicons["weak"].words:
        return True
    if len(word) < 7:
        return False
    everyday, _ = known.stems["everyday"]
    if everyday.match(word):
        return False
    return word in known.lists["nomenclature_fr"] or bool(known.stems["clinical"][0].match(word))


def is_drug(word: str, known: Knowledge) -> bool:
    """Whether a word is the name of a drug, or is made as such names are."""
    if len(word) < 5:
        return False
    if word in known.lists["drugs_fr"]:
        return True
    return len(word) >= 7 and bool(known.stems["drug"][0].match(word))


def measured(place: str, distinct: tuple[str, ...]) -> Iterator[Evidence]:
    """Values that only a body has: blood pressures, blood groups."""
    for detector, looks, weight in (
        ("values:blood_pressure", _is_pressure, 1.8),
        ("values:blood_group", _GROUP.match, 1.8),
    ):
        hits = sum(1 for v in distinct if looks(v))
        if hits >= 3 and hits >= 0.9 * len(distinct):
            yield Evidence(
                detector=detector, seen_in=place, axis="H", family="clinical_text", weight=weight,
                rate=round(hits / len(distinct), 2), distinct=hits,
            )  # fmt: skip


def _is_pressure(value: str) -> bool:
    found = _PRESSURE.match(value)
    if found is None:
        return False
    high, low = int(found[1]), int(found[2])
    return 70 <= high <= 250 and 35 <= low <= 150 and high > low


def _is_name(words: Parts, known: Knowledge) -> bool:
    if not 1 <= len(words) <= 4:
        return False
    first, last = known.lists["first_names"], known.lists["last_names"]
    return any(w in first or w in last for w in words)
