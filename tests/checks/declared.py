"""The store types that a provider declares, and the same with one word of ours misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from auditor.declare import Ref, StoreType, Text


def declared(provider: str) -> Iterator[StoreType]:
    """Every store type in the public modules of a provider."""
    package = import_module(f"auditor.checks.{provider}")
    for module in iter_modules(package.__path__, package.__name__ + "."):
        if not module.name.rpartition(".")[2].startswith("_"):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, StoreType):
                    yield value


# what is neither a quoted text, nor a literal, nor a function, nor a key that we choose
_WORD = re.compile(r"'[^']*'|`[^`]*`|\b([A-Za-z_]\w*)\b(?!\s*[(:])")
_OF_SCOPE = ("account", "region", "partition")


def misspelt(path: str) -> Iterator[str]:
    for found in _WORD.finditer(path):
        if found[1]:
            yield path[: found.start(1)] + found[1] + "x" + path[found.end(1) :]


def misspelt_text(form: str) -> Iterator[str]:
    for hole in re.finditer(r"\{([^{}]+)\}", form):
        if hole[1] not in _OF_SCOPE:
            for wrong in misspelt(hole[1]):
                yield form[: hole.start(1)] + wrong + form[hole.end(1) :]


def mistaken(value: Any, role: str = "") -> Iterator[Any]:
    """The value again and again, each time with one word misspelt."""
    match value:
        case Text():
            yield from map(Text, misspelt_text(value.form))
        case str() if role in ("absent", "op", "name"):
            yield value + "x"
        case str():
            yield from misspelt(value)
        case tuple():
            for number, one in enumerate(value):
                for wrong in mistaken(one, role):
                    yield (*value[:number], wrong, *value[number + 1 :])
        case Mapping():
            for key, one in value.items():
                yield from ({**value, key: wrong} for wrong in mistaken(one))
        case _ if is_dataclass(value):
            yield from _mistaken_parts(value)


_LEFT = {"role", "via", "scope", "once", "unit", "separator", "index", "namespace", "each_value"}


def _mistaken_parts(value: Any) -> Iterator[Any]:
    metric = type(value).__name__ == "Metric"  # names of metrics are in no model
    for one in fields(value):
        if one.name in _LEFT or (metric and one.name in ("name", "each")):
            continue
        if isinstance(value, Ref) and one.name == "to":
            continue
        for wrong in mistaken(getattr(value, one.name), one.name):
            yield replace(value, **{one.name: wrong})


_TOLD_APART = ("name", "category", "source", "holds_health")


def variants(store_type: StoreType) -> Iterator[tuple[str, StoreType]]:
    for one in fields(store_type):
        if one.name not in _TOLD_APART:
            for wrong in mistaken(getattr(store_type, one.name)):
                yield one.name, replace(store_type, **{one.name: wrong})
