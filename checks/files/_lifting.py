"""What is lifted out of an export: the paths that store types declare, and nothing beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any

import jmespath

from auditor.sdk import Copies, Field, Grants, Part, Row, Size, StoreType, Text

_HOLE = re.compile(r"\{([^{}]+)\}")
_OF_THE_SCOPE = ("account", "region", "partition")


@dataclass(slots=True)
class Keep:
    """What to keep of a value: all of it, or some members; lists are kept item by item.

    `coded`: a text here is JSON itself. `flat`: the members are written `tags.Name`, `rule.0.days`.
    """

    whole: bool = False
    below: dict[str, Keep] = field(default_factory=dict)
    coded: bool = False
    flat: bool = False

    def child(self, name: str) -> Keep | None:
        """What to keep of a member; None: nothing."""
        if self.whole:
            return self
        return self._flat(name) if self.flat else self.below.get(name)

    def at(self, *names: str) -> Keep:
        """The member below, made when it is not there."""
        node = self
        for name in names:
            node = node.below.setdefault(name, Keep())
        return node

    def add(self, other: Keep) -> Keep:
        """Keep as well what another keeps."""
        self.whole = self.whole or other.whole
        self.coded = self.coded or other.coded
        for name, node in other.below.items():
            self.at(name).add(node)
        return self

    def _flat(self, name: str) -> Keep | None:
        node = self
        for part in name.split("."):
            if node.whole:
                break
            if part.isdigit() or part in "#%":
                continue
            if part not in node.below:
                return None
            node = node.below[part]
        return node if node.whole else None


def kept(value: Any, keep: Keep) -> Any:
    """A value that is there already, without what is not kept."""
    if keep.whole:
        return value
    if isinstance(value, list):
        return [kept(one, keep) for one in value]
    if isinstance(value, dict):
        below = {name: keep.child(name) for name in value}
        return {name: kept(value[name], node) for name, node in below.items() if node}
    return None


def declared(of: StoreType | Row) -> Keep:
    """All that a declaration reads in its row."""
    keep = Keep()
    said = of.values.values() if isinstance(of, Row) else _values(of)
    for value in said:
        _read(value, [keep])
    return keep


def sizes(of: Row) -> frozenset[str]:
    """The paths of sizes: old states write numbers as text."""
    found = (v.of for v in of.values.values() if isinstance(v, Size))
    return frozenset(path for path in found if isinstance(path, str))


def _values(kind: StoreType) -> Iterator[Any]:
    left_out = ("name", "source", "row", "listing", "rows", "category", "holds_health")
    for one in fields(kind):
        if one.name not in left_out:
            yield getattr(kind, one.name)


def _read(value: Any, bases: list[Keep]) -> None:
    match value:
        case "" | None | bool() | int():
            return
        case str():
            _whole(_visit(_parsed(value), bases))
        case Text():
            names = [n for n in _HOLE.findall(value.form) if n not in _OF_THE_SCOPE]
            _all(names, bases)
        case Field():
            _read(value.ask, bases)
        case Copies():
            _items(value.items, (value.id, value.region, value.account), bases)
        case Grants():
            _items(value.items, (value.account, value.public, value.service), bases)
            _read(value.us, bases)
        case tuple() | list():
            _all(value, bases)
        case dict():
            _all(value.values(), bases)
        case Part():
            _read(value.of, bases)
        case _:
            _read_parts(value, bases)


def _read_parts(value: Any, bases: list[Keep]) -> None:
    """A question, a reference, a size: the values among its parts."""
    words = ("op", "to", "via", "absent", "once", "name", "namespace", "unit", "path", "each")
    if is_dataclass(value):
        _all((getattr(value, f.name) for f in fields(value) if f.name not in words), bases)


def _all(values: Iterable[Any], bases: list[Keep]) -> None:
    for one in values:
        _read(one, bases)


def _items(items: Any, inside: tuple[Any, ...], bases: list[Keep]) -> None:
    for one in items if isinstance(items, tuple) else (items,):
        if isinstance(one, str) and one:
            found = _visit(_parsed(one), bases)
            _all(inside, found)
            if not any(inside):
                _whole(found)
        else:
            _read(one, bases)


@cache
def _parsed(expression: str) -> Mapping[str, Any]:
    return jmespath.compile(expression).parsed


def _whole(nodes: Iterable[Keep]) -> None:
    for node in nodes:
        node.whole = True


def _is_there(node: Keep, bases: list[Keep]) -> bool:
    """Whether it is an object that something is read of anyway: it holds when it is there."""
    return bool(node.below) and any(node is base for base in bases)


_ONE_AFTER_THE_OTHER = ("subexpression", "index_expression", "pipe", "projection")


def _visit(tree: Mapping[str, Any], bases: list[Keep]) -> list[Keep]:
    """Where a path leads from these places; what it looks at on its way is kept."""
    kind, children = tree["type"], tree.get("children", [])
    if kind == "field":
        return [base.at(tree["value"]) if not base.whole else base for base in bases]
    if kind in ("current", "identity", "index", "slice"):
        return bases
    if kind == "literal":
        return []
    if kind in _ONE_AFTER_THE_OTHER:
        for child in children:
            bases = _visit(child, bases)
        return bases
    if kind == "filter_projection":
        left, right, condition = children
        bases = _visit(left, bases)
        _whole(_visit(condition, bases))
        return _visit(right, bases)
    if kind == "flatten":
        return _visit(children[0], bases)
    if kind == "value_projection":  # every member, whatever it is called
        _whole(_visit(children[0], bases))
        return []
    each = [_visit(child, bases) for child in children]
    found = [node for nodes in each for node in nodes]
    if kind == "and_expression":
        _whole(node for node in each[0] if not _is_there(node, bases))
        return each[1]
    if kind in ("or_expression", "multi_select_list", "key_val_pair"):
        return found
    _whole(found)
    return []
