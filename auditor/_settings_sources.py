"""Where settings come from: a TOML file, then the environment, then flags; each with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as File
from typing import Any

from ._settings_problems import Problem
from ._settings_schema import Node, Path, is_secret, node_of

PREFIX = "AUDITOR_"
_WORD = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_WORD}(?:\s*\.\s*{_WORD})*)\s*=(.*)")
_TABLE = re.compile(rf"\s*\[\[?\s*({_WORD}(?:\s*\.\s*{_WORD})*)\s*\]\]?\s*(?:#.*)?")
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")
_END = " (at end of document)"

Found = tuple[Path, Any, str]  # a key, its value, and where it was written


def from_file(file: File, problems: list[Problem]) -> tuple[dict[str, Any], dict[Path, str]]:
    """A settings file, and the line of each of its keys."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        why = {"why": error.strerror or type(error).__name__}
        problems.append(Problem(str(file), "", "it cannot be read ({why})", _INIT, why))
    except UnicodeDecodeError:
        problems.append(Problem(str(file), "", "it is not UTF-8", "save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(_syntax(file, str(error), text))
    else:
        return data, {path: f"{file}:{line}" for path, line in lines_of(text).items()}
    return {}, {}


_INIT = "`auditor init` writes one"


def _syntax(file: File, message: str, text: str) -> Problem:
    at = _AT.search(message)
    line = int(at[1]) if at else max(text.count("\n"), 1)
    why = {"why": _AT.sub("", message).removesuffix(_END), "column": at[2] if at else "1"}
    wrong = "not TOML: {why} (column {column})"
    return Problem(f"{file}:{line}", "", wrong, 'write key = "value" on one line', why)


def lines_of(text: str) -> dict[Path, int]:
    """The line of each key of a TOML text; tomllib does not tell."""
    found: dict[Path, int] = {}
    table: Path = ()
    closing, depth = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if closing:  # inside a text of several lines
            closing = "" if closing in line else closing
            continue
        rest = line
        if depth == 0:
            if head := _TABLE.fullmatch(line):
                table = _words(head[1])
                found.setdefault(table, number)
                continue
            if not (key := _KEY.match(line)):
                continue
            found.setdefault((*table, *_words(key[1])), number)
            rest = key[2]
        opened = next((q for q in ('"""', "'''") if rest.count(q) % 2), "")
        closing = opened
        bare = _TEXTS.sub("", rest.partition(opened)[0] if opened else rest).partition("#")[0]
        depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
    return found


def _words(dotted: str) -> Path:
    return tuple(word.strip("\"'") for word in re.findall(_WORD, dotted))


def from_environment(environ: Mapping[str, str], schema: Node) -> Iterator[Found]:
    """`AUDITOR_AWS__ROLE=…` is `role` in `[aws]`; what has no `__` is not a setting."""
    for name in sorted(environ):
        if name.startswith(PREFIX) and "__" in name:
            path = tuple(name.removeprefix(PREFIX).lower().split("__"))
            yield path, typed(environ[name], node_of(schema, path)), name


def from_flags(overrides: Iterable[str], schema: Node, problems: list[Problem]) -> Iterator[Found]:
    """`--set section.key=value`; a secret is refused, for other users of the machine see flags."""
    for text in overrides:
        dotted, equals, value = text.partition("=")
        path = tuple(dotted.strip().split("."))
        where = "--set"
        if not equals or len(path) < 2 or not all(path):
            problems.append(Problem(where, "", "expected section.key=value", _FORM))
        elif is_secret(node := node_of(schema, path)):
            problems.append(secret(where, path))
        else:
            yield path, typed(value, node), where


_FORM = "for example --set aws.role=health-residency-auditor"


def secret(where: str, path: Path) -> Problem:
    """A secret where it would be seen by others."""
    values = {
        "variable": PREFIX + "__".join(path).upper(),
        "file": f"{path[-1]}_file",
    }
    wrong = "a secret never stands in a file of settings or in a flag"
    return Problem(where, ".".join(path), wrong, "use {variable}, or name a file by {file}", values)


def typed(text: str, node: Node | None) -> Any:
    """A text as the kind of value that its key takes; the schema judges what does not fit."""
    kind = (node or {}).get("type")
    stripped = text.strip()
    if kind == "string" or node is None:
        return text
    if kind == "array" and not stripped.startswith("["):
        return [word.strip() for word in text.split(",") if word.strip()]
    if kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", stripped):
        return float(stripped)
    if "enum" in node and stripped not in ("true", "false"):
        return text
    try:
        return tomllib.loads(f"value = {stripped}")["value"]
    except tomllib.TOMLDecodeError:
        return text
