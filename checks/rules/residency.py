"""Residency: in which countries the bytes rest.

A store says in its facts (bools, whatever the cloud) `geo_redundant`, that its provider keeps a
copy in another region, and `global_service`, that it keeps data in no region that can be named.
"""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Place,
    Reason,
    Role,
    Unknown,
    Verdict,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import (
    HOLDS_DATA,
    fact,
    known,
    met_if_established,
    of_health_data,
    originals,
    same_jurisdiction,
    unsure,
)


@rule("RES001")
@of_health_data
def every_copy_rests_inside_the_eea(case: Case) -> Verdict:
    """Every copy of health data rests inside the European Economic Area."""
    outside = [p for p in known(case.places) if not p.in_eea]
    return deviates(*outside) if outside else met_if_established(case.places)


@rule("RES002")
@of_health_data
def every_copy_rests_inside_the_eea_or_an_adequate_country(case: Case) -> Verdict:
    """Every copy rests inside the EEA, or in a country whose adequacy is decided without doubt."""
    outside = [p for p in known(case.places) if not p.in_eea and p.adequate is False]
    if outside:
        return deviates(*outside)
    return met_if_established(
        p.adequate if isinstance(p, Place) and not p.in_eea and isinstance(p.adequate, Unknown)
        else p
        for p in case.places
    )  # fmt: skip


@rule("RES003")
@of_health_data
def copies_stay_in_the_jurisdiction_of_the_original(case: Case) -> Verdict:
    """Replicas, backups and snapshots rest in the original's country, or both in the EEA."""
    copies = [p for p in known(case.places) if p.role in HOLDS_DATA]
    home = originals(case)
    apart = [c for c in copies if not any(same_jurisdiction(c, h) for h in home)]
    if home and apart:
        return deviates(*apart, *_told(home))
    doubts = unsure(case.places) or tuple(c for c in case.store.copies if isinstance(c, Unknown))
    if doubts:
        return undetermined(*doubts)
    if not home:
        return undetermined(Unknown(Reason.UNTOLD, "places"))
    return met(*copies, *_told(home)) if copies else not_applicable(Because(code="no_copy"))


@rule("RES004")
@of_health_data
def every_copy_rests_inside_the_union(case: Case) -> Verdict:
    """Every copy rests in a Member State of the Union: the EEA is wider, and is not enough."""
    outside = [p for p in known(case.places) if not p.in_eu]
    return deviates(*outside) if outside else met_if_established(case.places)


@rule("RES005")
@of_health_data
def every_location_stands_for_one_country(case: Case) -> Verdict:
    """No copy rests in a multi-region whose members lie in several countries."""
    countries: dict[tuple[Role, str], set[str]] = {}
    for place in known(case.places):
        countries.setdefault((place.role, place.region), set()).add(place.country)
    several = {key for key, found in countries.items() if len(found) > 1}
    if several:
        return deviates(*(p for p in known(case.places) if (p.role, p.region) in several))
    return met_if_established(case.places)


@rule("RES006")
@of_health_data
def geo_redundant_copies_are_known_and_inside_the_eea(case: Case) -> Verdict:
    """The second region that a provider copies to by itself is told, and lies inside the EEA."""
    redundant = fact(case, "geo_redundant")
    if isinstance(redundant, Unknown):
        return undetermined(redundant)
    if not redundant:
        return not_applicable(Because(code="not_geo_redundant"))
    copies = tuple(p for p in known(case.places) if p.role is Role.REPLICA)
    outside = [p for p in copies if not p.in_eea]
    if outside:
        return deviates(*outside)
    return met_if_established(copies)


@rule("RES007")
@of_health_data
def data_rest_in_a_region_that_can_be_named(case: Case) -> Verdict:
    """The service keeps its data in the region named, and is not spread over the world."""
    everywhere = fact(case, "global_service")
    if isinstance(everywhere, Unknown):
        return undetermined(everywhere)
    if everywhere is None:
        return not_applicable(Because(code="regional_by_design"))
    return deviates(Because(code="global_service")) if everywhere else met(*known(case.places))


def _told(home: tuple[Place, ...]) -> list[Because]:
    return [
        Because(code="original", values={"country": p.country, "region": p.region}, facts=p.facts)
        for p in home
    ]
