"""What a dossier refers to, and its days: what does not hold together is told before it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from auditor._settings_problems import Problem
from auditor.facts import Facts

from .stepping import Wrong, steps_of

Data = Mapping[str, Any]

_ENDS = {  # part → first and last day: the last never comes before the first
    "contracts": ("signed", "until"),
    "attestations": ("signed", "until"),
    "assessments": ("signed", "until"),
    "waivers": ("since", "until"),
}
_SELECTIONS = {"treatments": "holds", "keys": "of", "assessments": "of", "waivers": "of",
               "targets": "of", "exemptions": "of"}  # fmt: skip
_OWNED = ("treatments", "keys", "assessments")  # one entry for one store
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def problems_of(
    data: Data, facts: Facts, rules: frozenset[str], where: Callable[[Sequence[Any]], str]
) -> Iterator[Problem]:
    """Everything that does not hold together."""
    unreal = tuple(_days(data))
    ordered = () if unreal else _order(data)
    found = chain(unreal, ordered, _references(data, facts, rules), _owners(data),
                  _kept_tags(data, facts), _grounds(data), steps_of(data))  # fmt: skip
    for path, wrong, instead, values in found:
        yield Problem(where(path), ".".join(path), wrong, instead, values)


def _entries(data: Data, part: str) -> Iterator[tuple[tuple[str, str], Data]]:
    for id, entry in data.get(part, {}).items():
        yield (part, id), entry


# ---------------------------------------------------------------------- days


def _days(data: Data) -> Iterator[Wrong]:
    """Days that do not exist, wherever a text has the form of a day."""
    parts = [name for name, part in data.items() if isinstance(part, dict)]
    for path, entry in chain.from_iterable(_entries(data, part) for part in parts):
        for key, value in entry.items() if isinstance(entry, dict) else ():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and _DAY.match(text) and not _real(text):
                    instead = "write a day that exists, such as 2026-09-01"
                    yield Wrong((*path, key), "there is no such day", instead)


def _real(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _order(data: Data) -> Iterator[Wrong]:
    """Days in an order that cannot be."""
    begun = min((e["approved"] for _, e in _entries(data, "versions")), default="")
    for part, (first, last) in _ENDS.items():
        for path, entry in _entries(data, part):
            if entry.get(last, "9") < entry.get(first, ""):
                yield _early((*path, last), f"{first} ({entry[first]})")
    for path, entry in _entries(data, "targets"):
        if entry.get("deadline", "9") < begun:
            yield _early((*path, "deadline"), f"versions ({begun})")
    for path, entry in _entries(data, "contracts"):
        if "until" in entry and entry.get("open_ended"):
            wrong = "a contract without end has no last day"
            yield Wrong((*path, "until"), wrong, "take until or open_ended out")


def _early(path: tuple[str, ...], first: str) -> Wrong:
    return Wrong(path, "it lies before {first}", "write a later day", {"first": first})


# ---------------------------------------------------------------------- references


def _references(data: Data, facts: Facts, rules: frozenset[str]) -> Iterator[Wrong]:
    """Names of what is not there: a treatment, an item, a rule, an offer, a country."""
    treatments = frozenset(data.get("treatments", {}))
    named = "`auditor facts list {kind}` names them all"
    here = "one of [treatments]: {known}"
    shown = "`auditor checks list` names them all"
    for part, key, known, instead, kind in (
        ("attestations", "item", facts.table("alignment"), named, "alignment"),
        ("attestations", "treatment", treatments, here, ""),
        ("waivers", "treatment", treatments, here, ""),
        ("targets", "treatment", treatments, here, ""),
        ("waivers", "rule", rules, shown, ""),
        ("contracts", "offers", facts.table("offers"), named, "offers"),
        ("targets", "offer", facts.table("offers"), named, "offers"),
        ("accounts", "country", facts.table("countries"), named, "countries"),
        ("keys", "country", facts.table("countries"), named, "countries"),
    ):
        for path, entry in _entries(data, part):
            value = entry.get(key, "")
            for name in value if isinstance(value, list) else [value]:
                if name not in known and name not in ("", "?"):
                    values = {"name": name, "kind": kind, "known": ", ".join(sorted(known)[:12])}
                    yield Wrong((*path, key), "{name} is not known", instead, values)


def _owners(data: Data) -> Iterator[Wrong]:
    """One data store, account or tag that two entries of a part claim in the same words."""
    for part in (*_OWNED, "accounts"):
        taken: dict[tuple[str, str], str] = {}
        for path, entry in _entries(data, part):
            claimed = entry if part == "accounts" else entry.get(_SELECTIONS[part], {})
            within = () if part == "accounts" else (_SELECTIONS[part],)
            for kind, value in _claims(claimed):
                other = taken.setdefault((kind, value), path[1])
                if other != path[1]:
                    values = {"name": value, "other": f"{part}.{other}"}
                    wrong = "{name} belongs to {other} already"
                    yield Wrong((*path, *within, kind), wrong, "leave it in one of them", values)


def _claims(selection: Data) -> Iterator[tuple[str, str]]:
    for kind in ("stores", "accounts"):
        for value in selection.get(kind, ()):
            yield kind, value
    if tags := selection.get("tags"):
        yield "tags", ", ".join(f"{k} = {v}" for k, v in sorted(tags.items()))


def _kept_tags(data: Data, facts: Facts) -> Iterator[Wrong]:
    """Tags by which nothing can be recognised: an audit keeps only the shape of their values."""
    kept = re.compile(facts.table("privacy")["tag-keys-kept"]["regex"])
    wrong = "an audit does not keep the values of the tag {name}"
    instead = "use a tag such as application, or ids of data stores"
    for part, name in _SELECTIONS.items():
        for path, entry in _entries(data, part):
            for key in entry.get(name, {}).get("tags", {}):
                if not kept.match(key):
                    yield Wrong((*path, name, "tags"), wrong, instead, {"name": key})


def _grounds(data: Data) -> Iterator[Wrong]:
    """What stands only with a reason, and what nobody may waive."""
    for path, entry in _entries(data, "attestations"):
        if entry["answer"] == "not_applicable" and entry.get("reason", "") in ("", "?"):
            wrong = "not applicable needs a written reason (R3)"
            yield Wrong((*path, "reason"), wrong, "write why the item has no object")
    for path, entry in _entries(data, "waivers"):
        if entry["rule"].startswith("COV"):
            wrong = "what could not be read cannot be waived"
            instead = "grant the missing read permission, or attest the item"
            yield Wrong((*path, "rule"), wrong, instead)
