"""Store types checked without a cloud, against the provider's own models.

    problems = check_declaration(store_type, models)

Every operation, parameter and path of a declaration is resolved; what does not resolve would find
nothing, in silence, on a real account. Plugins call it in their tests as we do in ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .conformance_paths import ANY, BOOLEAN, STRING, Made, Shape, shape_at
from .declare import (
    Ask,
    Copies,
    Epoch,
    Field,
    Grants,
    Listing,
    Metric,
    Part,
    Policy,
    Ref,
    Size,
    StoreType,
    Text,
)

ANYTHING = "*"  # a reference to whatever its id leads to
_HOLE = re.compile(r"\{([^{}]+)\}")
_OF_SCOPE = ("account", "region", "partition")
_TEXTUAL = ("string", "timestamp", "number")
_TAG_KEYS = ({"Key", "Value"}, {"key", "value"}, {"TagKey", "TagValue"})


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


def check_declaration(
    store_type: StoreType, models: Models, known: Collection[str] | None = None
) -> list[str]:
    """What is wrong with a declaration; `known` are the names that references may lead to."""
    check = _Check(store_type, models, known)
    check.all()
    return [f"{store_type.name}: {problem}" for problem in dict.fromkeys(check.problems)]


def check_declarations(store_types: Iterable[StoreType], models: Models) -> list[str]:
    """What is wrong with several declarations, each alone and together."""
    declared = list(store_types)
    names = Counter(s.name for s in declared)
    twice = [f"{name}: declared {n} times" for name, n in names.items() if n > 1]
    return twice + [p for s in declared for p in check_declaration(s, models, set(names))]


@dataclass(slots=True)
class _Check:
    kind: StoreType
    models: Models
    known: Collection[str] | None
    problems: list[str] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)

    def all(self) -> None:
        kind = self.kind
        row: Any = Made("structure", members={"id": STRING})
        if kind.listing is not None:
            row = self.listing(kind.listing, Made("structure"), None)
        self.head(row)
        self.attributes(row)
        for copies in kind.copies:
            self.copies(copies, row)
        for shares in kind.shares:
            self.shares(shares, row)
        for name, value in kind.facts.items():
            self.value(value, row, f"facts[{name}]")
        for ref in (kind.key, kind.origin, kind.parent):
            if ref is not None:
                self.reference(ref, row)

    def head(self, row: Any) -> None:
        """The name, the source, and an id that no refused question can take away."""
        kind = self.kind
        if not re.fullmatch(r"[a-z0-9]+(?:\.[a-z0-9_]+){2}", kind.name):
            self.problems.append("the name is not provider.service.thing")
        if not kind.source.startswith("https://"):
            self.problems.append("source is not the https address of a page")
        last = kind.id[-1] if isinstance(kind.id, tuple) else kind.id
        if _asks(last):
            self.problems.append("the last alternative of the id must come from the row")
        self.value(kind.id, row, "id", _TEXTUAL)

    def attributes(self, row: Any) -> None:
        kind = self.kind
        for number, value in enumerate(kind.also):
            self.value(value, row, f"also[{number}]", _TEXTUAL)
        for name in ("label", "region"):
            self.value(getattr(kind, name), row, name, ("string",))
        self.value(kind.encrypted, row, "encrypted", ("boolean",))
        self.value(kind.only, row, "only")
        self.measure(kind.bytes, row)
        if isinstance(kind.created, Epoch):
            self.value(kind.created.of, row, "created", ("number", "string"))
        else:
            self.value(kind.created, row, "created", ("timestamp", "string"))
        tags = self.value(kind.tags, row, "tags", ("list", "map"))
        if tags.kind == "list" and not any(k <= set(tags.item.members) for k in _TAG_KEYS):
            self.problems.append("tags: not a list of keys and values")

    def measure(self, value: Any, row: Any) -> None:
        if isinstance(value, Size):
            self.value(value.of, row, "bytes", ("number",))
        elif isinstance(value, Metric):
            for name, dimension in value.dimensions.items():
                self.value(dimension, row, f"bytes[{name}]", _TEXTUAL)
            self.value(value.at, row, "bytes.at", ("string",))
        else:
            self.value(value, row, "bytes", ("number",))

    # ------------------------------------------------------------------ groups

    def copies(self, copies: Copies, row: Any) -> None:
        item = self.each(copies.items, row, "copies")
        if not (copies.id or copies.region):
            self.problems.append("copies: neither id nor region says where they are")
        for name in ("id", "region", "account"):
            self.value(getattr(copies, name), item, f"copies.{name}", ("string",))

    def shares(self, shares: Policy | Grants, row: Any) -> None:
        if isinstance(shares, Policy):
            self.value(shares.document, row, "shares", ("string", "structure"))
            return
        item = self.each(shares.items, row, "shares")
        self.value(shares.account, item, "shares.account", ("string",))
        self.value(shares.public, item, "shares.public", ("boolean",))
        self.value(shares.service, item, "shares.service", ("boolean",))
        self.value(shares.us, row, "shares.us", ("string",))

    def each(self, items: Any, row: Any, where: str) -> Any:
        found = self.value(items, row, where, ("list", "structure", "string"))
        return found.item if found.kind == "list" else found

    def reference(self, ref: Ref, row: Any) -> None:
        self.value(ref.id, row, f"reference to {ref.to}", ("string",))
        if self.known is not None and ref.to not in (*self.known, ANYTHING):
            self.problems.append(f"no store type {ref.to!r} to refer to")

    # ------------------------------------------------------------------ calls

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

    def paging(self, listing: Listing, operation: Operation) -> None:
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

    # ------------------------------------------------------------------ values

    def value(self, value: Any, row: Any, where: str, kinds: Sequence[str] = ()) -> Any:
        """The shape of a value; `kinds` are those that the attribute can be."""
        found = self.shape(value, row, where)
        if kinds and found.kind not in (*kinds, "any"):
            self.problems.append(f"{where}: a {found.kind}, not a {' or '.join(kinds)}")
        return found

    def shape(self, value: Any, row: Any, where: str) -> Any:
        match value:
            case "" | None:
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
            case Part():
                self.value(value.of, row, where, ("string",))
                return STRING
            case tuple():
                shapes = [self.shape(one, row, where) for one in value]
                return next((s for s in shapes if s.kind != "any"), ANY)
        self.problems.append(f"{where}: {type(value).__name__} is not a value")
        return ANY

    def value_in(self, path: str, row: Any, where: str) -> None:
        found = self.within(path, row, where)
        if found.kind not in (*_TEXTUAL, "any"):
            self.problems.append(f"{where}: a {found.kind} in a text")

    def within(self, path: str, shape: Any, where: str) -> Any:
        found: list[str] = []
        at = shape_at(path, shape, found)
        self.problems.extend(f"{where}: {problem}" for problem in found)
        return at


def _asks(value: Any) -> bool:
    """Whether a value needs an answer."""
    match value:
        case Field():
            return True
        case Part():
            return _asks(value.of)
        case tuple():
            return any(map(_asks, value))
    return False


__all__ = [
    "ANYTHING", "BOOLEAN", "Models", "Operation", "check_declaration", "check_declarations",
]  # fmt: skip
