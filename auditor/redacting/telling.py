"""Nouns told again, each text as its profile says: from values to values of the same shape."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from auditor.model import (
    Alignment,
    Because,
    Changes,
    Counted,
    DataStore,
    Group,
    Health,
    KeyCustody,
    Place,
    Plan,
    Scope,
    Share,
    Unknown,
)

from .fields import How, Table
from .names import Names

T = TypeVar("T")
_OFTEN = (Health, KeyCustody, Place, Scope, Share, Unknown)  # the same for many stores
_MOST = 20_000  # of them kept
_COUNTRY = re.compile(r"[A-Z?]{0,3}")
_HOLES = {  # what fills the sentences of a reason, where it is a text
    "region": How.KEEP, "offer": How.KEEP, "via": How.KEEP, "entry": How.KEEP, "what": How.KEEP,
    "activities": How.KEEP, "stores": How.KEEP, "findings": How.KEEP, "rule": How.KEEP,
    "account": How.NAME, "detail": How.DETAIL,
}  # fmt: skip
_OF_FACTS = ("entity", "law", "law_ended")  # reasons that name a company or a law


class Teller:
    """Tells nouns as one profile says."""

    def __init__(self, names: Names, table: Table, facts: Any) -> None:
        self._names, self._table = names, table
        self._because = facts.table("words")["because"]
        self._mark = cache(_marks(facts))
        self._said: dict[How, Callable[[str], str]] = {
            How.KEEP: str,
            How.HIDE: lambda text: text if text in ("", "?") else names.hidden,
            How.BLANK: lambda _: "",
            How.NAME: names.said,
            How.DETAIL: names.detail,
            How.TEXT: names.text,
            How.SAID: lambda text: names.ours(text),
            How.SUBJECT: names.subject,
            How.PART: lambda text: text.partition(":")[0],
            How.TREATMENT: lambda text: names.said(f"treatment:{text}") if text else "",
            How.STEP: lambda text: names.said(f"step:{text}") if text else "",
            How.ENTRY: lambda text: names.said(f"entry:{text}") if text else "",
        }
        self._forms: dict[type, tuple[tuple[str, How], ...]] = {}
        self._kept: dict[Any, Any] = {}

    def __call__(self, value: T) -> T:
        """A noun, told."""
        told: Any = self._told(value, How.HIDE)
        return told  # type: ignore[no-any-return]

    def _told(self, value: Any, how: How) -> Any:
        kind = type(value)
        if kind is str:
            return self._said[how](value)
        if kind is tuple:
            return self._several(value, how) if value else value
        if kind is Because:
            key = (value.code, value.facts, *value.values.items())
            return self._once(key, self._reason, value)
        if kind in _OFTEN:
            return self._once(value, self._noun, value)
        if isinstance(value, Mapping):
            return self._by_name(value, how)
        return self._noun(value) if is_dataclass(value) else value

    def _once(self, key: Any, tell: Callable[[Any], Any], value: Any) -> Any:
        """What many stores share is told once."""
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[key] = tell(value)
        return found

    def _several(self, values: tuple[Any, ...], how: How) -> tuple[Any, ...]:
        return () if how is How.EMPTY else tuple(self._told(one, how) for one in values)

    def _by_name(self, values: Mapping[str, Any], how: How) -> Mapping[str, Any]:
        if how is How.EMPTY:
            return {}
        if how is How.TAGS:
            marks = (self._mark(k, v) for k, v in values.items())
            return dict(filter(None, marks))
        entries = how in (How.TREATMENT, How.STEP, How.ENTRY)
        return {
            self._said[how](key) if entries else key: self._told(value, how)
            for key, value in values.items()
        }

    def _noun(self, value: Any) -> Any:
        kind = type(value)
        form = self._forms.get(kind) or self._form(kind)
        changed = {}
        for name, how in form:
            was = getattr(value, name)
            now = self._one(value, was, how)
            if now is not was:
                changed[name] = now
        return replace(value, **changed) if changed else value

    def _one(self, noun: Any, value: Any, how: How) -> Any:
        if how is How.KEY and isinstance(noun, DataStore) and isinstance(value, str):
            return self._names.key(noun.account, value)
        return self._told(value, How.HIDE if how is How.KEY else how)

    def _form(self, kind: type) -> tuple[tuple[str, How], ...]:
        """The fields of a noun that are not always told as they are."""
        known, hints = self._table.get(kind, {}), typing.get_type_hints(kind)
        hows = ((f.name, known.get(f.name, How.HIDE)) for f in fields(kind))
        form = tuple((name, how) for name, how in hows if not _stays(hints[name], how))
        self._forms[kind] = form
        return form

    def _reason(self, reason: Because) -> Because:
        """A reason, what fills its sentence told by what it is."""
        holes = self._because.get(reason.code, {}).get("holes", {})
        values = {
            name: self._filled(reason.code, name, holes.get(name, "text"), value)
            for name, value in reason.values.items()
        }
        return replace(reason, values=values)

    def _filled(self, code: str, name: str, kind: str, value: str) -> str:
        if kind == "country":
            return value if _COUNTRY.fullmatch(value) else ""
        if kind != "text" or (name == "name" and code in _OF_FACTS):
            return value
        return self._said[_HOLES.get(name, How.NAME)](value)


def _stays(hint: Any, how: How) -> bool:
    """Whether whatever a field can hold is told as it is."""
    inner = [one for one in typing.get_args(hint) if one is not Ellipsis]
    if inner:
        return how is not How.EMPTY and all(_stays(one, how) for one in inner)
    if hint is str:
        return how is How.KEEP
    return isinstance(hint, type) and issubclass(hint, (int, float, date, Enum, type(None)))


def _marks(facts: Any) -> Callable[[str, str], tuple[str, str] | None]:
    """What a tag says of the class of data: the words that a signal of the facts knows, no more."""
    try:
        signals = facts.table("signals").values()
    except KeyError:
        signals = ()
    known = [
        (re.compile(s["key"]), re.compile(s["value"]))
        for s in signals
        if s.get("family") == "tag" and "value" in s
    ]

    def mark(key: str, value: str) -> tuple[str, str] | None:
        for of, says in known:
            if of.match(key) and (found := says.search(value)):
                return re.split(r"[:/]", key)[-1], found[0].strip(" -_./:")
        return None

    return mark


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What a judgement concludes of no single store, told; groups of a plan have other names."""

    _judgement: Any
    _tell: Teller
    _names: Names

    def changes(self) -> Changes | None:
        """What the day changes: offers, regions, laws, rules; it names nobody."""
        found: Changes | None = self._judgement.changes()
        return found

    def alignment(self) -> Alignment | None:
        """The alignment table."""
        return self._tell(self._judgement.alignment())  # type: ignore[no-any-return]

    def plan(self) -> Plan | None:
        """The plan."""
        plan: Plan | None = self._judgement.plan()
        if plan is None:
            return None
        groups = tuple(self._group(at, g) for at, g in enumerate(plan.groups, 1))
        return replace(self._tell(plan), groups=groups)

    def _group(self, at: int, group: Group) -> Group:
        name = self._names.group(at)
        return replace(self._tell(group), id=name, name=name)

    def history(self) -> tuple[tuple[date, Counted], ...]:
        """What was counted before."""
        found: tuple[tuple[date, Counted], ...] = self._judgement.history()
        return found
