"""Contracts: what every kind of fact must say, held by JSON Schemas in `schemas/facts/`.

Facts of users are held to them when they are read; our own are by the tests, which use the same
function. A date is a TOML date: the text "2026-01-01" is refused, for it compares with nothing.
"""

from __future__ import annotations

import json
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
        where = ".".join(map(str, error.absolute_path)) or "the file"
        raise FactsError(f"{file}: {where}: {_told(error)}", hint=_hint(error))


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
            f"schemas/facts/{kind}.json: {kind} has no contract",
            hint="a kind of fact needs a JSON Schema before facts of it are read",
        ) from error


def _told(error: Any) -> str:
    wanted = error.validator_value
    match error.validator:
        case "required":
            missing = [key for key in wanted if key not in error.instance]
            return f"{', '.join(missing)} is missing"
        case "additionalProperties" | "unevaluatedProperties":
            known = error.schema.get("properties", {})
            extra = sorted(set(error.instance) - set(known)) if known else []
            return f"{', '.join(extra)} is no key of this fact" if extra else error.message[:120]
        case "type":
            return f"expected {wanted}, found {type(error.instance).__name__}"
        case "enum":
            return f"expected one of {', '.join(map(str, wanted))}"
        case "format":
            return f"expected a {wanted}, found a text"
        case _:
            return str(error.message)[:160]


def _hint(error: Any) -> str:
    if error.validator == "format":
        return _DATE_HINT
    if error.validator == "required" and "source" in error.validator_value:
        missing = "source" not in error.instance
        if missing:
            return (
                "no source, no fact: add source = { url = …, locator = …, retrieved = 2026-11-22 }"
            )
    described = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    return str(described)
