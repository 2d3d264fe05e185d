"""Readers: one module for each kind of object, found because it is there.

A reader has `suits(head, name)`, how well it suits an object of this beginning and name (0: not at
all), and `read(source, name)`, what is in it. It raises whatever its library raises: the one who
asks turns that into a reason, and never tells its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from auditor.classify.content.contents import Content
from auditor.classify.content.sources import Source


class Reader(Protocol):
    """A module of this package."""

    def suits(self, head: bytes, name: str) -> int:
        """How well it suits an object: 0 not at all, 9 beyond doubt."""

    def read(self, source: Source, name: str) -> Iterator[Content]:
        """What is in it."""


@cache
def readers() -> tuple[Any, ...]:
    """Every reader, by name."""
    names = sorted(m.name for m in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}") for name in names)


def reader_of(head: bytes, name: str) -> Any | None:
    """The reader that suits an object best, None when none does."""
    suited = [(reader.suits(head, name), reader) for reader in readers()]
    rank, best = max(suited, key=lambda pair: pair[0])
    return best if rank > 0 else None
