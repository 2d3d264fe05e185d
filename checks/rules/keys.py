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

from ._judging import (
    known,
    not_known,
    of_health_data,
    originals,
    said,
    same_jurisdiction,
    unsure,
)

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
    """The host never can decrypt: an external key that it has used on demand is not enough."""
    held = case.declared.holding if case.declared else None
    level = case.custody.level
    if isinstance(level, Unknown):
        return undetermined(level)
    custody = Because(code="custody", values={"level": level.value})
    if level is Custody.ENC_4:
        return met(custody)
    if level is not Custody.ENC_0 and held and not held.host_can_decrypt:
        return met(custody, said("keys", held.id))
    clear = [Because(code="processed_in_clear")] if level is Custody.ENC_3 else []
    return deviates(custody, *clear)


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


@rule("KEY004")
@of_health_data
def the_key_can_be_used(case: Case) -> Verdict:
    """The key that a store names is enabled: without it, the data are lost."""
    if not case.custody.key:
        return _unnamed(case)
    if "key_not_enabled" in case.custody.evidence:
        return deviates(Because(code="key_not_enabled"))
    level = case.custody.level
    return undetermined(level) if isinstance(level, Unknown) else met(_level(level))


@rule("KEY005")
@of_health_data
def the_holder_of_an_external_key_is_in_the_eea(case: Case) -> Verdict:
    """Whoever holds the key outside the host is known, and established inside the EEA."""
    held = case.declared.holding if case.declared else None
    level = case.custody.level
    if isinstance(level, Unknown):
        return undetermined(level)
    outside = level in (Custody.ENC_3, Custody.ENC_4)
    if not outside and (held is None or held.host_can_decrypt):
        return not_applicable(_level(level))
    if held is None or not held.country or not_known(held.country):
        return undetermined(Because(code="holder_unknown"))
    told = Because(code="holder", values={"entry": f"keys.{held.id}", "country": held.country})
    return deviates(told) if held.country in case.frameworks else met(told)


@rule("KEY006")
@of_health_data
def the_key_material_is_outside_the_host(case: Case) -> Verdict:
    """The key material lies outside the host (ENC-3), or was never given to it (ENC-4)."""
    return _at_least(case, (Custody.ENC_3, Custody.ENC_4))


@rule("KEY007")
@of_health_data
def the_customer_manages_the_key(case: Case) -> Verdict:
    """The customer manages the key, if only in the host's own key service (ENC-2)."""
    return _at_least(case, (Custody.ENC_2, Custody.ENC_3, Custody.ENC_4))


def _at_least(case: Case, levels: tuple[Custody, ...]) -> Verdict:
    level = case.custody.level
    if isinstance(level, Unknown):
        return undetermined(level)
    return met(_level(level)) if level in levels else deviates(_level(level))


def _level(level: Custody) -> Because:
    return Because(code="custody", values={"level": level.value})


def _unnamed(case: Case) -> Verdict:
    level = case.custody.level
    if isinstance(level, Unknown):
        return undetermined(level)
    return not_applicable(Because(code="no_named_key"))
