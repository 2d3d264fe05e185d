"""A dossier from its file: TOML, held to its schema, then to what it refers to."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from auditor._settings_problems import Problem, SettingsProblems, check
from auditor._settings_schema import resolved
from auditor._settings_sources import from_file
from auditor.codec import dumps, from_json
from auditor.facts import Facts
from auditor.model import Dossier
from auditor.schema import schema

from .holding import problems_of

FILE = "dossier.toml"
Where = Callable[[Sequence[Any]], str]


def read(file: Path, facts: Facts, rules: Iterable[str]) -> Dossier:
    """The dossier in a file. Raises `SettingsProblems` with all that is wrong with it."""
    return written(file, facts, rules)[0]


def written(file: Path, facts: Facts, rules: Iterable[str]) -> tuple[Dossier, Where]:
    """The same, with the place of each of its keys."""
    problems: list[Problem] = []
    found, places = from_file(file, problems)

    def where(path: Sequence[Any]) -> str:
        names = tuple(str(p) for p in path if isinstance(p, str))
        ends = range(len(names), 0, -1)
        return next((places[names[:n]] for n in ends if names[:n] in places), str(file))

    data = plain(found)
    if not problems:
        problems = held(data, facts, rules, where)
    if problems:
        raise SettingsProblems(sorted(problems, key=_by_line))
    return decoded(data), where


def held(
    data: Mapping[str, Any], facts: Facts, rules: Iterable[str], where: Where
) -> list[Problem]:
    """All that is wrong with a dossier as plain values, each told with where it stands."""
    form = schema("dossier")
    shape = check(data, form, where, "dossier")
    if shape:
        return list({p.told(): p for p in shape}.values())
    return list(problems_of(data, facts, frozenset(rules), where))


def decoded(data: Mapping[str, Any]) -> Dossier:
    """The dossier that plain values mean, once they are held."""
    whole = _filled(data, schema("dossier"), schema("dossier"))
    for part in whole.values():
        for id, entry in part.items() if isinstance(part, dict) else ():
            if isinstance(entry, dict):
                entry["id"] = id
    digest = sha256(dumps(whole).encode()).hexdigest()[:16]
    return from_json(Dossier, {**whole, "digest": digest})


def plain(value: Any) -> Any:
    """TOML's values as JSON's: days as their text."""
    match value:
        case dict():
            return {key: plain(below) for key, below in value.items()}
        case list():
            return [plain(below) for below in value]
        case date() if not isinstance(value, datetime):
            return value.isoformat()
    return value


def _filled(data: Any, node: Mapping[str, Any], form: Mapping[str, Any]) -> Any:
    """A value with the defaults of what it leaves out; a day left out is None."""
    node = resolved(node, form)
    known, other = node.get("properties"), node.get("additionalProperties")
    if not isinstance(data, dict):
        return data
    if isinstance(other, dict) and "properties" in resolved(other, form):
        return {key: _filled(below, other, form) for key, below in data.items()}
    if not known:
        return dict(data)
    whole = {}
    for name, below in known.items():
        told = resolved(below, form)
        if name in data or "default" in told or below.get("$ref") == _DAY:
            whole[name] = _filled(data.get(name, copy.deepcopy(told.get("default"))), below, form)
    return whole


_DAY = "#/$defs/day"


def _by_line(problem: Problem) -> tuple[int, str, str]:
    line = problem.where.rpartition(":")[2]
    return int(line) if line.isdigit() else 0, problem.where, problem.key
