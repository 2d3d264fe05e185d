"""The table of answers: written from the sources, row by row, and not from the code."""

from collections.abc import Iterator
from datetime import date

import pytest

from auditor.facts import Facts, load
from auditor.model import Attested, Place, Reason, Unknown

from .answers import ROWS, Row


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load()


def named(row: Row) -> str:
    return "/".join(filter(None, (row.offer, row.region, row.service, row.day)))


def standing(in_eu: object, in_eea: object, adequate: object) -> str:
    """What a country is to the Union on the day, in the table's words."""
    if in_eu is True:
        return "eu"
    if in_eea is True:
        return "eea"
    if adequate is True:
        return "adequate"
    return "partial" if isinstance(adequate, Unknown) else "third"


def told(place: Place | Unknown) -> str:
    if isinstance(place, Unknown):
        return "?"
    return f"{place.country}:{standing(place.in_eu, place.in_eea, place.adequate)}"


def places(facts: Facts, row: Row, day: date) -> Iterator[str]:
    if row.region.startswith("="):  # the country itself on that day
        country = facts.country(row.region[1:], day)
        unknown = isinstance(country.in_eea, Unknown)
        words = standing(country.in_eu, country.in_eea, country.adequate)
        yield "?" if unknown else f"{country.code}:{words}"
        return
    yield from map(told, facts.places_of(row.offer, row.region, day, service=row.service))


def of(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=named)


@of([row for row in ROWS if row.places])
def test_places(facts: Facts, row: Row) -> None:
    found = sorted(set(places(facts, row, date.fromisoformat(row.day))))
    assert " ".join(found) == row.places, row.why


@of([row for row in ROWS if row.reach])
def test_reach_with_its_path_and_laws(facts: Facts, row: Row) -> None:
    reach = facts.reach_of(row.offer, date.fromisoformat(row.day), row.region)
    assert str(reach.verdict) == row.reach, row.why
    assert set(row.laws) <= {law.law for law in reach.laws if law.in_force is True}
    printed = " → ".join(f"{step.name} ({step.seat})" for step in reach.path)
    at = 0
    for piece in row.path:
        at = printed.find(piece, at) + len(piece)
        assert at >= len(piece), f"{piece} not in its place in {printed}"
    assert reach.facts or reach.reason is not None


def attested(facts: Facts, row: Row, scheme: int) -> str:
    """The state of one scheme, in the table's words."""
    day = date.fromisoformat(row.day)
    found = facts.guarantees_of(row.offer, row.service, row.region, day, row.activity)[scheme]
    if found.reason is not None and found.reason.reason is Reason.PROJECTION:
        assert not found.stands
        return "projection"
    return {Attested.HOSTED: "hosted"}.get(found.state, str(found.state))


@of([row for row in ROWS if row.secnumcloud])
def test_secnumcloud(facts: Facts, row: Row) -> None:
    assert attested(facts, row, 0) == row.secnumcloud, row.why


@of([row for row in ROWS if row.hds])
def test_hds(facts: Facts, row: Row) -> None:
    found = attested(facts, row, 1)
    assert {"qualified": "certified"}.get(found, found) == row.hds, row.why


def test_every_answer_carries_its_facts_and_each_leads_to_a_source(facts: Facts) -> None:
    for row in ROWS:
        if row.offer in facts.table("offers"):
            day = date.fromisoformat(row.day)
            answer = facts.answer(row.offer, row.service, row.region, day, row.activity)
            assert answer.facts, named(row)
            assert all(c.source and c.retrieved for c in answer.facts), named(row)
