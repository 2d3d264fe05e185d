"""Residency: in which countries the bytes rest."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Place,
    Reason,
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


def _told(home: tuple[Place, ...]) -> list[Because]:
    return [
        Because(code="original", values={"country": p.country, "region": p.region}, facts=p.facts)
        for p in home
    ]
