"""Plugins: found by entry point, loaded only when they are ours or the settings allow them.

Groups: `auditor.checks` (providers, store types, rules), `auditor.reports` (formats),
`auditor.facts` (packages that hold TOML). A plugin that cannot load stops the run: a check nobody
ran must not look like a pass.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from .declare import Generator, StoreType
from .errors import PluginError
from .plugin import Provider, Renderer, Rule

OURS = "health-residency-auditor"
_GROUPS = ("auditor.checks", "auditor.reports", "auditor.facts")


@dataclass(frozen=True, slots=True)
class PluginSeen:
    """A distribution that took part: name, version, digest of its list of files."""

    name: str
    version: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All that plugins brought, by name."""

    store_types: Mapping[str, StoreType | Generator]
    rules: Mapping[str, Rule]
    renderers: Mapping[str, Renderer]
    providers: Mapping[str, Provider]
    plugins: tuple[PluginSeen, ...]
    facts_dirs: tuple[Path, ...] = ()
    ignored: tuple[str, ...] = ()  # installed, and not allowed by the settings


def load(allow: Iterable[str] = ()) -> Registry:
    """Load our own plugins and those of the distributions named in `allow`."""
    allowed = {_same(OURS), *map(_same, allow)}
    found: dict[type, dict[str, Any]] = {t: {} for t in (StoreType, Rule, Renderer, Provider)}
    seen: dict[str, PluginSeen] = {}
    ignored, dirs = set(), []
    for group in _GROUPS:
        for point in sorted(entry_points(group=group), key=lambda p: (p.name, p.value)):
            owner = _owner(point)
            if _same(owner) not in allowed:
                ignored.add(owner)
                continue
            seen.setdefault(owner, _seen(point.dist, owner))
            for module in _modules(point, owner):
                _collect(module, owner, found)
                if group == "auditor.facts" and _same(owner) != _same(OURS):
                    dirs.append(Path(str(module.__file__)).parent)
    _all_there(allowed, seen)
    return Registry(
        store_types=dict(sorted(found[StoreType].items())),
        rules=dict(sorted(found[Rule].items())),
        renderers=dict(sorted(found[Renderer].items())),
        providers=dict(sorted(found[Provider].items())),
        plugins=tuple(seen[name] for name in sorted(seen)),
        facts_dirs=tuple(dict.fromkeys(dirs)),
        ignored=tuple(sorted(ignored)),
    )


def resolve(reference: str) -> Any:
    """What `module:name` points to; imported now, and not before."""
    module, _, name = reference.partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise PluginError(
            "{reference} cannot be loaded: {kind}",
            hint="install the provider's extra, or mend the plugin that names it",
            reference=reference,
            kind=type(error).__name__,
        ) from error


def _same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "unknown"


def _seen(dist: Distribution | None, owner: str) -> PluginSeen:
    record = (dist.read_text("RECORD") or "") if dist else ""
    version = dist.version if dist else ""
    return PluginSeen(owner, version, sha256(record.encode()).hexdigest() if record else "")


def _modules(point: EntryPoint, owner: str) -> Iterator[ModuleType]:
    """The module an entry point names and, of a package, all public modules below it."""
    name = point.value
    try:
        module = importlib.import_module(point.module)
        yield module
        if point.group == "auditor.facts":
            return
        for found in pkgutil.iter_modules(getattr(module, "__path__", ()), point.module + "."):
            name = found.name
            if not name.rpartition(".")[2].startswith("_"):
                yield importlib.import_module(name)
    except Exception as error:  # whatever a stranger's import raises
        raise PluginError(
            "plugin {owner}: {name} cannot be loaded ({kind})",
            hint="mend or uninstall {owner}, or take it out of [plugins] allow",
            owner=owner,
            name=name,
            kind=type(error).__name__,
        ) from error


def _collect(module: ModuleType, owner: str, found: dict[type, dict[str, Any]]) -> None:
    for value in vars(module).values():
        kind = StoreType if isinstance(value, Generator) else type(value)
        if kind not in found:
            continue
        name = value.id if isinstance(value, Rule) else value.name
        if found[kind].setdefault(name, value) is not value:
            raise PluginError(
                "plugin {owner}: {name} exists already",
                hint="names are for ever: choose another one",
                owner=owner,
                name=name,
            )


def _all_there(allowed: set[str], seen: Mapping[str, PluginSeen]) -> None:
    missing = sorted(allowed - set(map(_same, seen)))
    if missing:
        raise PluginError(
            "not installed, or without entry points: {names}",
            hint="install it in the same environment, or take it out of [plugins] allow",
            names=", ".join(missing),
        )
