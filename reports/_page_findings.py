"""Every finding of a page: packed columns for its script, the worst ones as a plain table."""

from __future__ import annotations

import json
import unicodedata
import zlib
from array import array
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.sdk import Certainty, Outcome, Severity, plain

from ._blocks import Table
from ._findings import finding_columns, finding_row
from ._saying import title_of, word

WORST = 200  # findings in the plain table, and rows of each other table of the page
MOST = 200_000  # findings that a page holds; of more, the worst
COLUMNS = (
    "severity", "rule", "outcome", "store", "type", "account", "region", "health", "because",
)  # fmt: skip
_SHARES = (10, 7, 10, 17, 11, 11, 10, 9, 20)
_ORDERS = {"severity": [*Severity], "outcome": [*Outcome], "health": [*Certainty]}
_FILTERS = ("severity", "rule", "outcome", "health", "account")


@dataclass(frozen=True, slots=True)
class Filter:
    """One column by which rows are chosen: what it is called, and each choice with its count."""

    name: str
    label: str
    choices: tuple[tuple[str, str, int], ...]


@dataclass(slots=True)
class Column:
    """Values met once, and which of them each row has; a key is what rows are chosen by."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    of: array[int] = field(default_factory=lambda: array("I"))

    def add(self, key: str, text: str) -> None:
        """The value of the next row."""
        self.of.append(self.ids.setdefault((key, text), len(self.ids)))

    def counts(self) -> Counter[str]:
        """How many rows each key has."""
        keys = [key for key, _ in self.ids]
        found: Counter[str] = Counter()
        for id, n in Counter(self.of).items():
            found[keys[id]] += n
        return found

    def packed(self, order: Callable[[tuple[str, str]], Any], keyed: bool) -> dict[str, Any]:
        """As JSON values, the dictionary sorted: a row's number is also its rank."""
        values = sorted(self.ids, key=order)
        rank = [0] * len(values)
        for place, value in enumerate(values):
            rank[self.ids[value]] = place
        told: dict[str, Any] = {
            "values": [text for _, text in values], "of": [rank[id] for id in self.of],
        }  # fmt: skip
        return {**told, "keys": [key for key, _ in values]} if keyed else told


@dataclass(frozen=True, slots=True)
class AllFindings:
    """What the page's last section is made of."""

    columns: tuple[tuple[str, str], ...]  # name and label
    filters: tuple[Filter, ...]
    worst: Table
    anchors: tuple[str, ...]  # of the rows of that table
    total: int
    held: int
    data: str


def all_findings(report: Any, words: Any) -> AllFindings:
    """One pass over the findings, the worst first as they come."""
    columns = {name: Column() for name in COLUMNS}
    uids: list[str] = []
    rows: list[tuple[str, ...]] = []
    marks: list[str] = []
    waived: list[int] = []
    total = 0
    for finding in report.findings():
        total += 1
        if total > MOST:
            continue
        row = finding_row(report, words, finding)
        for name, text in zip(COLUMNS, row, strict=True):
            columns[name].add(_key(name, finding, text), text)
        uids.append(plain(finding.uid))
        if finding.waiver:
            waived.append(total - 1)
        if len(rows) < WORST:
            rows.append(row)
            marks.append(str(finding.severity) if _stands(finding) else "")
    caption = words("The worst findings") if total > len(rows) else words("All findings")
    worst = Table(
        caption, finding_columns(words), tuple(rows), total - len(rows), tuple(marks), _SHARES
    )
    return AllFindings(
        tuple(zip(COLUMNS, worst.columns, strict=True)),
        tuple(_filters(report, words, columns, worst.columns)), worst,
        tuple(f"finding-{uid}" for uid in uids[:WORST]), total, len(uids),
        _packed(report, words, columns, {"uids": uids, "waived": waived}),
    )  # fmt: skip


def _stands(finding: Any) -> bool:
    """Whether it is shown by its severity: a deviation that no waiver accepts."""
    return finding.outcome is Outcome.DEVIATES and not finding.waiver


def _key(name: str, finding: Any, text: str) -> str:
    """What a row is chosen by, the same in both languages, and in a control as in the data."""
    choices = {
        "severity": finding.severity, "rule": finding.rule, "outcome": finding.outcome,
        "health": finding.health, "account": finding.account,
    }  # fmt: skip
    return plain(choices.get(name, text))


def _filters(
    report: Any, words: Any, columns: Mapping[str, Column], labels: Iterable[str]
) -> Iterator[Filter]:
    named = dict(zip(COLUMNS, labels, strict=True))
    for name in _FILTERS:
        counts = columns[name].counts()
        order = [str(value) for value in _ORDERS.get(name, sorted(counts, key=_sorted_as))]
        said = ((key, _choice(report, words, name, key), counts[key]) for key in order)
        yield Filter(name, named[name], tuple(choice for choice in said if choice[2]))


def _choice(report: Any, words: Any, name: str, key: str) -> str:
    if name == "rule":
        return f"{plain(key)} · {title_of(report, words, key)}"
    said = {"severity": "severity", "outcome": "outcome", "health": "certainty"}
    if name in said:
        return word(report, words, said[name], key)
    return plain(key) or str(words("(none)"))


def _packed(report: Any, words: Any, columns: Mapping[str, Column], rows: Mapping[str, Any]) -> str:
    """The columns as JSON, deflated, as text that no browser takes for anything else."""
    told: dict[str, Any] = {**rows, "columns": {}, "rules": {}}
    for name, column in columns.items():
        told["columns"][name] = column.packed(_order(name), keyed=name in _FILTERS)
    for rule in sorted({key for key, _ in columns["rule"].ids}):
        told["rules"][plain(rule)] = title_of(report, words, rule)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b64encode(deflate.compress(text) + deflate.flush()).decode()


def _order(name: str) -> Callable[[tuple[str, str]], Any]:
    """How the values of a column follow each other: a choice in its own order, else letters."""
    ranks = {str(value): rank for rank, value in enumerate(_ORDERS.get(name, ()))}
    return lambda value: (ranks.get(value[0], 0), _sorted_as(value[1]))


def _sorted_as(text: str) -> tuple[str, str]:
    """Letters without their accents and capitals, then as they are."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold(), text
