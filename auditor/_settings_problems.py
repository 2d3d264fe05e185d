"""What is wrong with settings: where it stands, what was expected, what to write instead.

No message repeats a value: what was mistyped may be a secret.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches
from typing import Any

from .errors import SettingsError

Path = tuple[str, ...]
Where = Callable[[Sequence[Any]], str]


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (a line, a variable, a flag), which key, and two sentences with holes."""

    where: str
    key: str
    wrong: str
    instead: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def told(self, words: Callable[[str], str] = _same) -> str:
        """One line, in the language of `words`."""
        head = ": ".join(part for part in (self.where, self.key) if part)
        said = [words(form).format(**self.values) for form in (self.wrong, self.instead) if form]
        return f"{head}: {' — '.join(said)}"


class SettingsProblems(SettingsError):
    """Settings that cannot be followed: all that is wrong with them, at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.told())

    def told(self, words: Callable[[str], str] = _same) -> str:
        """One line per problem, in the language of `words`."""
        return "\n".join(problem.told(words) for problem in self.problems)


_KINDS = {
    "array": "a list",
    "object": "a table",
    "string": "a text in quotes",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}


def check(data: Mapping[str, Any], schema: Mapping[str, Any], where: Where) -> list[Problem]:
    """Hold settings to their schema."""
    from jsonschema import Draft202012Validator

    found = [
        problem
        for error in Draft202012Validator(schema).iter_errors(data)
        for problem in _problems(error, schema, where)
    ]
    return found


def _problems(error: Any, schema: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    path = [str(p) for p in error.absolute_path]
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in sorted(set(error.instance) - set(known)):
            yield _unknown(where([*path, key]), [*path, key], known, schema)
    else:
        wrong, instead, values = _wrong(error)
        yield Problem(where(path), _dotted(path), wrong, instead, values)


def _dotted(path: Sequence[str]) -> str:
    return ".".join(p for p in path if not p.isdigit())


def _unknown(
    where: str, path: Sequence[str], known: Sequence[str], schema: Mapping[str, Any]
) -> Problem:
    """A key that does not exist: the nearest one, its true section, or all there are."""
    key, sections = path[-1], schema["properties"]
    near = get_close_matches(key.lower().replace("-", "_"), known, 1)
    homes = [s for s, node in sections.items() if key in node["properties"]]
    dotted, listed = ".".join(path), ", ".join(sorted(known))
    wrong = "there is no such section" if len(path) == 1 else "there is no such key"
    if near:
        return Problem(where, dotted, wrong, "write {near}", {"near": near[0]})
    if homes:
        return Problem(where, dotted, wrong, "write it in [{section}]", {"section": homes[0]})
    return Problem(where, dotted, wrong, "known: {known}", {"known": listed})


def _wrong(error: Any) -> tuple[str, str, dict[str, str]]:
    limit, instance = error.validator_value, error.instance
    example, purpose = _example(error)
    told = {"example": example, "limit": str(limit), "purpose": purpose}
    instead = "for example {example}" if example else ""
    match error.validator:
        case "type":
            told |= {"found": _kind(instance)}
            return f"expected {_KINDS[limit]}, found {_kind(instance)}", instead, told
        case "enum":
            choices = [json.dumps(c) for c in limit]
            near = get_close_matches(str(instance).lower(), [str(c) for c in limit if c], 1)
            told |= {"choices": ", ".join(choices), "near": json.dumps(near[0]) if near else ""}
            return "expected one of {choices}", "write {near}" if near else "", told
        case "minimum":
            return "expected {limit} or more", "", told
        case "exclusiveMinimum":
            return "expected more than {limit}", "", told
        case "maximum":
            return "expected {limit} or less", "", told
        case "uniqueItems":
            return "the same word stands in it twice", "write it once", told
        case "minLength":
            return "it is empty or too short", instead, told
    return "it does not have the expected form ({purpose})", instead, told


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case date() | time():
            return "a date or a time"
    return "a table"


def _example(error: Any) -> tuple[str, str]:
    """What to write, from the schema of the key, and what the key is for."""
    node = error.schema if isinstance(error.schema, dict) else {}
    key = next((str(p) for p in reversed(error.absolute_path) if isinstance(p, str)), "")
    purpose = str(node.get("description", ""))
    choices = [*node.get("examples", ()), *([node["default"]] if "default" in node else ())]
    if not choices or not key:
        return "", purpose
    return f"{key} = {toml(choices[0])}", purpose


def toml(value: Any) -> str:
    """A JSON value as TOML writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
