"""Values to JSON and back: one encoder and one decoder per class, made once.

`Unknown` is `{"unknown": reason, "detail": …}`. Strangers choose the keys of tags, so where a
mapping may stand in for an `Unknown`, a key `unknown` is written `~unknown`
(and that, `~~unknown`).
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from .model import Reason, Unknown

T = TypeVar("T")
_marked = re.compile("~*unknown").fullmatch


def to_json(value: Any) -> Any:
    """A value as JSON, as a reader of the line would get it."""
    return json.loads(encoded(value))


def dumps(value: Any) -> str:
    """One line of JSON, always the same for the same value; no lone surrogate leaves it."""
    return encoded(value).decode()


def encoded(value: Any) -> bytes:
    """The same line, as it is written."""
    return sound(_encode(value))


def sound(text: str) -> bytes:
    """A text in UTF-8; strangers' lone surrogates, which have no such form, become `?`."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def from_json(kind: type[T], value: Any) -> T:
    """The value that `to_json` made this JSON of.

    Raises `ValueError`, `KeyError`, `TypeError` or `AttributeError` when it made no such JSON.
    """
    any_kind: Any = kind
    decode = _decoder(any_kind)
    return value if decode is None else decode(value)  # type: ignore[no-any-return]


# ---------------------------------------------------------------------- to JSON


def _plain(value: Any) -> Any:
    """What the JSON encoder, which is in C, does not know: nouns, days and sets."""
    kind: Any = type(value)
    return _form(kind)(value)


@cache
def _form(kind: Any) -> Callable[[Any], Any]:
    if kind is Unknown:
        return lambda value: {"detail": value.detail, "unknown": value.reason}
    if is_dataclass(kind):
        return _fields_of(kind)
    if issubclass(kind, Mapping):
        return dict
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, Set):
        return sorted
    raise TypeError(f"{kind.__name__} has no form in JSON")


_encode = json.JSONEncoder(
    sort_keys=True,
    ensure_ascii=False,
    separators=(",", ":"),
    check_circular=False,
    allow_nan=False,
    default=_plain,
).encode


def _fields_of(kind: Any) -> Callable[[Any], dict[str, Any]]:
    names = sorted(f.name for f in fields(kind))
    hints = typing.get_type_hints(kind)
    doubtful = tuple(name for name in names if _either(hints[name]))
    get = attrgetter(*names, names[0])  # twice the first: of one name alone it gives no tuple

    def read(value: Any) -> dict[str, Any]:
        told = dict(zip(names, get(value), strict=False))
        for name in doubtful:
            if not isinstance(told[name], Unknown):
                told[name] = {_escaped(k): v for k, v in told[name].items()}
        return told

    return read


def _either(kind: Any) -> bool:
    """Whether a mapping or an `Unknown` may stand here."""
    members = typing.get_args(kind)
    return Unknown in members and any(_is_mapping(typing.get_origin(m)) for m in members)


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _escaped(key: str) -> str:
    return "~" + key if _marked(key) else key


# ---------------------------------------------------------------------- from JSON


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
    if _is_mapping(origin):
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
    mapping = any(_is_mapping(typing.get_origin(m)) for m in known)

    def read(value: Any) -> Any:
        if isinstance(value, dict):
            if "unknown" in value:
                return _unknown(value)
            if mapping:
                value = {k[1:] if k[:1] == "~" and _marked(k) else k: v for k, v in value.items()}
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
