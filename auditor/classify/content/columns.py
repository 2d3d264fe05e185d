"""One column: what its name says, and what its values say, in bits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from auditor.classify.headings import ColumnWord, within
from auditor.classify.words import Parts, parts_of
from auditor.model import Evidence

from .checksums import check_of
from .knowledge import Identifier, Knowledge
from .shapes import commonest
from .vocabulary import measured, vocabulary

PASSES = 0.97  # how many true numbers pass their check
LISTED = 0.90  # of codes: retired and newer ones are not in the list
_BITS, _VALUES = 20.0, 8  # without a word in the name
_BITS_NAMED, _RATE = 7.0, 0.6
_FEWEST = 5  # different values, for what has no check but a word in its name
_NOTHING = frozenset(
    ("", "null", "none", "na", "n/a", "nan", "-", "\\n", "?", "nr", "nc", "inconnu")
)
_UNLIKELY = 1e-4  # with such a list, three values that pass are no chance
_NAMED = 1.0  # weight of a word in a name that is context enough
_LOOSER = {"fr-nir": "fr-nir-strict", "fr-nir13": "fr-nir-strict"}  # not told twice
_TRIED = 400  # different values of a column that are looked at
_OPAQUE = re.compile(
    r"(?i)^(?:[0-9a-f]{16,64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r"|(?=[a-z0-9+/_-]*\d)[a-z0-9+/_-]{10,88}={0,2}|[a-z]{0,6}[-_]?\d{3,14})$"
)
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"^(?:(?P<y>(?:18|19|20)\d\d)[-/.]?{_MONTH}[-/.]?{_DAY}(?:[T ].*)?"
    rf"|{_DAY}[-/.]{_MONTH}[-/.](?P<z>(?:18|19|20)?\d\d)(?: .*)?"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?P<w>(?:18|19|20)\d\d))$"
)
_NUMBER = re.compile(r"^[<>]?\s?-?\d{1,9}(?:[.,]\d+)?\s?%?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what is evidence in it, and what it looks like."""

    place: str
    parts: Parts
    evidence: tuple[Evidence, ...] = ()
    filled: int = 0
    different: int = 0
    distinct: tuple[str, ...] = ()  # the first of them
    is_date: bool = False
    years: int = 0  # between the first and the last
    is_number: bool = False
    is_opaque: bool = False
    is_prose: bool = False
    validated: frozenset[str] = frozenset()  # axes on which enough values were validated

    @property
    def unique(self) -> bool:
        """Whether (nearly) every row has another value."""
        return self.filled >= 5 and self.different > 0.95 * self.filled


def column_of(number: int, name: str, values: Sequence[str], known: Knowledge) -> Column:
    """Everything that is evidence in one column."""
    filled = [v.strip() for v in values if v.strip().lower() not in _NOTHING]
    counted = Counter(filled)
    distinct = tuple(counted)[:_TRIED]
    parts = parts_of(name)
    words = {axis: known.headings.word_of(name, axis) for axis in "HP"}
    place = _place(number, words.values())
    years = sorted(filter(None, map(_year, distinct)))
    dates = len(years) >= 0.8 * len(distinct) and bool(years)
    numbers = sum(1 for v in distinct if _NUMBER.match(v))
    coded = tuple(_coded(place, parts, distinct, known, words)) if distinct else ()
    named = tuple(_named(place, words, distinct))
    prose = _is_prose(distinct)
    spoken = () if prose else tuple(vocabulary(place, distinct, known))
    evidence = coded + named + spoken + tuple(measured(place, distinct))
    return Column(
        place=place,
        parts=parts,
        evidence=evidence,
        filled=len(filled),
        different=len(counted),
        distinct=distinct,
        is_date=dates,
        years=years[-1] - years[0] if years else 0,
        is_number=bool(distinct) and numbers >= 0.9 * len(distinct),
        is_opaque=len(distinct) >= 5 and _share(distinct, _OPAQUE) >= 0.9,
        is_prose=prose,
        validated=frozenset(_validated(evidence, words, len(filled), len(distinct))),
    )


def _place(number: int, words: Iterable[ColumnWord | None]) -> str:
    """Where it was: a position, and the words of ours in its name; never a stranger's name."""
    told = sorted({w.text for w in words if w is not None})
    return f"column:{number + 1}" + (f" ({', '.join(told)})" if told else "")


def _named(
    place: str, words: dict[str, ColumnWord | None], distinct: tuple[str, ...]
) -> Iterator[Evidence]:
    """What the name says, by its heaviest words on each axis."""
    for axis, word in words.items():
        if word is not None:
            yield Evidence(
                detector=f"column:{word.text}", seen_in=place, axis=axis,
                family="column_h" if axis == "H" else "person_columns", weight=word.weight,
                distinct=len(distinct) or None, mask=commonest(distinct[:50]),
            )  # fmt: skip


