"""Settings: `auditor.toml`, then `AUDITOR_SECTION__KEY`, then flags; held to their JSON Schema.

All that is wrong is told at once, with its line, variable or flag. Secrets come by environment
variable or from a file that the settings name, and are never shown or kept.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ._settings_problems import Problem, SettingsProblems, check
from ._settings_schema import is_secret, keys, node_of
from ._settings_sources import from_environment, from_file, from_flags, secret
from .schema import schema as published

FILE = "auditor.toml"

_Places = dict[tuple[str, ...], str]


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """What a person asked for, whole: every key has its value or its default."""

    _sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    file: Path | None = None

    def section(self, name: str) -> Mapping[str, Any]:
        """The settings of one section, secrets included; empty for a section nobody knows."""
        return self._sections.get(name, {})

    def public(self) -> dict[str, dict[str, Any]]:
        """All settings but the secrets: what a run may keep."""
        return {
            name: {
                key: copy.deepcopy(value)
                for key, value in sorted(section.items())
                if not is_secret(node_of(schema(), (name, key)))
            }
            for name, section in sorted(self._sections.items())
        }

    def replacing(self, section: str, **values: Any) -> Settings:
        """The same with other values in one section: what a verb's own flags ask for."""
        changed = {**self.section(section), **values}
        return Settings({**self._sections, section: changed}, self.file)

    def __repr__(self) -> str:
        return f"Settings({self.public()!r})"

    @property
    def runs(self) -> Path:
        """The folder of the runs."""
        return Path(self.section("runs")["dir"])

    @property
    def lang(self) -> str:
        """The language of the documents; empty: that of the locale."""
        return str(self.section("report")["lang"])


@cache
def schema() -> Mapping[str, Any]:
    """The settings' schema."""
    return published("settings")


def load(file: Path | None, environ: Mapping[str, str], overrides: Sequence[str] = ()) -> Settings:
    """Settings from a file (None: no file), an environment and `--set` flags.

    Raises `SettingsError` with all that is wrong.
    """
    problems: list[Problem] = []
    data, places = from_file(file, problems) if file else ({}, {})
    problems += _secrets_in(data, places)
    _lay(from_environment(environ, schema()), data, places)
    _lay(from_flags(overrides, schema(), problems), data, places)
    if data:
        problems += check(data, schema(), _where(places, file))
    if problems:
        raise SettingsProblems(_in_order(problems))
    whole = _with_defaults(data)
    return Settings(_with_secrets(whole, _where(places, file)), file)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once: those of the file by line, then the others."""

    def place(problem: Problem) -> tuple[bool, int, str, str]:
        line = problem.where.rpartition(":")[2]
        in_file = line.isdigit()
        return not in_file, int(line) if in_file else 0, problem.where, problem.key

    return sorted({p.told(): p for p in problems}.values(), key=place)


def _lay(found: Iterable[Any], data: dict[str, Any], places: _Places) -> None:
    """Lay single values over what is there, with where each was written."""
    for path, value, where in found:
        table = data
        for name in path[:-1]:
            below = table.setdefault(name, {})
            table = below if isinstance(below, dict) else {}  # its own mistake is told elsewhere
        table[path[-1]] = value
        places[path] = where
        for inner in [p for p in places if p[: len(path)] == path and p != path]:
            del places[inner]


def _where(places: _Places, file: Path | None) -> Callable[[Sequence[Any]], str]:
    """Where a key was written: its own place, or that of the nearest table around it."""

    def where(path: Sequence[Any]) -> str:
        names = tuple(str(p) for p in path if isinstance(p, str))
        for end in range(len(names), 0, -1):
            if names[:end] in places:
                return places[names[:end]]
        return str(file or "")

    return where


def _secrets_in(data: Mapping[str, Any], places: _Places) -> list[Problem]:
    """Secrets in the settings file, which others may read: taken out, and told."""
    found = []
    for section, content in data.items():
        for key in list(content) if isinstance(content, dict) else []:
            if is_secret(node_of(schema(), (section, key))):
                del content[key]
                found.append(secret(places.get((section, key), section), (section, key)))
    return found


def _with_defaults(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    whole: dict[str, dict[str, Any]] = copy.deepcopy(dict(data))
    for path, node in keys(schema()):
        table: dict[str, Any] = whole
        for name in path[:-1]:
            table = table.setdefault(name, {})
        if "default" in node:
            table.setdefault(path[-1], copy.deepcopy(node["default"]))
    return whole


def _with_secrets(
    whole: dict[str, dict[str, Any]], where: Callable[[Sequence[Any]], str]
) -> dict[str, dict[str, Any]]:
    """Secrets that the settings name a file for, unless the environment gave them."""
    for section, content in whole.items():
        for key in [k for k in content if k.endswith("_file") and content[k]]:
            name = key.removesuffix("_file")
            if is_secret(node_of(schema(), (section, name))) and name not in content:
                content[name] = _read(content[key], where((section, key)), f"{section}.{key}")
    return whole


def _read(file: str, where: str, key: str) -> str:
    try:
        found = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = {"why": getattr(error, "strerror", None) or type(error).__name__}
        problem = Problem(where, key, "its file cannot be read ({why})", "", why)
        raise SettingsProblems([problem]) from error
    if not found:
        raise SettingsProblems([Problem(where, key, "its file is empty")])
    return found
