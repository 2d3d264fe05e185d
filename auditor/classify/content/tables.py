"""A table: its columns together, the data models it may follow, and the guards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from auditor.classify.headings import Model
from auditor.classify.names import NameHits
from auditor.classify.words import parts_of
from auditor.model import Certainty, Evidence, Sampled

from .checksums import check_of
from .columns import Column, column_of
from .contents import Table
from .knowledge import Knowledge
from .texts import Texts
from .verdict import HEALTH, assess, axes_of, strongest

Names = Callable[[str], NameHits]
_UNIQUE_ROWS = 5
_NAME = 1.5  # most that the name of a file or a table adds to what it holds
_DIAGNOSIS = re.compile(r"[A-Z]\d{2}\.?[0-9+]{1,3} *$")
_PROSE = 60_000  # characters of one column that are read as prose
_HUMAN = ("patient_id", "national_id")


class Tables:
    """Tables, compared with what is known."""

    def __init__(self, known: Knowledge, texts: Texts, names: Names) -> None:
        self._known, self._texts, self._names = known, texts, names

    def assess(self, table: Table, name: str = "") -> Sampled:
        """The level of one table, from its columns' names and what was sampled of their values."""
        columns = [
            column_of(n, name, table.values[n] if n < len(table.values) else (), self._known)
            for n, name in enumerate(table.columns)
        ]
        model, by_model = self._model(table)
        prose, guards = self._prose(columns)
        evidence = [*chain.from_iterable(c.evidence for c in columns), *by_model, *prose]
        evidence += self._called(table.name or name)
        evidence += _pseudonyms(columns, evidence)
        evidence += _grouped(columns, self._known)
        guard = self._guard(columns, evidence, table) or (guards if not by_model else "")
        if not table.rows:
            guard = "empty"  # a schema: there is nobody in it
        level = assess(
            evidence,
            sure=_sure(columns, bool(by_model), table),
            model="" if guard else model,
            guard=guard,
        )
        return level

    def _called(self, name: str) -> list[Evidence]:
        """What the name of a table or of its file says."""
        stem = name.rsplit("/", 1)[-1].split(".", 1)[0]
        return [
            Evidence(detector=s.detector, seen_in="name", axis="H", family="name_h",
                     weight=min(_NAME, s.weight))
            for s in self._names(stem).signals[:1]
        ]  # fmt: skip

    def _model(self, table: Table) -> tuple[str, tuple[Evidence, ...]]:
        found = self._known.headings.model_of(table.columns)
        if found is not None:
            return found[0].level, tuple(_of_model(*found))
        return "", ()

    def _prose(self, columns: list[Column]) -> tuple[tuple[Evidence, ...], str]:
        """Columns of text that people wrote."""
        found = []
        for column in columns:
            if not column.is_prose:
                continue
            sampled = self._texts.assess("\n".join(column.distinct)[:_PROSE])
            if sampled is not None:
                found.append((column, sampled))
        best = strongest(s for _, s in found)
        if best is None:
            return (), ""
        told = tuple(
            Evidence(detector=e.detector, seen_in=c.place, axis=e.axis, family=e.family,
                     weight=e.weight, distinct=e.distinct)
            for c, s in found for e in s.evidence
        )  # fmt: skip
        return told, best.guard if best.guard in ("animal", "code") else ""

    def _guard(self, columns: list[Column], evidence: list[Evidence], table: Table) -> str:
        headings, parts = self._known.headings, [c.parts for c in columns]
        human = any(e.axis == "P" and e.family in _HUMAN for e in evidence)
        key = human or any(
            e.axis == "P" and e.weight >= 2.0 and e.family == "person_columns" for e in evidence
        )
        if not human and self._animals(columns):
            return "animal"
        if not key and _is_reference(columns, evidence):
            return "reference"
        counts = headings.against("aggregate", parts)
        if not key and counts and not any(c.is_opaque and c.unique for c in columns):
            people = [e for e in evidence if e.axis == "P" and e.weight >= 0.5]
            if not people:
                return "aggregate"
        theirs = [c.parts for c in columns if not _of_care(c)]
        cared = any(e.axis == "H" and e.weight >= 2.0 and e.family != "name_h" for e in evidence)
        served = cared or _patientlike(evidence)
        if not key and not served and headings.against("professional", theirs):
            return "professional"
        return ""

    def _animals(self, columns: list[Column]) -> bool:
        named = self._known.headings.against("animal", (c.parts for c in columns))
        species = self._known.lexicons["species"].words
        kinds = any(_kinds(c, species) for c in columns)
        strong = {
            ("num", "puce"),
            ("microchip",),
            ("numero", "national"),
            ("pet", "name"),
            ("tierart",),
        }
        return len(named) >= 2 or bool(named & strong) or kinds


