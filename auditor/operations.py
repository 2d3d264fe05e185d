"""Which operations a store type may call: what permissions are computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from .declare import Ask, Generator, Listing, Metric, StoreType

_MEASURE = "cloudwatch:GetMetricData"


def operations_of(store_type: StoreType | Generator) -> set[str]:
    """Every `service:Operation` that a store type's listing and questions may call."""
    if isinstance(store_type, Generator):
        return set(store_type.operations)
    return set(_asked(store_type))


def operations_of_all(store_types: Iterable[StoreType | Generator]) -> set[str]:
    """The same of several store types together."""
    return set().union(*map(operations_of, store_types))


def _asked(value: Any) -> Iterator[str]:
    """Operations anywhere inside a declaration: all of its nouns are dataclasses."""
    match value:
        case Ask() | Listing():
            yield value.op
        case Metric():
            yield _MEASURE
    if is_dataclass(value):
        for each in fields(value):
            yield from _asked(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _asked(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _asked(inner)
