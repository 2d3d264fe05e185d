"""Fixed-width records: which positions hold numbers and codes, by the lines that agree.

PMSI and invoicing files have no separator and no header: fields run into each other. A position
counts when a check (a list of codes, a key) passes there on most lines. Many positions are tried,
so more bits are asked of each than of a column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log2

from auditor.model import Evidence, Sampled

from .checksums import check_of
from .columns import LISTED, PASSES
from .contents import Records
from .knowledge import Knowledge, Structure
from .verdict import HEALTH, assess, axes_of

_LINES, _LEAST, _SHORTEST, _LONGEST = 60, 5, 40, 1200
_REACH = 420  # characters of a line that are tried
_RATE, _BITS, _DISTINCT = 0.6, 24.0, 3
_BITS_DIAGNOSES = 8.0
_CHANCE = {3: 0.79, 4: 0.48, 5: 0.097}  # random codes of ICD-10 that are in the list, by length
_YEARS = (1900, 2040)
_BIRTHS = 30  # years between the first and the last: dates of birth
# identifier, width of its field, random pass rate there, share of true ones that pass
_FIELDS = (
    ("fr-nir-strict", 15, 2.3e-4, PASSES),
    ("ccam", 7, 1.6e-5, LISTED),
    ("fr-cip13", 13, 3.0e-6, PASSES),
    ("atc", 7, 1.2e-5, LISTED),
)


def records_of(lines: Sequence[str]) -> Records | None:
    """Lines of one length as records, None when they are none."""
    kept = [line for line in lines[: _LINES * 3] if line.strip()][:_LINES]
    if len(kept) < _LEAST:
        return None
    usual = Counter(min(len(line), _LONGEST) for line in kept).most_common(1)[0][0]
    near = sum(1 for line in kept if abs(len(line) - usual) <= 0.4 * usual)
    dense = sum(1 for line in kept if _dense(line))
    if usual < _SHORTEST or min(near, dense) < 0.8 * len(kept):
        return None
    return Records(tuple(line[:_LONGEST] for line in kept))


def _dense(line: str) -> bool:
    """Digits and capitals, few words: no prose, no code."""
    filled = line.replace(" ", "")
    digits, lower = sum(map(str.isdigit, filled)), sum(map(str.islower, filled))
    return bool(filled) and digits >= 0.3 * len(filled) and lower <= 0.2 * len(filled)


def assess_records(records: Records, name: str, known: Knowledge) -> Sampled:
    """The level of records, by what stands at their positions."""
    lines = records.lines
    found = [*_fields(lines, known), *_diagnoses(lines), *_dates(lines)]
    found += _grouped(lines, name, known)
    axes = axes_of(found)
    keys = len({line[:40] for line in lines}) > 0.95 * len(lines)
    if axes["H"] >= HEALTH and axes["P"] < 2.0 and keys and any(e.axis == "P" for e in found):
        found.append(_evidence("record_key", "P", "patient_key", 1.0, len(lines)))
    sure = any(e.family == "national_id" for e in found)
    return assess(found, sure=sure)


def _slices(lines: Sequence[str], at: int, width: int) -> list[str]:
    return [line[at : at + width] for line in lines if len(line) >= at + width]


def _fields(lines: Sequence[str], known: Knowledge) -> Iterator[Evidence]:
    by_id = {one.id: one for one in known.identifiers}
    for id, width, random, hit in _FIELDS:
        one = by_id.get(id)
        check = check_of(one.check) if one else None
        if one is None or check is None:
            continue
        at, bits, passing, rate = max(
            (_tried(lines, at, width, check, random, hit) for at in range(_REACH)),
            key=lambda t: t[1],
        )
        if bits < _BITS or rate < _RATE or len(passing) < _DISTINCT:
            continue
        for axis, weight in (("H", one.health), ("P", one.person)):
            if weight > 0:
                family = one.kind if axis == "P" else "clinical_code"
                yield Evidence(
                    detector=f"identifier:{id}", seen_in=f"position:{at + 1}", axis=axis,
                    family=family, weight=weight, rate=round(rate, 2), distinct=len(passing),
                    bits=round(bits, 1),
                )  # fmt: skip


def _tried(
    lines: Sequence[str], at: int, width: int, check: object, random: float, hit: float
) -> tuple[int, float, set[str], float]:
    taken = _slices(lines, at, width)
    if len(taken) < _LEAST:
        return at, 0.0, set(), 0.0
    values = {v for v in taken if v.isalnum()}
    first = list(values)[:4]
    if not any(check(v) for v in first):  # type: ignore[operator]
        return at, 0.0, set(), 0.0
    passing = {v for v in values if check(v)}  # type: ignore[operator]
    rate = sum(1 for v in taken if v in passing) / len(taken)
    bits = len(passing) * log2(hit / random)
    bits += (len(values) - len(passing)) * log2((1 - hit) / (1 - random))
    return at, bits, passing, rate


def _diagnoses(lines: Sequence[str]) -> Iterator[Evidence]:
    """Codes of ICD-10, padded with spaces, at one position or several."""
    bits, codes, first = _coded(lines)
    if bits >= _BITS_DIAGNOSES and len(codes) >= _LEAST:
        yield Evidence(detector="identifier:icd10", seen_in=f"position:{first}", axis="H",
                       family="clinical_code", weight=2.5 if bits >= 12 else 1.5,
                       distinct=len(codes), bits=round(bits, 1))  # fmt: skip


def _coded(lines: Sequence[str]) -> tuple[float, set[str], int]:
    """The bits that codes of diagnoses earn, the codes, and where the first of them stands."""
    check = check_of("list:icd10")
    bits, first = 0.0, 0
    codes: set[str] = set()
    for at in range(_REACH if check else 0):
        taken = [v for v in _slices(lines, at, 6) if v.strip()]
        if len(taken) < max(_LEAST, 0.3 * len(lines)):
            continue
        found = Counter(filter(None, map(_code, taken)))
        passing = {c for c in found if check(c)}  # type: ignore[misc]
        good = sum(found[c] for c in passing)
        if good < 0.8 * len(taken) or len(passing) < _DISTINCT:
            continue
        bits += sum(log2(LISTED / _CHANCE.get(len(c), 0.05)) for c in passing - codes)
        bits += (len(found) - len(passing)) * log2((1 - LISTED) / 0.5)
        codes |= passing
        first = first or at + 1
    return bits, codes, first


def _code(field: str) -> str:
    """A letter, two digits, more digits, then spaces to the end of the field."""
    code = field.split(" ", 1)[0]
    rest = field[len(code) :]
    good = 3 <= len(code) <= 6 and code[:1].isupper() and code[1:3].isdigit() and not rest.strip()
    return code if good and code.isascii() and code[3:].isalnum() | (len(code) == 3) else ""


def _dates(lines: Sequence[str]) -> Iterator[Evidence]:
    """A position of dates, day first, whose years are far apart: births."""
    for at in range(_REACH):
        taken = [v for v in _slices(lines, at, 8) if v.isdigit()]
        if len(taken) < 0.9 * len(lines):
            continue
        years = [int(v[4:]) for v in taken if _is_day(v)]
        if len(years) >= 0.95 * len(taken) and max(years) - min(years) >= _BIRTHS:
            yield _evidence(f"dates_of_birth@{at + 1}", "P", "person_columns", 0.8, len(set(taken)))
            return


def _is_day(value: str) -> bool:
    day, month, year = int(value[:2]), int(value[2:4]), int(value[4:])
    return 1 <= day <= 31 and 1 <= month <= 12 and _YEARS[0] <= year <= _YEARS[1]


def _grouped(lines: Sequence[str], name: str, known: Knowledge) -> Iterator[Evidence]:
    """Records grouped by GHM, or named as PMSI files are and with their codes."""
    for form in known.structures:
        if form.line is None:
            continue
        share = sum(1 for line in lines if form.line.search(line)) / len(lines)
        coded = len(_coded(lines)[1]) >= _DISTINCT
        named = form.name is not None and bool(form.name.search(name.rsplit("/", 1)[-1]))
        if coded and (share >= 0.8 or named):
            yield from _of_form(form, len(lines))


def _of_form(form: Structure, lines: int) -> Iterator[Evidence]:
    for axis, weight in form.axes.items():
        family = "format" if axis == "H" else "format_subject"
        yield _evidence(form.id, axis, family, weight, lines)


def _evidence(detector: str, axis: str, family: str, weight: float, distinct: int) -> Evidence:
    detector, _, at = detector.partition("@")
    return Evidence(detector=detector, seen_in=f"position:{at}" if at else "records", axis=axis,
                    family=family, weight=weight, distinct=distinct)  # fmt: skip
