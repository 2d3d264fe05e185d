"""Contracts: what every kind of fact must say, held by JSON Schemas in `schemas/facts/`.

Facts of users are held to them when they are read; our own are by the tests, which use the same
function. A date is a TOML date: the text "2026-01-01" is refused, for it compares with nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import FactsError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_DATE_HINT = "write a TOML date without quotes: 2026-11-22"


def check(kind: str, file: Path, data: Mapping[str, Any]) -> None:
    """Hold a file of facts to the contract of its kind."""
    from jsonschema.exceptions import best_match

    error = best_match(_validator(kind).iter_errors(data))
    if error is not None:
        path = ".".join(map(str, error.absolute_path))
        form, values = _wrong(error)
        place = f"{file}: {path}" if path else file
        raise FactsError(form, hint=_hint(error), place=place, **values)


def form_of(description: str) -> str:
    """A sentence of a schema as one without holes: what it shows may have braces."""
    return re.sub(r"[{}]", r"\g<0>\g<0>", description)


@cache
def _validator(kind: str) -> Validator:
    from jsonschema import Draft202012Validator, FormatChecker, validators

    formats = FormatChecker(formats=())
    formats.checks("date")(_is_day)
    checker = Draft202012Validator.TYPE_CHECKER.redefine(
        "string", lambda _, value: isinstance(value, str | date) and not isinstance(value, datetime)
    )
    extend: Any = validators.extend  # untyped in its stubs
    ours: type[Validator] = extend(Draft202012Validator, type_checker=checker)
    return ours(_schema(kind), format_checker=formats)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _schema(kind: str) -> Any:
    try:
        file = resources.files("auditor.schemas") / "facts" / f"{kind}.json"
        return json.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise FactsError(
            "schemas/facts/{kind}.json: {kind} has no contract",
            hint="a kind of fact needs a JSON Schema before facts of it are read",
            kind=kind,
        ) from error


def _wrong(error: Any) -> tuple[str, dict[str, str]]:
    """What is wrong: a sentence, and what fills its holes besides the place."""
    wanted = error.validator_value
    match error.validator:
        case "required":
            missing = [key for key in wanted if key not in error.instance]
            return "{place}: {missing} is missing", {"missing": ", ".join(missing)}
        case "additionalProperties" | "unevaluatedProperties":
            known = error.schema.get("properties", {})
            extra = sorted(set(error.instance) - set(known)) if known else []
            if extra:
                return "{place}: {extra} is no key of this fact", {"extra": ", ".join(extra)}
        case "type":
            found = type(error.instance).__name__
            return "{place}: expected {wanted}, found {found}", {"wanted": wanted, "found": found}
        case "enum":
            choices = ", ".join(map(str, wanted))
            return "{place}: expected one of {choices}", {"choices": choices}
        case "format":
            return "{place}: expected a date, found a text", {}
    return "{place}: {why}", {"why": str(error.message)[:160]}


def _hint(error: Any) -> str:
    if error.validator == "format":
        return _DATE_HINT
    if error.validator == "required" and "source" in error.validator_value:
        missing = "source" not in error.instance
        if missing:
            return (
                "no source, no fact:"
                " add source = {{ url = …, locator = …, retrieved = 2026-11-22 }}"
            )
    described = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    return form_of(str(described))
