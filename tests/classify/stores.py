"""Stores of a name and some tags, for the tables."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.classify import Signals
from auditor.facts import load
from auditor.model import Category, DataStore, Unknown

SIGNALS = Signals.of(load())


def store(
    name: str = "",
    tags: Mapping[str, str] | Unknown | None = None,
    kind: str = "acme.box",
    facts: Mapping[str, str] | None = None,
) -> DataStore:
    """A store that says nothing but this."""
    return DataStore(
        id="acme:box:1",
        kind=kind,
        category=Category.OBJECT,
        partition="acme",
        account="111111111111",
        region="osl-1",
        name=name,
        tags={} if tags is None else tags,
        facts=facts or {},
    )
