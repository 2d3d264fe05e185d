"""Store types checked without a cloud, against the provider's own models.

    problems = check_declaration(store_type, models)

Every operation, parameter and path of a declaration is resolved; what does not resolve would find
nothing, in silence, on a real account. Plugins call it in their tests as we do in ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from .conformance_paths import ANY, STRING, Made
from .conformance_values import TEXTUAL, Models, Operation, Resolver
from .declare import (
    Copies,
    Epoch,
    Field,
    Folded,
    Grants,
    Metric,
    Paired,
    Part,
    Policy,
    Ref,
    Size,
    StoreType,
)

ANYTHING = "*"  # a reference to whatever its id leads to
_TAG_KEYS = ({"Key", "Value"}, {"key", "value"}, {"TagKey", "TagValue"})


def check_declaration(
    store_type: StoreType, models: Models, known: Collection[str] | None = None
) -> list[str]:
    """What is wrong with a declaration; `known` are the names that references may lead to."""
    check = _Check(models=models, kind=store_type, known=known)
    check.all()
    return [f"{store_type.name}: {problem}" for problem in dict.fromkeys(check.problems)]


def check_declarations(store_types: Iterable[StoreType], models: Models) -> list[str]:
    """What is wrong with several declarations, each alone and together."""
    declared = list(store_types)
    names = Counter(s.name for s in declared)
    twice = [f"{name}: declared {n} times" for name, n in names.items() if n > 1]
    return twice + [p for s in declared for p in check_declaration(s, models, set(names))]


@dataclass(slots=True, kw_only=True)
class _Check(Resolver):
    kind: StoreType
    known: Collection[str] | None = None

    def all(self) -> None:
        kind = self.kind
        subject = Made("structure", members={"id": STRING})
        row: Any = subject
        if kind.row:
            row = self.inventoried(kind.row)
            for need in kind.needs:
                self.value(need, row, "needs")
            if kind.whole is not None:
                self.ask(kind.whole, row)
        if kind.listing is not None:
            parent = self.inventoried(kind.listing.of) if kind.listing.of else None
            listed = self.listing(kind.listing, parent or Made("structure"), parent)
            row = listed if row is subject else _either(row, listed)
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
        self.value(kind.id, row, "id", TEXTUAL)

    def attributes(self, row: Any) -> None:
        kind = self.kind
        for number, value in enumerate(kind.also):
            self.value(value, row, f"also[{number}]", TEXTUAL)
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
                self.value(dimension, row, f"bytes[{name}]", TEXTUAL)
            self.value(value.at, row, "bytes.at", ("string",))
        else:
            self.value(value, row, "bytes", ("number",))

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


def _either(row: Any, listed: Any) -> Any:
    """The shape of what comes as one or the other."""
    if "any" in (row.kind, listed.kind):
        return ANY
    return Made("structure", members={**row.members, **listed.members})


def _asks(value: Any) -> bool:
    """Whether a value needs an answer."""
    match value:
        case Field():
            return True
        case Part() | Folded() | Paired():
            return _asks(value.of)
        case tuple():
            return any(map(_asks, value))
    return False


__all__ = ["ANYTHING", "Models", "Operation", "check_declaration", "check_declarations"]
