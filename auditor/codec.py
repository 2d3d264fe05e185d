"""Values to JSON and back: one decoder per class, made once."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from .model import Reason, Unknown

T = TypeVar("T")
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: Any) -> Any:
    """A value as JSON: `Unknown` is `{"unknown": reason, "detail": …}`."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Unknown):
        return {"unknown": str(value.reason), "detail": value.detail}
    if is_dataclass(value):
        return {name: to_json(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(k): to_json(v) for k, v in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return [to_json(v) for v in value]


def dumps(value: Any) -> str:
    """One line of JSON, always the same for the same value; no lone surrogate leaves it."""
    line = _encode(to_json(value))
    try:
        line.encode()
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace").decode()
    return line


def from_json(kind: type[T], value: Any) -> T:
    """The value that `to_json` made this JSON of. Raises `ValueError`, `KeyError`, `TypeError`."""
    decode = _decoder(typing.cast(Any, kind))
    return value if decode is None else decode(value)  # type: ignore[no-any-return]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def _unknown(value: Mapping[str, Any]) -> Unknown:
    return Unknown(Reason(value["unknown"]), value["detail"])


@cache
def _decoder(kind: Any) -> Callable[[Any], Any] | None:
    """How to read one type; None when its JSON is the value itself."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _of_union(inner)
    if origin in (tuple, frozenset):
        return _of_many(origin, inner[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _of_mapping(inner[1])
    if kind is Unknown:
        return _unknown
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {str(member): member for member in kind}.__getitem__
    if kind is date:
        return date.fromisoformat
    return _of_class(kind) if is_dataclass(kind) else None


def _of_union(members: tuple[Any, ...]) -> Callable[[Any], Any]:
    known = [m for m in members if m not in (Unknown, type(None))]
    decode = _decoder(known[0]) if len(known) == 1 else None

    def read(value: Any) -> Any:
        if isinstance(value, dict) and "unknown" in value:
            return _unknown(value)
        return value if decode is None or value is None else decode(value)

    return read


def _of_many(made: Callable[[Any], Any], kind: Any) -> Callable[[Any], Any]:
    decode = _decoder(kind)
    return made if decode is None else lambda value: made(map(decode, value)) if value else made()  # type: ignore[call-arg]


def _of_mapping(kind: Any) -> Callable[[Any], Any] | None:
    decode = _decoder(kind)
    return None if decode is None else lambda value: {k: decode(v) for k, v in value.items()}


def _of_class(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    decoders = [(f.name, _decoder(hints[f.name])) for f in fields(kind)]
    plain = tuple(name for name, decode in decoders if decode is None)
    others = tuple((name, decode) for name, decode in decoders if decode is not None)

    def read(value: Mapping[str, Any]) -> Any:
        told = {name: value[name] for name in plain}
        for name, decode in others:
            told[name] = decode(value[name])
        return kind(**told)

    return read
