"""The alignment table: 35 items, overall and for each treatment, never a score without them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import plain

from ._blocks import Section, Table, section
from ._saying import in_words, shown

MARKS = {"missing": "blocking", "unknown": "major", "human_required": "", "partial": "minor"}
_TREATMENTS = 6  # columns; of more, the table of items tells the overall status only


def alignment(report: Any, words: Any) -> Iterator[Section]:
    """The overall status with its items, and what each is held down by."""
    told = report.alignment()
    if told is None:
        return
    said = report.facts.table("conventions")["alignment"]["disclaimer"]
    yield section(
        words("Alignment: the 35 items"),
        (overall(report, words, told), in_words(words, said)),
        (_table(report, words, told),),
    )


def overall(report: Any, words: Any, told: Any) -> str:
    """The worst status of the blocking items, which are shown with it (R7)."""
    return str(
        words(
            "Overall: {status}. It is the status of the worst blocking item; it says nothing "
            "without the items below.",
            status=status(report, words, told.overall),
        )
    )


def status(report: Any, words: Any, value: str) -> str:
    """A status in the words of the alignment."""
    return in_words(words, report.facts.table("conventions")["status"]["words"][str(value)])


def by_status(told: Any) -> Mapping[str, list[str]]:
    """The items of the whole estate, by status; recommendations are told apart, by a mark."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in told.items:
        if not row.treatment:
            found[str(row.status)].append(row.item + ("*" if row.recommended else ""))
    return found


def _table(report: Any, words: Any, told: Any) -> Table:
    named = list(dict.fromkeys(row.treatment for row in told.items if row.treatment))
    named = named if len(named) <= _TREATMENTS else []
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in told.items:
        rows[row.item].append(row)
    columns = (
        words("Item"), words("What it asks"), words("If missing"), words("Overall"),
        *map(plain, named), words("Because"),
    )  # fmt: skip
    lines = tuple(_line(report, words, item, rows[item], named) for item in rows)
    marks = tuple(MARKS.get(str(rows[item][0].status), "") for item in rows)
    return Table(words("Status of each item"), columns, lines, 0, marks)


def _line(report: Any, words: Any, item: str, rows: list[Any], named: list[str]) -> tuple[str, ...]:
    entry = report.facts.table("alignment")[item]
    by_treatment = {row.treatment: row for row in rows}
    weight = report.facts.table("conventions")["severity_if_missing"]["words"]
    return (
        item,
        in_words(words, entry["title"]),
        in_words(words, weight[entry["severity_if_missing"]]),
        _cell(report, words, rows[0]),
        *(_cell(report, words, by_treatment[name]) for name in named),
        _why(report, words, rows[0]),
    )


def _cell(report: Any, words: Any, row: Any) -> str:
    said = status(report, words, row.status)
    return f"{said} ({words('recommended')})" if row.recommended else said


def _why(report: Any, words: Any, row: Any) -> str:
    parts = []
    if row.rules:
        parts.append(f"{words.title(words('Rules'))} {', '.join(map(plain, row.rules))}")
    if row.unread:
        parts.append(words("not read: {why}",
                           why=", ".join(shown(report, words, u) for u in row.unread)))  # fmt: skip
    if row.attestations:
        parts.append(f"{words.title(words('Attested'))} {', '.join(map(plain, row.attestations))}")
    if row.expired:
        parts.append(f"{words.title(words('Expired'))} {', '.join(map(plain, row.expired))}")
    return " · ".join(parts)
