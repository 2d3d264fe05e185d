"""Remembering: a pure rule that sees again what it saw once answers what it answered.

A rule is a function of its case alone, so what it reads next depends on what it has read so far.
Its readings make a tree: each node names what is read there, each branch one value seen, each leaf
the verdict. A case is walked down the tree; where no branch fits, the rule is asked, and its
readings are added. Nothing is declared, and nothing is guessed: two cases share a verdict only
where the rule read the same of both.

What a case holds is *interned*, one object for equal values: else nothing is ever met again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from .model import Case, Verdict
from .plugin import Rule

_STORE = "store."
_PLAIN = (str, bool, int, float, type(None), date)
_MOST = 50_000  # readings kept of one rule: beyond, it reads what no two stores share


class _Node:
    """What is read here, and where each value leads; values are kept, for they are told by id."""

    __slots__ = ("branches", "kept", "key", "read")

    def __init__(self, name: str) -> None:
        self.key = _by_value if name.startswith(_STORE) else _by_object
        self.read: Callable[[Case], Any] = attrgetter(name)
        self.branches: dict[Any, _Node | Verdict] = {}
        self.kept: list[Any] = []


class _Reading:
    """A case, or its store, that writes down what is read of it."""

    __slots__ = ("_of", "_prefix", "_seen")

    def __init__(self, of: Any, prefix: str, seen: list[tuple[str, Any]]) -> None:
        self._of, self._prefix, self._seen = of, prefix, seen

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._of, name)
        if name == "store" and not self._prefix:
            return _Reading(value, _STORE, self._seen)
        self._seen.append((self._prefix + name, value))
        return value


class Remembered:
    """One rule of stores, with the tree of what it has read."""

    __slots__ = ("_most", "_root", "_size", "id", "rule")

    def __init__(self, rule: Rule, most: int = _MOST) -> None:
        self._most = most
        self.rule = rule
        self.id = rule.id
        self._root: _Node | Verdict | None = None
        self._size = 0

    def __call__(self, case: Case) -> Verdict:
        """What the rule answers of a case."""
        node = self._root
        while node.__class__ is _Node:
            node = node.branches.get(node.key(node.read(case)))
        return node or self._ask(case)  # type: ignore[return-value]

    def _ask(self, case: Case) -> Verdict:
        if self._size > self._most:
            return self.rule(case)
        seen: list[tuple[str, Any]] = []
        reading: Any = _Reading(case, "", seen)
        verdict = self.rule(reading)
        self._add(list(dict.fromkeys(name for name, _ in seen)), dict(seen), verdict)
        return verdict

    def _add(self, names: list[str], values: Mapping[str, Any], verdict: Verdict) -> None:
        if not names:
            self._root = verdict
            return
        self._root = self._root or _Node(names[0])
        node: Any = self._root
        for name, below in zip(names, [*names[1:], ""], strict=True):
            value = values[name]
            key = node.key(value)
            if key not in node.branches:
                node.branches[key] = _Node(below) if below else verdict
                node.kept.append(value)
                self._size += 1
            node = node.branches[key]


def _by_object(value: Any) -> Any:
    """A plain value by itself, another by which object it is."""
    return value if isinstance(value, _PLAIN) else id(value)


def _by_value(value: Any) -> Any:
    """What a store holds, which nobody interns: by what it says."""
    return frozenset(value.items()) if isinstance(value, dict) else value