def _kinds(column: Column, species: Mapping[str, float]) -> bool:
    """Whether most values of a column are kinds of animals."""
    few = 0 < len(column.distinct) <= 30
    named = sum(1 for v in column.distinct if set(parts_of(v)) & species.keys())
    return few and named >= max(2, 0.5 * len(column.distinct))


def _of_model(model: Model, found: set[str]) -> Iterator[Evidence]:
    for axis, weight in (("H", HEALTH), ("P", 2.0)):
        if axis in model.axes:
            yield Evidence(
                detector=f"model:{model.id}", seen_in="columns", axis=axis,
                family="schema_signature" if axis == "H" else "schema_signature_person",
                weight=weight if model.level == Certainty.PROBABLE else 1.0, distinct=len(found),
            )  # fmt: skip


def _sure(columns: list[Column], model: bool, table: Table) -> bool:
    axes: set[str] = set()
    for column in columns:
        axes |= column.validated
        if column.is_prose and column.evidence:
            axes.add("H")
    return {"H", "P"} <= axes or (model and table.rows >= _UNIQUE_ROWS and bool(axes))


def _of_care(column: Column) -> bool:
    """Whether a column that names a professional speaks of who is cared for: the family doctor."""
    return any(e.axis == "H" and e.weight >= 1.5 for e in column.evidence)


def _grouped(columns: list[Column], known: Knowledge) -> list[Evidence]:
    """A column of groups of stays beside one of diagnoses: PMSI, whatever its header says."""
    check, groups, coded = check_of("list:icd10"), 0, 0
    ghm = next((i for i in known.identifiers if i.id == "ghm"), None)
    form = next((f for f in known.structures if f.line is not None), None)
    for column in columns:
        sample = column.distinct[:60]
        if len(sample) < 3 or ghm is None or check is None:
            continue
        groups += sum(1 for v in sample if ghm.whole.match(v)) >= 0.9 * len(sample)
        coded += sum(1 for v in sample if _DIAGNOSIS.match(v) and check(v)) >= 0.9 * len(sample)
    if not (groups and coded and form is not None):
        return []
    return [
        Evidence(detector=form.id, seen_in="columns", axis=axis, weight=weight,
                 family="format" if axis == "H" else "format_subject")
        for axis, weight in form.axes.items()
    ]  # fmt: skip


def _patientlike(evidence: list[Evidence]) -> bool:
    """Whether somebody other than a professional is spoken of: born, aged, or cared for."""
    words = ("naissance", "nais", "birth", "dob", "ddn", "geburt", "nacimiento", "nascita",
             "nascimento", "geboorte", "age", "patient", "sejour", "sexe", "gender")  # fmt: skip
    return any(e.axis == "P" and any(w in e.seen_in for w in words) for e in evidence)


def _is_reference(columns: list[Column], evidence: list[Evidence]) -> bool:
    """Codes, each once, with a label beside them: a nomenclature."""
    health = {e.seen_in for e in evidence if e.axis == "H"}
    prose = {c.place for c in columns if c.is_prose}
    coded = [c for c in columns if c.place in health and c.unique and not _is_note(c)]
    people = any(
        e.axis == "P" and e.weight >= 0.5 and (e.seen_in not in prose or e.detector == "text:names")
        for e in evidence
    )
    labels = [c for c in columns if not c.is_number and not c.is_date and len(c.distinct) >= 5]
    return bool(coded) and len(labels) >= 1 and not people


def _is_note(column: Column) -> bool:
    """Sentences, where a label has none."""
    sentences = sum(1 for v in column.distinct if ". " in v or v.count(",") >= 3)
    return column.is_prose and sentences >= 0.4 * len(column.distinct)


def _pseudonyms(columns: list[Column], evidence: list[Evidence]) -> list[Evidence]:
    """Opaque keys beside health columns and dates or demographics: still somebody."""
    axes = axes_of(evidence)
    if axes["H"] < HEALTH or axes["P"] >= 2.0:
        return []
    dated = any(c.is_date for c in columns)
    demographic = any(
        e.axis == "P" and e.weight >= 0.4 and e.detector != "values:names" for e in evidence
    )
    health = {e.seen_in for e in evidence if e.axis == "H"}
    keys = [c for c in columns if c.is_opaque and c.place not in health and not c.is_date
            and len(c.distinct) >= 5]  # fmt: skip
    if not keys or not (dated or demographic):
        return []
    key = max(keys, key=lambda c: len(c.distinct))
    return [Evidence(detector="pseudonymous_key", seen_in=key.place, axis="P", family="patient_key",
                     weight=1.0, distinct=len(key.distinct))]  # fmt: skip
