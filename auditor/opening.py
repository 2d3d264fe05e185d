"""A store that is being read: its declaration, row and answers put together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from .declare import Copies, Epoch, Field, Grants, Metric, Policy, Size, StoreType, Text
from .model import Copy, DataStore, Reason, Share, Unknown
from .policy import grants_of, shares_of
from .reading import PENDING, Opening


def store_of(o: Opening, keep: Callable[[str, str], str], now: str) -> DataStore | None:
    """The store, or None while an answer is pending. `keep` masks the values of tags."""
    kind = o.kind
    if not o.whole():
        return None
    got = {name: _sound(name, _attribute(o, name)) for name in _ATTRIBUTES}
    facts = {name: o.read(value) for name, value in kind.facts.items()}
    identifier, also = o.read(kind.id), [o.read(v) for v in kind.also]
    label, parent = o.read(kind.label), o.read(kind.parent.id) if kind.parent else None
    everything = (*got.values(), *facts.values(), identifier, *also, label, parent)
    if any(v is PENDING for v in everything):
        return None
    region = got["region"] or o.scope.region or Unknown(Reason.UNTOLD, kind.name)
    identifier = str(identifier) if _told(identifier) else _fallback_id(o)
    tags = got["tags"]
    return DataStore(
        id=identifier,
        kind=kind.name,
        category=kind.category,
        partition=o.scope.partition,
        account=o.scope.account,
        account_name=o.scope.account_name,
        region=region,
        name=str(label) if _told(label) else "",
        also=tuple(sorted({str(v) for v in also if _told(v)} - {identifier})),
        copies=got["copies"],
        shares=got["shares"],
        encrypted=_or_why(kind, got, "encrypted"),
        key=got["key"] if isinstance(got["key"], Unknown) else str(got["key"] or ""),
        bytes=_or_why(kind, got, "bytes"),
        created=_or_why(kind, got, "created"),
        tags=_tags_or_why(kind, tags, keep),
        origin=got["origin"] if isinstance(got["origin"], Unknown) else str(got["origin"] or ""),
        parent=str(parent) if _told(parent) else "",
        facts={name: _fact(value, name) for name, value in sorted(facts.items())},
        calls=_calls(kind),
        collected=now,
    )


def _sound(name: str, value: Any) -> Any:
    """A value of the kind that it must be of; any other is not known."""
    kind = _KINDS.get(name)
    if kind is None or value is None or value is PENDING or isinstance(value, Unknown | kind):
        return value
    return Unknown(Reason.MALFORMED, name)


def _told(value: Any) -> bool:
    return value is not None and value != "" and not isinstance(value, Unknown)


def _fallback_id(o: Opening) -> str:
    """A store whose id was refused is still told: by its row, which is stable."""
    row = json.dumps(o.row, sort_keys=True, default=str)
    return f"{o.kind.name}:{o.scope}:{row[:200]}"


def _or_why(kind: StoreType, got: Mapping[str, Any], name: str) -> Any:
    """An attribute, or why it is not known: not asked for, or asked for and not told."""
    if not getattr(kind, name):
        return Unknown(Reason.NOT_ASKED, name)
    return Unknown(Reason.UNTOLD, name) if got[name] is None else got[name]


def _tags_or_why(kind: StoreType, tags: Any, keep: Callable[[str, str], str]) -> Any:
    if not kind.tags:
        return Unknown(Reason.NOT_ASKED, "tags")
    return tags if isinstance(tags, Unknown) else _tags(tags, keep)


def _fact(value: Any, name: str) -> Any:
    if value is None:
        return Unknown(Reason.UNTOLD, name)
    if isinstance(value, str | int | bool | Unknown):
        return value
    return json.dumps(value, sort_keys=True, default=str)


@cache
def _calls(kind: StoreType) -> Mapping[str, str]:
    """Which call gives each attribute: the first question in its declaration, else the listing."""
    listed = kind.listing.op if kind.listing else kind.row
    found = {}
    for name in ("region", "bytes", "created", "tags", "encrypted", "key", "copies", "shares"):
        value = getattr(kind, name)
        if value:
            asked = next(_asks(value), None)
            found[name] = asked or listed
    return found


def _asks(value: Any) -> Iterator[str]:
    match value:
        case Field():
            yield value.ask.op
        case Metric():
            yield "cloudwatch:GetMetricData"
        case tuple():
            for each in value:
                yield from _asks(each)
        case Copies() | Grants():
            yield from _asks(value.items)
        case Policy():
            yield from _asks(value.document)
        case str() | Text() | None:
            return
        case _:
            yield from _asks(getattr(value, "of", None) or getattr(value, "id", None))


def _tags(value: Any, keep: Callable[[str, str], str]) -> Mapping[str, str]:
    """Tags as a mapping, from any of the shapes that providers use."""
    if not value:
        return {}
    if isinstance(value, dict):
        pairs: list[tuple[Any, Any]] = list(value.items())
    else:
        pairs = [
            (
                t.get("Key", t.get("key", t.get("TagKey"))),
                t.get("Value", t.get("value", t.get("TagValue"))),
            )
            for t in value
            if isinstance(t, dict)
        ]
    return {str(k): keep(str(k), str(v or "")) for k, v in sorted(pairs, key=str) if k is not None}


def _attribute(o: Opening, name: str) -> Any:
    value = getattr(o.kind, name)
    match name, value:
        case "copies", _:
            return _all(_copies(o, c) for c in value)
        case "shares", _:
            return _all(_shares(o, s) for s in value)
        case (("key" | "origin"), None):
            return None
        case (("key" | "origin"), _):
            return o.read(value.id)
        case "bytes", Metric():
            return o.measure(value)
        case "bytes", Size():
            number = _number(o.read(value.of))
            return int(number) * value.unit if isinstance(number, int | float) else number
        case "bytes", _:
            return _number(o.read(value))
        case "created", Epoch():
            return _moment(o.read(value.of), value.unit)
    return o.read(value)


def _number(value: Any) -> Any:
    """A number of 64 bits is text in the JSON of many APIs."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _moment(value: Any, unit: int) -> Any:
    if not isinstance(value, int | float | str):
        return value
    try:
        return datetime.fromtimestamp(float(value) / unit, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return Unknown(Reason.MALFORMED, "created")


def _all(groups: Iterator[Any]) -> Any:
    """Several groups as one tuple, all of them asked before any is waited for."""
    listed = list(groups)
    return PENDING if any(g is PENDING for g in listed) else tuple(x for g in listed for x in g)


def _items(o: Opening, value: Any) -> Any:
    """The items of a group: a list, PENDING, or a tuple with the one Unknown."""
    items = o.read(value)
    if items is PENDING:
        return PENDING
    if isinstance(items, Unknown):
        return (items,)
    return items if isinstance(items, list) else [] if items is None else [items]


def _copies(o: Opening, declared: Copies) -> Any:
    items = _items(o, declared.items)
    if items is PENDING or isinstance(items, tuple):
        return items
    return tuple(_copy(o, declared, item) for item in items if item is not None)


def _copy(o: Opening, declared: Copies, item: Any) -> Copy:
    identifier = o.read(declared.id, item) if declared.id else None
    region = _sound("region", o.read(declared.region, item)) if declared.region else None
    account = _sound("account", o.read(declared.account, item)) if declared.account else None
    unlinked = Unknown(Reason.OUT_OF_SCOPE, str(identifier or declared.role))
    return Copy(
        role=declared.role,
        id=str(identifier) if _told(identifier) else "",
        region=region or unlinked,
        account=account or (o.scope.account if declared.region else unlinked),
    )


def _shares(o: Opening, declared: Policy | Grants) -> Any:
    if isinstance(declared, Policy):
        document = o.read(declared.document)
        if document is PENDING:
            return PENDING
        if isinstance(document, Unknown):
            return (document,)
        return shares_of(document, o.scope.account, declared.via)
    items, us = _items(o, declared.items), o.read(declared.us)
    if items is PENDING or us is PENDING:
        return PENDING
    if isinstance(items, tuple):
        return items
    return _grants(o, declared, items, us)


def _grants(o: Opening, declared: Grants, items: list[Any], us: Any) -> tuple[Share, ...]:
    grants = [
        (
            str(o.read(declared.account, item) or ""),
            o.read(declared.public, item) is True if declared.public else False,
            o.read(declared.service, item) is True if declared.service else False,
        )
        for item in items
    ]
    return grants_of(grants, o.scope.account, str(us or ""), declared.via)


_KINDS = {
    "region": str, "account": str, "created": str, "encrypted": bool, "bytes": int,
    "tags": list | dict,
}  # fmt: skip
_ATTRIBUTES = (
    "region", "tags", "key", "encrypted", "bytes", "created", "origin", "copies", "shares",
)  # fmt: skip
