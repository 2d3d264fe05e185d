"""The register: every data store on one row, with what was concluded of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Place, Unknown, plain

from ._counted import Told
from ._saying import country, shown, word
from ._sheets import Column, Value


def columns(words: Any) -> tuple[Column, ...]:
    """What the cells of a row are, in order."""
    return (
        Column(words("Data store"), 60), Column(words("Name"), 30), Column(words("Type"), 24),
        Column(words("Account")), Column(words("Account name"), 20), Column(words("Region")),
        Column(words("Countries"), 24), Column(words("Places"), 48), Column(words("Offer"), 14),
        Column(words("Reach"), 36), Column(words("Custody of the keys"), 20),
        Column(words("Health data"), 28), Column(words("Treatments"), 24),
        Column(words("Bytes"), 20), Column(words("Met"), 11), Column(words("Deviations"), 11),
        Column(words("Accepted by a waiver"), 11), Column(words("Undetermined"), 12),
        Column(words("Not applicable"), 11),
    )  # fmt: skip


def rows(report: Any, words: Any, told: Told) -> Iterator[tuple[tuple[Value, ...], str]]:
    """One row for each store, in the order of the run; none where only counts are told."""
    if report.options.get("redaction") == "public":
        yield (words("Data stores are counted, not listed, under this profile."),), ""
    for store, judged in report.stores():
        named = (store.id, store.name, store.kind, store.account, store.account_name)
        yield (
            (
                *map(plain, named), shown(report, words, store.region),
                _countries(report, words, judged.places), _places(report, words, judged.places),
                shown(report, words, judged.offer), word(report, words, "reached", judged.reach),
                shown(report, words, judged.custody.level),
                word(report, words, "certainty", judged.health.certainty),
                ", ".join(map(plain, judged.treatments)), _bytes(report, words, store.bytes),
                *told.counts(judged).values(),
            ),
            "",
        )  # fmt: skip


def _bytes(report: Any, words: Any, size: int | Unknown) -> Value:
    """A size as a number; why it is not known, as a text."""
    return shown(report, words, size) if isinstance(size, Unknown) else size


def _countries(report: Any, words: Any, places: tuple[Place | Unknown, ...]) -> str:
    """Each country once; that one is not known counts as a country."""
    said = (country(report, words, p.country) if isinstance(p, Place) else words("undetermined")
            for p in places)  # fmt: skip
    return ", ".join(dict.fromkeys(said))


def _places(report: Any, words: Any, places: tuple[Place | Unknown, ...]) -> str:
    """Each copy: what it is to the store, and where it rests."""
    return " · ".join(dict.fromkeys(_place(report, words, place) for place in places))


def _place(report: Any, words: Any, place: Place | Unknown) -> str:
    if isinstance(place, Unknown):
        return shown(report, words, place)
    where = f"{country(report, words, place.country)} {plain(place.region)}".strip()
    return f"{words.title(word(report, words, 'role', place.role))} {where}"
