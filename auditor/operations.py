"""Which calls a declaration makes: permissions are computed from them, never written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from .declare import Ask, Generator, Listing, Metric, StoreType
from .metrics import OPERATION


def operations_of(kind: StoreType | Generator) -> frozenset[str]:
    """Every `service:Operation` that surveying this type may call."""
    if isinstance(kind, Generator):
        return frozenset(kind.operations)
    return frozenset(_within(kind))


def rows_of(kind: StoreType | Generator) -> frozenset[str]:
    """The types of the rows that it takes from the provider's inventory when it is asked live."""
    if isinstance(kind, Generator):
        return frozenset()
    row = kind.row if kind.listing is None else kind.listing.of
    return frozenset((row,)) - {""}


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, Listing | Ask):
        yield value.op
    if isinstance(value, Metric):
        yield OPERATION
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _within(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _within(one)
    elif is_dataclass(value):
        for f in fields(value):
            yield from _within(getattr(value, f.name))
