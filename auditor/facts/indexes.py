"""Indexes over the facts: what is asked often, found at once. Each is made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from .reading import Table


class Indexes:
    """The same facts by another key: partition, host name, country, scheme and offer."""

    def __init__(self, table: Callable[[str], Table]) -> None:
        self._table = table

    @cached_property
    def partitions(self) -> Mapping[str, str]:
        return {
            f"{offer['provider']}/{partition}": id
            for id, offer in self._table("offers").items()
            for partition in offer.get("detect", {}).get("partitions", ())
        }

    @cached_property
    def attested(self) -> Mapping[tuple[str, str], tuple[tuple[str, Table], ...]]:
        told: dict[tuple[str, str], tuple[tuple[str, Table], ...]] = {}
        for id, entry in self._table("guarantees").items():
            key = entry["scheme"], entry["offer"]
            told[key] = (*told.get(key, ()), (id, entry))
        return told

    @cached_property
    def suffixes(self) -> Mapping[str, str]:
        told: dict[str, str] = {}
        for id, offer in self._table("offers").items():
            detect = offer.get("detect", {})
            for suffix in (*detect.get("dns", ()), detect.get("universe", "")):
                told.setdefault(suffix, id)
        return told

    @cached_property
    def laws(self) -> Mapping[str, tuple[str, ...]]:
        told: dict[str, tuple[str, ...]] = {}
        for id, law in self._table("laws").items():
            if law["data_access"]:
                country = self.code(law["country"])
                told[country] = (*told.get(country, ()), id)
        return told

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        countries = self._table("countries").items()
        return {alias: code for code, entry in countries for alias in entry.get("aliases", ())}

    def code(self, country: str) -> str:
        """The code that we write for a country."""
        return self.aliases.get(country, country)

    @cached_property
    def decisions(self) -> Mapping[str, tuple[tuple[str, Table], ...]]:
        sorted_ = sorted(self._table("adequacy").items(), key=lambda e: e[1]["since"], reverse=True)
        codes = {self.code(entry["country"]) for _, entry in sorted_}
        return {c: tuple(e for e in sorted_ if self.code(e[1]["country"]) == c) for c in codes}
