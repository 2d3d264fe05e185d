"""Custody: who can use the keys of a store, from what the store and its key say.

The level is a convention of the project (ENC-0 to ENC-4, after EDPB 01/2020, annex 2). It is
blind to the provider: a key's store type tells these facts in these words, whatever the cloud.

    manager       "provider" | "customer"
    material      "provider" | "imported" | "hsm" | "external"   (customer keys only)
    multi_region  bool, where the provider knows such keys
    state         "enabled", or anything else; compared without regard to case
    owner         the account that the key is in, when that is not always the store's own

ENC-4 (client-side encryption) cannot be seen from metadata: a person attests it. ENC-3 says that
the material is outside the host; who holds it, and where, is for a person to attest, and the
host still processes in clear.
"""

from __future__ import annotations

from auditor.model import Custody, DataStore, KeyCustody, Reason, Unknown

_IN_HOST = {"provider": (), "imported": ("imported_material",), "hsm": ("hsm_material",)}


def custody_of(store: DataStore, key: DataStore | Unknown | None) -> KeyCustody:
    """Who can use the keys of a store. `key` is its key's subject, None when it names none."""
    if store.encrypted is False:
        return KeyCustody(level=Custody.ENC_0, evidence=("not_encrypted",))
    if isinstance(key, DataStore):
        return _of_key(key)
    named = store.key if isinstance(store.key, str) else ""
    if key is None:
        if isinstance(store.encrypted, Unknown):
            return KeyCustody(level=store.encrypted)
        return KeyCustody(level=Custody.ENC_1, evidence=("provider_key",))
    encrypted = store.encrypted is True or bool(named)
    floor = ("encrypted", "at_least_enc_1") if encrypted else ()
    return KeyCustody(level=key, key=named, region=key, account=key, evidence=floor)


def _of_key(key: DataStore) -> KeyCustody:
    level, evidence = _level(key)
    outside = level is Custody.ENC_3
    return KeyCustody(
        level=level,
        key=key.id,
        region=Unknown(Reason.UNTOLD, "external key store") if outside else key.region,
        account=key.account or Unknown(Reason.UNTOLD, "account"),
        evidence=(*evidence, *_further(key)),
    )


def _level(key: DataStore) -> tuple[Custody | Unknown, tuple[str, ...]]:
    match key.facts.get("manager"):
        case "provider":
            return Custody.ENC_1, ("provider_key",)
        case "customer":
            return _of_material(key)
        case answer:
            return _unread(answer, "manager"), ("encrypted", "at_least_enc_1")


def _of_material(key: DataStore) -> tuple[Custody | Unknown, tuple[str, ...]]:
    material = key.facts.get("material")
    if material == "external":
        said = ("external_material", "processed_in_clear", "holder_to_attest")
        return Custody.ENC_3, said
    if isinstance(material, str) and material in _IN_HOST:
        return Custody.ENC_2, ("customer_key", *_IN_HOST[material])
    return _unread(material, "material"), ("customer_key", "at_least_enc_2")


def _unread(answer: object, name: str) -> Unknown:
    return answer if isinstance(answer, Unknown) else Unknown(Reason.UNTOLD, name)


def _further(key: DataStore) -> tuple[str, ...]:
    """What else matters of a key: its replicas, and whether it can be used at all."""
    several = key.facts.get("multi_region", False)
    replicas = {True: "multi_region", False: ""}
    told = "multi_region_unknown" if isinstance(several, Unknown) else replicas[bool(several)]
    state = key.facts.get("state", "enabled")
    off = "key_not_enabled" if isinstance(state, str) and state.lower() != "enabled" else ""
    return tuple(word for word in (told, off) if word)
