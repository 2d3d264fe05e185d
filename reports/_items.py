"""Items of the alignment where a section answers them: answered, asked, or without object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import plain

from ._alignment import MARKS, status
from ._asked import blank
from ._blocks import Cell, Table
from ._saying import in_words
from ._told import Told

_CLOSED = ("pass", "not_applicable")


def items_of(told: Told, section: str) -> Iterator[Table]:
    """Of one section of the outline: where each of its items stands, and what a person is asked."""
    words, rows, marks = told.words, [], []
    aligned = _aligned(told)
    for item in told.report.facts.table("outline")[section].get("items", ()):
        found = aligned.get(item, [])
        rows.append(_row(told, item, found))
        marks.append(MARKS.get(str(found[0].status), "") if found else "")
    if rows:
        columns = (words("Item"), words("What it asks"), words("Status"), words("Answered by"))
        caption = words("What this section answers, item by item")
        yield Table(caption, columns, tuple(rows), 0, tuple(marks), (2, 8, 3, 6))


def _aligned(told: Told) -> dict[str, list[Any]]:
    """The rows of each item: that of the whole estate first, then those of treatments."""
    found: dict[str, list[Any]] = {}
    for row in told.alignment.items if told.alignment else ():
        found.setdefault(row.item, []).append(row)
    return found


def _row(told: Told, item: str, rows: list[Any]) -> tuple[Cell, ...]:
    report, words = told.report, told.words
    entry = report.facts.table("alignment")[item]
    asks = f"{in_words(words, entry['title'])}. {in_words(words, entry['requirement'])}"
    where = status(report, words, rows[0].status) if rows else words("undetermined")
    return item, asks, where, _answer(told, item, rows)


def _answer(told: Told, item: str, rows: list[Any]) -> Cell:
    """Who attests it, or what they are asked to."""
    words = told.words
    named = {id: row.treatment for row in reversed(rows) for id in row.attestations}
    if named:
        return " · ".join(_attested(told, id, named[id]) for id in sorted(named))
    if rows and str(rows[0].status) in _CLOSED:
        return str(words("what was seen"))
    return blank(words, f"attestations ({item})")


def _attested(told: Told, id: str, treatment: str) -> str:
    words = told.words
    of = f"{words.title(plain(treatment))} " if treatment else ""
    one = told.dossier.attestations.get(id) if told.dossier else None
    if one is None:
        return of + plain(id)
    parts = (one.who, one.role, words.date(one.signed), one.document, one.reason)
    return of + ", ".join(plain(part) for part in parts if part)


def asked_of_people(told: Told) -> Iterator[tuple[str, str, str, str]]:
    """Every item, its section, its status, and who answers it or that it is to be completed."""
    aligned = _aligned(told)
    for section, entry in told.report.facts.table("outline").items():
        for item in entry.get("items", ()):
            _, _, where, answer = _row(told, item, aligned.get(item, []))
            yield item, section, str(where), str(answer)