def _coded(
    place: str,
    parts: Parts,
    distinct: tuple[str, ...],
    known: Knowledge,
    words: Mapping[str, ColumnWord | None],
) -> Iterator[Evidence]:
    """Numbers and codes whose check earns enough bits over the different values."""
    sample = distinct[:12]
    seen: set[str] = set()
    for one in sorted(known.identifiers, key=lambda i: i.id in _LOOSER):
        if one.id in _LOOSER and _LOOSER[one.id] in seen:
            continue
        looks = sum(1 for v in sample if one.whole.match(v))
        if looks * 2 < len(sample):
            continue
        named = any(within(context, parts) for context in one.context)
        named = named or (bool(one.check) and _spoken(one, words))
        found = _tried(one, distinct)
        if not found.accepted(one, named):
            continue
        seen.add(one.id)
        shapes = commonest(found.passing[:50])
        for axis, weight, family in (
            ("H", one.health, _family(one)),
            ("P", one.person, one.kind),
        ):
            if weight > 0:
                yield Evidence(
                    detector=f"identifier:{one.id}", seen_in=place, axis=axis, family=family,
                    weight=weight, rate=round(found.rate, 2), distinct=len(found.passing),
                    bits=round(found.bits, 1), mask=shapes,
                )  # fmt: skip


def _spoken(one: Identifier, words: Mapping[str, ColumnWord | None]) -> bool:
    """Whether the name of a column says by itself what such a number or code would be of."""
    word = words["P" if one.kind in ("patient_id", "national_id") else "H"]
    return word is not None and word.weight >= _NAMED


def _family(one: Identifier) -> str:
    return one.kind if one.kind in ("clinical_code", "drug_code") else "clinical_code"


@dataclass(frozen=True, slots=True)
class _Tried:
    passing: tuple[str, ...]
    looked: int
    shaped: int
    bits: float
    checked: bool
    longer: float  # share of codes with four characters or more

    @property
    def rate(self) -> float:
        return len(self.passing) / self.looked if self.looked else 0.0

    def accepted(self, one: Identifier, named: bool) -> bool:
        if one.id == "icd10" and self.longer < 0.3:
            return False
        if named:
            enough = len(self.passing) >= min(_FEWEST, max(3, self.looked))
            return self.rate >= _RATE and (self.bits >= _BITS_NAMED if self.checked else enough)
        if one.required or not self.checked:
            return False
        sure = self.bits >= 2 * _BITS and len(self.passing) >= 3 and one.random < _UNLIKELY
        enough = self.bits >= _BITS and len(self.passing) >= _VALUES
        return (enough or sure) and self.rate >= _RATE


def _tried(one: Identifier, distinct: tuple[str, ...]) -> _Tried:
    check = check_of(one.check) if one.check else None
    shaped = [v for v in distinct if one.whole.match(v)]
    passing = [v for v in shaped if check(v)] if check else shaped
    bits = 0.0
    if check:
        hit = LISTED if one.check.startswith("list:") else PASSES
        for value in shaped:
            chance = min(0.999, max(1e-9, _chance(one, value)))
            passed = check(value)
            bits += log2(hit / chance) if passed else log2((1 - hit) / (1 - chance))
    longer = sum(1 for v in passing if len(v.replace(".", "")) >= 4) / max(1, len(passing))
    return _Tried(tuple(passing), len(distinct), len(shaped), bits, check is not None, longer)


def _chance(one: Identifier, value: str) -> float:
    """How many random values of this shape pass: for ICD-10 it depends on the length."""
    if one.id != "icd10":
        return one.random
    length = len(value.replace(".", "").rstrip("+*"))
    return {3: 0.79, 4: 0.48, 5: 0.097}.get(length, 0.05)


def _is_prose(distinct: tuple[str, ...]) -> bool:
    long = sum(1 for v in distinct if len(v) >= 40 and v.count(" ") >= 4)
    return bool(distinct) and long >= 0.3 * len(distinct)


def _year(value: str) -> int | None:
    found = _DATE.match(value)
    if not found:
        return None
    year = found["y"] or found["w"] or found["z"]
    return int(year) if len(year) == 4 else 1900 + int(year)


def _share(values: tuple[str, ...], looks: re.Pattern[str]) -> float:
    return sum(1 for v in values if looks.match(v)) / len(values)


def _validated(
    evidence: tuple[Evidence, ...], words: dict[str, ColumnWord | None], filled: int, distinct: int
) -> Iterator[str]:
    """The axes on which enough different values of the column were validated."""
    least, rate = (5, 0.6) if filled >= 20 else (3, 0.3)
    for e in evidence:
        if e.rate is not None and (e.distinct or 0) >= least and e.rate >= rate:
            yield e.axis
    for axis, word in words.items():
        if word is not None and word.weight >= 2.0 and distinct >= least:
            yield axis
