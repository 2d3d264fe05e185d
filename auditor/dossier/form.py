"""The questionnaire's form, made of the schema: one sheet for each part, one column for each key.

What nests is laid flat: `holds.stores`. A closed choice of several, such as clauses, has a column
for each, answered yes or no; so do regimes, whose cell is their reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from auditor._settings_schema import resolved
from auditor.schema import schema

SINGLE = ("controller", "dpo", "document")  # one of each: their rows have no id


class Kind(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    LINES = "lines"  # several texts, one a line
    PAIRS = "pairs"  # key = value, one a line
    DAY = "day"
    DAYS = "days"
    CHOICE = "choice"
    YES_NO = "yes_no"  # of a key of its own
    ONE_OF = "one_of"  # yes: this member is in the list that the key names


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One key of a part, as a column."""

    path: tuple[str, ...]  # within an entry: holds, stores
    says: str  # its description, in English
    kind: Kind
    needed: bool = False
    choices: tuple[str, ...] = ()
    words: str = ""  # the choice whose words these are, in the facts
    member: Any = None  # of ONE_OF
    strict: bool = False  # a number in it has lost its zeros: refused

    @property
    def key(self) -> str:
        """Its name in the sheet's second row."""
        return ".".join((*self.path, *([str(self.member)] if self.member is not None else [])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the dossier, as a sheet."""

    name: str
    says: str
    columns: tuple[Column, ...]

    @property
    def single(self) -> bool:
        """Whether it is one entry without an id."""
        return self.name in SINGLE


_WORDS = {
    "capacity": "capacity", "legal_basis": "legal_basis", "article_9": "article_9",
    "role": "account_role", "safeguard": "safeguard", "state": "progress", "answer": "answer",
    "clauses": "clause", "status": "document_status",
}  # fmt: skip
_REFERS = {"treatment": "treatments", "item": "items", "rule": "rules", "offer": "offers"}


@cache
def parts() -> tuple[Part, ...]:
    """The parts of a dossier, in the order of the form."""
    form = schema("dossier")
    return tuple(
        Part(name=name, says=part["description"], columns=tuple(_columns(part, form)))
        for name, part in form["properties"].items()
        if name != "edition"
    )


def edition() -> int:
    """The edition of the form."""
    return int(schema("dossier")["properties"]["edition"]["const"])


def refers_to(column: Column) -> str:
    """The list of names that a column's cells are chosen from; "" for those written freely."""
    return _REFERS.get(column.path[0], "") if column.kind is Kind.TEXT else ""


def _columns(part: Mapping[str, Any], form: Mapping[str, Any]) -> Iterator[Column]:
    many = part.get("additionalProperties")
    entry = resolved(many if isinstance(many, dict) else part, form)
    needed = entry.get("required", ())
    for name, below in entry["properties"].items():
        yield from _of_key((name,), resolved(below, form), form, name in needed)


def _of_key(
    path: tuple[str, ...], node: Mapping[str, Any], form: Mapping[str, Any], needed: bool
) -> Iterator[Column]:
    says, last = str(node["description"]), path[-1]
    words = _WORDS.get(last, "") if len(path) == 1 else ""
    strict = last in ("accounts", "stores")
    match node.get("type"):
        case "object" if node.get("properties"):
            for name, below in node["properties"].items():
                yield from _of_key((*path, name), resolved(below, form), form, False)
        case "object":
            yield Column(path=path, says=says, kind=Kind.PAIRS)
        case "boolean":
            yield Column(path=path, says=says, kind=Kind.YES_NO, needed=needed,
                         choices=("yes", "no"), words="yes_no")  # fmt: skip
        case "array":
            yield from _of_list(path, node, form, needed, words, strict)
        case _ if "enum" in node:
            choices = tuple(c for c in node["enum"] if c)
            yield Column(path=path, says=says, kind=Kind.CHOICE, needed=needed,
                         choices=choices, words=words)  # fmt: skip
        case _:
            day = str(node.get("pattern", "")).startswith("^[0-9]{4}")
            kind = Kind.DAY if day else Kind.TEXT
            yield Column(path=path, says=says, kind=kind, needed=needed, strict=strict)


def _of_list(
    path: tuple[str, ...], node: Mapping[str, Any], form: Mapping[str, Any], needed: bool,
    words: str, strict: bool,
) -> Iterator[Column]:  # fmt: skip
    says, items = str(node["description"]), resolved(node["items"], form)
    members = items.get("enum") or range(items.get("minimum", 1), items.get("maximum", 0) + 1)
    for member in members:
        yield Column(path=path, says=says, kind=Kind.ONE_OF, choices=("yes", "no"),
                     words=words, member=member)  # fmt: skip
    if not members:
        day = str(items.get("pattern", "")).startswith("^[0-9]{4}")
        kind = Kind.DAYS if day else Kind.LINES
        yield Column(path=path, says=says, kind=kind, needed=needed, strict=strict)
