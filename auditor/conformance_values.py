"""Calls and values of a declaration, resolved in a provider's models.

The reading half of the conformance check: which shape a value would have, whether a call exists,
takes what it is given, and is known to refuse as declared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from .conformance_paths import ANY, STRING, Made, Shape, shape_at
from .declare import Ask, Field, Folded, Listing, Paired, Part, Text, Unsaid

TEXTUAL = ("string", "timestamp", "number")
_HOLE = re.compile(r"\{([^{}]+)\}")
_OF_SCOPE = ("account", "region", "partition")


class Operation(Protocol):
    """One operation of a service, as the provider's model describes it."""

    @property
    def inputs(self) -> Mapping[str, Shape]:
        """Its parameters."""

    @property
    def required(self) -> Collection[str]:
        """The parameters that must be given."""

    @property
    def output(self) -> Shape:
        """Its answer."""

    @property
    def errors(self) -> Collection[str]:
        """The codes of refusal that are known of it."""

    @property
    def paged(self) -> bool:
        """Whether its answer may be one page of several."""

    @property
    def page_items(self) -> Sequence[str]:
        """The paths of the lists that its paginator gathers; none without a paginator."""

    @property
    def reads(self) -> bool:
        """Whether it neither writes nor reads what a store contains."""


class Models(Protocol):
    """The provider's models."""

    def operation(self, name: str) -> Operation | None:
        """The operation that `service:Operation` names, if there is one."""


@runtime_checkable
class Rows(Protocol):
    """The models of a provider with an inventory: its rows too."""

    def row(self, name: str) -> Shape | None:
        """The shape of a row of this type, if the inventory has one."""


@dataclass(slots=True)
class Resolver:
    """Resolves what a declaration says; what does not resolve is a problem."""

    models: Models
    problems: list[str] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)

    def listing(self, listing: Listing, home: Any, parent: Any) -> Any:
        """The shape of a row."""
        operation = self.called(listing.op, listing.params, home, listing.absent)
        if operation is None:
            return ANY
        found = shape_at(listing.items, operation.output, self.problems)
        if found.kind not in ("list", "any"):
            self.problems.append(f"{listing.op}: items are a {found.kind}, not a list")
            return ANY
        self.paging(listing, operation)
        row = found.item
        if parent is not None:
            own = row.members if row.kind == "structure" else {"value": row}
            row = Made("structure", members={**own, "parent": parent})
        return row if listing.each is None else self.listing(listing.each, row, row)

    def inventoried(self, name: str) -> Any:
        """The shape of a row of the provider's inventory."""
        found = self.models.row(name) if isinstance(self.models, Rows) else None
        if found is None:
            self.problems.append(f"row: the inventory has no type {name!r}")
            return ANY
        return found

    def paging(self, listing: Listing, operation: Operation) -> None:
        """Whether every page of a listing would be turned, and its rows gathered."""
        gathered = operation.page_items
        start = re.split(r"[\[|]", listing.items)[0].strip()
        if gathered and start not in gathered:
            self.problems.append(f"{listing.op}: pages gather {', '.join(gathered)}, not {start}")
        if operation.paged and not gathered:
            self.problems.append(f"{listing.op}: paged, and no paginator turns its pages")

    def ask(self, ask: Ask, row: Any) -> Any:
        """The shape of an answer; equal questions are checked once."""
        first = id(ask) not in self.asked
        self.asked.add(id(ask))
        if not first:
            operation = self.models.operation(ask.op)
        else:
            operation = self.called(ask.op, ask.params, row, ask.absent)
            self.value(ask.at, row, f"{ask.op} at", ("string",))
        return ANY if operation is None else operation.output

    def called(
        self, op: str, params: Mapping[str, Any], row: Any, absent: Sequence[str]
    ) -> Operation | None:
        """The operation, once its name, its parameters and its refusals are checked."""
        operation = self.models.operation(op)
        if operation is None:
            self.problems.append(f"{op}: no such operation")
            return None
        if not operation.reads:
            self.problems.append(f"{op}: writes, or reads what a store contains")
        for name in sorted(set(operation.required) - set(params)):
            self.problems.append(f"{op}: {name} must be given")
        for code in sorted(set(absent) - set(operation.errors)):
            self.problems.append(f"{op}: {code} is no known refusal of it")
        for name, value in params.items():
            given = self.value(value, row, f"{op} {name}")
            if name not in operation.inputs:
                self.problems.append(f"{op}: no parameter {name!r}")
            else:
                self.fits(given, operation.inputs[name], f"{op} {name}")
        return operation

    def fits(self, given: Any, wanted: Any, where: str) -> None:
        """Whether a value may be sent where a parameter of some shape is wanted."""
        if "any" in (given.kind, wanted.kind):
            return
        if given.kind != wanted.kind:
            self.problems.append(f"{where}: a {given.kind} where a {wanted.kind} is wanted")
        elif given.kind == "list":
            self.fits(given.item, wanted.item, where)
        elif given.kind == "structure":
            for name, member in given.members.items():
                if name not in wanted.members:
                    self.problems.append(f"{where}: no member {name!r}")
                else:
                    self.fits(member, wanted.members[name], f"{where}.{name}")
        elif wanted.choices and set(given.choices) - set(wanted.choices):
            self.problems.append(f"{where}: {', '.join(given.choices)} cannot be chosen")

    def value(self, value: Any, row: Any, where: str, kinds: Sequence[str] = ()) -> Any:
        """The shape of a value; `kinds` are those that the attribute can be."""
        found = self.shape(value, row, where)
        if kinds and found.kind not in (*kinds, "any"):
            self.problems.append(f"{where}: a {found.kind}, not a {' or '.join(kinds)}")
        return found

    def shape(self, value: Any, row: Any, where: str) -> Any:
        """The shape of a value of the grammar, read in a row."""
        match value:
            case "" | None | Unsaid():
                return ANY
            case str():
                return self.within(value, row, where)
            case Field():
                return self.within(value.path, self.ask(value.ask, row), f"{where}, {value.ask.op}")
            case Text():
                for hole in _HOLE.findall(value.form):
                    if hole not in _OF_SCOPE:
                        self.value_in(hole, row, where)
                return STRING
            case Part() | Folded() | Paired():
                self.value(value.of, row, where, ("string",))
                return STRING
            case tuple():
                shapes = [self.shape(one, row, where) for one in value]
                return next((s for s in shapes if s.kind != "any"), ANY)
        self.problems.append(f"{where}: {type(value).__name__} is not a value")
        return ANY

    def value_in(self, path: str, row: Any, where: str) -> None:
        """Check the path of a hole in a text."""
        found = self.within(path, row, where)
        if found.kind not in (*TEXTUAL, "any"):
            self.problems.append(f"{where}: a {found.kind} in a text")

    def within(self, path: str, shape: Any, where: str) -> Any:
        """The shape that a path finds, its problems told with where it stands."""
        found: list[str] = []
        at = shape_at(path, shape, found)
        self.problems.extend(f"{where}: {problem}" for problem in found)
        return at
