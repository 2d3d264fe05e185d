"""What a JMESPath would find in an answer of a given shape, without an answer.

A path that names no member finds nothing, for ever and in silence; here it is a problem, told with
the member that is missing. What a shape does not say (free JSON) is `any` and is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import jmespath
from jmespath.exceptions import JMESPathError


class Shape(Protocol):
    """The shape of a value: its kind and, by kind, its members, its item or its choices."""

    @property
    def kind(self) -> str:
        """structure, list, map, string, number, boolean, timestamp or any."""

    @property
    def members(self) -> Mapping[str, Shape]:
        """The members of a structure."""

    @property
    def item(self) -> Shape:
        """What a list or a map holds."""

    @property
    def choices(self) -> Sequence[str]:
        """The values that a string, or the keys of a map, may take, when they are listed."""


@dataclass(frozen=True, slots=True)
class Made:
    """A shape that is made here: a row, a literal, a selection."""

    kind: str
    members: Mapping[str, Any] = field(default_factory=dict)
    inner: Any = None
    choices: Sequence[str] = ()

    @property
    def item(self) -> Any:
        """What a list or a map holds."""
        return self.inner or ANY


ANY = Made("any")
STRING = Made("string")
NUMBER = Made("number")
BOOLEAN = Made("boolean")
_TESTS = ("ends_with", "starts_with", "contains")  # they raise when what they test is null
_GIVES = {"length": NUMBER, "join": STRING, **dict.fromkeys(_TESTS, BOOLEAN)}
_SAME = ("not_null", "sort", "reverse", "max", "min")  # the shape of what they are given
_NEVER_NULL = ("literal", "or_expression", "multi_select_list", "filter_projection")


def shape_at(path: str, shape: Any, problems: list[str]) -> Any:
    """The shape that a path finds in a shape; what is wrong is added to the problems."""
    try:
        tree = jmespath.compile(path).parsed
    except JMESPathError:
        problems.append(f"{path!r} is no JMESPath")
        return ANY
    found: list[str] = []
    at = _Walk(found).visit(tree, shape)
    problems.extend(f"{path!r}: {problem}" for problem in dict.fromkeys(found))
    return at


@dataclass(slots=True)
class _Walk:
    """A walk through the tree of a path, beside the shape."""

    problems: list[str]

    def visit(self, node: Mapping[str, Any], shape: Any) -> Any:
        """The shape that a node of the tree finds in a shape."""
        match node["type"]:
            case "identity" | "current" | "slice":
                return shape
            case "field":
                return self._member(node["value"], shape)
            case "literal":
                return _of_literal(node["value"])
            case "index":
                return self._item(shape, "an index")
            case "subexpression" | "index_expression" | "pipe":
                for child in node["children"]:
                    shape = self.visit(child, shape)
                return shape
            case "projection" | "filter_projection" | "value_projection":
                return self._projection(node["type"], node["children"], shape)
            case "function_expression":
                return self._function(node["value"], node["children"], shape)
            case "multi_select_dict":
                made = {c["value"]: self.visit(c["children"][0], shape) for c in node["children"]}
                return Made("structure", members=made)
        return self._combined(node, [(c, self.visit(c, shape)) for c in node.get("children", ())])

    def _combined(self, node: Mapping[str, Any], sides: Sequence[tuple[Any, Any]]) -> Any:
        """The shape of a node that only combines what its children find."""
        told = [side for _, side in sides if side.kind != "any"]
        match node["type"]:
            case "flatten":
                inner = self._item(sides[0][1], "flattening")
                return inner if inner.kind == "list" else Made("list", inner=inner)
            case "multi_select_list":
                return Made("list", inner=told[0] if told else ANY)
            case "comparator" | "not_expression":
                self._compared(sides)
                return BOOLEAN
            case "or_expression":
                return told[0] if told else ANY
            case "and_expression":
                return told[-1] if told else ANY
        self.problems.append(f"{node['type']} is not understood by the check")
        return ANY

    def _member(self, name: str, shape: Any) -> Any:
        if shape.kind == "any":
            return ANY
        if shape.kind == "map":
            if shape.choices and name not in shape.choices:
                self.problems.append(f"no {name!r} among {_few(shape.choices)}")
            return shape.item
        if shape.kind != "structure":
            self.problems.append(f"{name!r} is asked of a {shape.kind}")
            return ANY
        if name not in shape.members:
            self.problems.append(f"no {name!r} among {_few(shape.members)}")
            return ANY
        return shape.members[name]

    def _item(self, shape: Any, what: str) -> Any:
        if shape.kind not in ("list", "any"):
            self.problems.append(f"{what} of a {shape.kind}")
            return ANY
        return shape.item

    def _projection(self, kind: str, children: Sequence[Any], shape: Any) -> Any:
        base = self.visit(children[0], shape)
        inner = base.item if kind == "value_projection" else self._item(base, "a projection")
        if kind == "filter_projection":
            self.visit(children[2], inner)
        return Made("list", inner=self.visit(children[1], inner))

    def _compared(self, sides: Sequence[tuple[Mapping[str, Any], Any]]) -> None:
        """A comparison with a word that the member can never be holds for none, or for all."""
        for node, _ in sides:
            if node["type"] != "literal" or not isinstance(node["value"], str):
                continue
            for _, other in sides:
                if other.choices and node["value"] not in ("", *other.choices):
                    self.problems.append(f"{node['value']!r} is not among {_few(other.choices)}")

    def _function(self, name: str, children: Sequence[Any], shape: Any) -> Any:
        shapes = [self.visit(child, shape) for child in children]
        if name in _SAME:
            return shapes[0]
        if name not in _GIVES:
            self.problems.append(f"{name}() is not understood by the check")
            return ANY
        told = children[1 if name == "join" else 0]  # what it is joined with is a word of ours
        if told["type"] not in _NEVER_NULL:
            self.problems.append(f"{name}() raises on null: write `|| ''`")
        return _GIVES[name]


def _of_literal(value: Any) -> Any:
    match value:
        case bool():
            return BOOLEAN
        case int() | float():
            return NUMBER
        case str():
            return Made("string", choices=(value,))
        case list():
            return Made("list", inner=_of_literal(value[0]) if value else ANY)
        case dict():
            return Made("structure", members={k: _of_literal(v) for k, v in value.items()})
    return ANY


def _few(names: Iterator[str] | Mapping[str, Any] | Sequence[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:8]) + (" …" if len(listed) > 8 else "")
