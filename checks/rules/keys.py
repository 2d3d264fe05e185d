"""Keys: whether the data are encrypted, who can use the keys, and where they rest."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Custody,
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

from ._judging import known, of_health_data, originals, same_jurisdiction, unsure

_REPLICATED = ("multi_region", "multi_region_unknown")


@rule("KEY001")
@of_health_data
def data_is_encrypted(case: Case) -> Verdict:
    """The data are encrypted at rest, whoever holds the key."""
    level = case.custody.level
    if level is Custody.ENC_0:
        return deviates(Because(code="not_encrypted"))
    if isinstance(level, Custody) or case.store.encrypted is True:
        return met(Because(code="encrypted"))
    return undetermined(level)


@rule("KEY002")
@of_health_data
def keys_are_out_of_the_hosts_reach(case: Case) -> Verdict:
    """The host cannot use the keys: they are outside (ENC-3), or never given to it (ENC-4)."""
    level = case.custody.level
    if isinstance(level, Unknown):
        return undetermined(level)
    custody = Because(code="custody", values={"level": level.value})
    if level is Custody.ENC_4:
        return met(custody)
    if level is Custody.ENC_3:
        return met(custody, Because(code="processed_in_clear"))
    return deviates(custody)


@rule("KEY003")
@of_health_data
def key_rests_in_the_jurisdiction_of_the_data(case: Case) -> Verdict:
    """The key a store names rests in the same country as the data, or both in the EEA."""
    custody = case.custody
    if custody.level is Custody.ENC_0:
        return not_applicable(Because(code="not_encrypted"))
    if isinstance(custody.region, Unknown):
        return undetermined(custody.region)
    if custody.key:
        return _compared(case, custody.region)
    if isinstance(custody.level, Unknown):
        return undetermined(custody.level)
    return not_applicable(Because(code="no_named_key"))


def _compared(case: Case, region: str) -> Verdict:
    """The key's region against the data's: its country is that of the data in the same region."""
    there = [p for p in known(case.places) if p.region == region]
    home = originals(case)
    if not there or not home:
        return undetermined(Unknown(Reason.UNTOLD, f"key {region}".strip()))
    apart = [k for k in there if not any(same_jurisdiction(k, h) for h in home)]
    if apart:
        return deviates(*map(_told, apart))
    if any(word in case.custody.evidence for word in _REPLICATED):
        return undetermined(Because(code="key_has_replicas"))
    doubts = unsure((*there, *home))
    return undetermined(*doubts) if doubts else met(*map(_told, there))


def _told(place: Place) -> Because:
    values = {"country": place.country, "region": place.region}
    return Because(code="key_place", values=values, facts=place.facts)
