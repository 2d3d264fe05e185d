"""What is wrong with settings: where it stands, what was expected, what to write instead.

No message repeats a value: what was mistyped may be a secret.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches
from typing import Any

from ._settings_schema import node_of, toml
from .errors import SettingsError
from .schema import quick

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
        values = {name: words(value) if value else "" for name, value in self.values.items()}
        said = [words(form).format(**values) for form in (self.wrong, self.instead) if form]
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


def check(
    data: Mapping[str, Any], schema: Mapping[str, Any], where: Where, name: str = "settings"
) -> list[Problem]:
    """Hold what people wrote to its schema; what is wrong is told by the slower validator."""
    fast = quick(name)
    with suppress(ValueError):  # a date: the fast one knows JSON's values only
        if fast is not None and fast.is_valid(data):
            return []
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema).iter_errors(data)
    return [problem for error in errors for problem in _problems(error, schema, where)]


def _problems(error: Any, schema: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    path = [str(p) for p in error.absolute_path]
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in sorted(set(error.instance) - set(known)):
            yield _unknown(where([*path, key]), [*path, key], known, schema)
    elif error.validator == "required":
        for key in sorted(set(error.validator_value) - set(error.instance)):
            node = node_of(schema, [*path, key]) or {}
            example, purpose = _example(key, node)
            instead = "for example {example}" if example else ""
            told = {"example": example, "purpose": purpose}
            yield Problem(
                where(path), _dotted([*path, key]), "it is missing ({purpose})", instead, told
            )
    else:
        wrong, instead, values = _wrong(error, _key(error, schema))
        yield Problem(where(path), _dotted(path), wrong, instead, values)


def _dotted(path: Sequence[str]) -> str:
    return ".".join(p for p in path if not p.isdigit())


def _unknown(
    where: str, path: Sequence[str], known: Sequence[str], schema: Mapping[str, Any]
) -> Problem:
    """A key that does not exist: the nearest one, its true section, or all there are."""
    key, sections = path[-1], schema["properties"]
    near = get_close_matches(key.lower().replace("-", "_"), known, 1)
    homes = [s for s, node in sections.items() if key in node.get("properties", ())]
    dotted, listed = ".".join(path), ", ".join(sorted(known))
    wrong = "there is no such section" if len(path) == 1 else "there is no such key"
    if near:
        return Problem(where, dotted, wrong, "write {near}", {"near": near[0]})
    if homes:
        return Problem(where, dotted, wrong, "write it in [{section}]", {"section": homes[0]})
    return Problem(where, dotted, wrong, "known: {known}", {"known": listed})


def _key(error: Any, schema: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The key that an error is about, and what the schema says of it."""
    path = [p for p in error.absolute_path if isinstance(p, str)]
    return (path[-1] if path else ""), node_of(schema, path) or {}


def _wrong(error: Any, key: tuple[str, Mapping[str, Any]]) -> tuple[str, str, dict[str, str]]:
    limit, instance = error.validator_value, error.instance
    example, purpose = _example(*key)
    told = {"example": example, "limit": str(limit), "purpose": purpose}
    instead = "for example {example}" if example else ""
    match error.validator:
        case "type":
            told |= {"wanted": _KINDS[limit], "found": _kind(instance)}
            return "expected {wanted}, found {found}", instead, told
        case "enum":
            choices = [toml(c) for c in limit]
            near = get_close_matches(str(instance).lower(), [str(c) for c in limit if c], 1)
            told |= {"choices": ", ".join(choices), "near": toml(near[0]) if near else ""}
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
        case "const":
            return "expected {limit}", "", told
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


def _example(key: str, node: Mapping[str, Any]) -> tuple[str, str]:
    """What could be written for a key, and what it is for."""
    choices = [*node.get("examples", ()), node.get("default")]
    example = f"{key} = {toml(choices[0])}" if choices[0] not in (None, "", [], {}) else ""
    return example, str(node.get("description", ""))
