"""Worked examples of store types: a row as the provider documents it, and the store it must give.

Each `examples/*.json` beside the tests of a provider is a list of examples: the `row` of the
inventory, the `answers` to what is asked of it besides, and what is expected of the `store`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from auditor.declare import StoreType
from auditor.errors import ApiError
from auditor.model import DataStore, Reason, Scope, Share, Unknown
from auditor.opening import store_of
from auditor.reading import Opening
from auditor.registry import Registry, load
from auditor.units import answer_of

HERE = Path(__file__).parent
NOW = "2026-11-25T12:00:00+00:00"


@cache
def registry() -> Registry:
    """Our own plugins."""
    return load()


def examples(provider: str) -> Iterator[Any]:
    """Every example of a provider's types, with the file that it stands in."""
    for file in sorted((HERE / provider / "examples").glob("*.json")):
        for number, one in enumerate(json.loads(file.read_text(encoding="utf-8"))):
            yield {**one, "file": f"{file.stem}[{number}] {one['type']}"}


def opened(example: Mapping[str, Any], kind: StoreType, scope: Scope) -> DataStore:
    """The store that a row and its answers give, by the engine's own reading."""
    row = example["row"]
    o = Opening(kind, scope, row)
    for _ in range(9):
        store = store_of(o, lambda key, value: value, NOW)
        if store is not None:
            return store
        wanted, o.wanted = o.wanted, []
        for ask, _region, params in wanted:
            told = params["path"] if set(params) == {"path"} else json.dumps(params, sort_keys=True)
            o.answers[ask] = answer_of(ask, _answer(example, f"{ask.op} {told}"))
    raise AssertionError("asks for ever")


def _answer(example: Mapping[str, Any], question: str) -> Any:
    answer = example.get("answers", {}).get(question)
    if answer is None:
        return ApiError(Reason.NOT_ASKED, question)
    if "error" in answer:
        return ApiError(Reason.DENIED, question, code=answer["error"])
    return answer


def seen(store: DataStore, expected: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be compared of a store, in the words of the example."""
    told: dict[str, Any] = {}
    for name in expected:
        if name == "copies":
            told[name] = sorted(map(_copy, store.copies))
        elif name == "shares":
            told[name] = sorted(map(_share, store.shares))
        elif name == "label":
            told[name] = store.name
        elif name == "facts":
            told[name] = {key: _plain(store.facts.get(key)) for key in expected[name]}
        elif name == "tags":
            told[name] = _plain(store.tags) if isinstance(store.tags, Unknown) else {**store.tags}
        elif name == "unknown":
            told[name] = sorted(one for one in expected[name] if _unknown(store, one))
        else:
            told[name] = _plain(getattr(store, name))
    return told


def wanted(expected: Mapping[str, Any]) -> dict[str, Any]:
    """The same of the example: lists in order, an empty reference as the store says it."""
    listed = ("copies", "shares", "unknown")
    told = {n: sorted(v) if n in listed else v for n, v in expected.items()}
    return {n: "" if v is None and n in ("key", "origin", "parent") else v for n, v in told.items()}


def _copy(copy: Any) -> str:
    if isinstance(copy, Unknown):
        return "unknown"
    unlinked = f"@{copy.id}" if copy.id else "?"
    return f"{copy.role} {unlinked if isinstance(copy.region, Unknown) else copy.region}"


def _share(share: Share | Unknown) -> str:
    if isinstance(share, Unknown):
        return "unknown"
    return f"{share.party} {share.account}".strip()


def _unknown(store: DataStore, name: str) -> bool:
    value = store.facts.get(name.removeprefix("facts.")) if "." in name else getattr(store, name)
    if isinstance(value, tuple):
        return any(isinstance(one, Unknown) for one in value)
    return isinstance(value, Unknown)


def _plain(value: Any) -> Any:
    return f"unknown {value.reason}" if isinstance(value, Unknown) else value
