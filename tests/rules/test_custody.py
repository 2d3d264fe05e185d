"""Who can use the keys: from what a store and its key say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.custody import custody_of
from auditor.facts import load
from auditor.model import Category, Custody, DataStore, Reason, Unknown

from .cases import DENIED, STORE

UNTOLD_MANAGER = Unknown(Reason.UNTOLD, "manager")
UNTOLD_MATERIAL = Unknown(Reason.UNTOLD, "material")
CUSTOMER = {"manager": "customer"}


def key(**facts):
    return DataStore(
        id="acme:key:1", kind="acme.key", category=Category.KEY, partition="acme",
        account="111111111111", region="fr-1", facts=facts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("encrypted", "named", "subject", "level", "evidence"),
    [
        (False, "", None, Custody.ENC_0, ("not_encrypted",)),
        (False, "k", key(**CUSTOMER), Custody.ENC_0, ("not_encrypted",)),
        (True, "", None, Custody.ENC_1, ("provider_key",)),
        (DENIED, "", None, DENIED, ()),
        (True, "k", key(manager="provider"), Custody.ENC_1, ("provider_key",)),
        (True, "k", key(**CUSTOMER, material="provider"), Custody.ENC_2, ("customer_key",)),
        (True, "k", key(**CUSTOMER, material="imported"), Custody.ENC_2,
         ("customer_key", "imported_material")),
        (True, "k", key(**CUSTOMER, material="hsm"), Custody.ENC_2,
         ("customer_key", "hsm_material")),
        (True, "k", key(**CUSTOMER, material="external"), Custody.ENC_3,
         ("external_material", "processed_in_clear", "holder_to_attest")),
        # a key that a store names encrypts it, though the flag was not read
        (DENIED, "k", key(**CUSTOMER, material="provider"), Custody.ENC_2, ("customer_key",)),
        # what is not known of the key leaves a floor, never a level
        (True, "k", DENIED, DENIED, ("encrypted", "at_least_enc_1")),
        (DENIED, "k", DENIED, DENIED, ("encrypted", "at_least_enc_1")),
        (True, DENIED, DENIED, DENIED, ("encrypted", "at_least_enc_1")),
        (DENIED, DENIED, DENIED, DENIED, ()),
        (True, "k", key(), UNTOLD_MANAGER, ("encrypted", "at_least_enc_1")),
        (True, "k", key(manager=DENIED), DENIED, ("encrypted", "at_least_enc_1")),
        (True, "k", key(manager="AWS"), UNTOLD_MANAGER, ("encrypted", "at_least_enc_1")),
        (True, "k", key(**CUSTOMER), UNTOLD_MATERIAL, ("customer_key", "at_least_enc_2")),
        (True, "k", key(**CUSTOMER, material="odd"), UNTOLD_MATERIAL,
         ("customer_key", "at_least_enc_2")),
        (True, "k", key(**CUSTOMER, material=DENIED), DENIED, ("customer_key", "at_least_enc_2")),
        # and what else matters of it
        (True, "k", key(**CUSTOMER, material="provider", multi_region=True, state="Enabled"),
         Custody.ENC_2, ("customer_key", "multi_region")),
        (True, "k", key(**CUSTOMER, material="provider", multi_region=False, state="Disabled"),
         Custody.ENC_2, ("customer_key", "key_not_enabled")),
        (True, "k", key(**CUSTOMER, material="provider", multi_region=DENIED, state=DENIED),
         Custody.ENC_2, ("customer_key", "multi_region_unknown")),
    ],
)  # fmt: skip
def test_levels(encrypted, named, subject, level, evidence):
    got = custody_of(replace(STORE, encrypted=encrypted, key=named), subject)
    assert (got.level, got.evidence) == (level, evidence)
    assert set(evidence) <= set(load().table("words")["evidence"])


@pytest.mark.parametrize(
    ("subject", "region"),
    [
        (key(**CUSTOMER, material="provider"), "fr-1"),
        (key(**CUSTOMER, material="external"), Unknown(Reason.UNTOLD, "external key store")),
        (DENIED, DENIED),
        (None, ""),
    ],
)
def test_where_the_key_rests(subject, region):
    """The handle of an external key is at the host; the key itself is where nobody said."""
    assert custody_of(replace(STORE, encrypted=True, key="k"), subject).region == region


def test_metadata_never_shows_client_side_encryption():
    materials = ("provider", "imported", "hsm", "external")
    levels = {
        custody_of(STORE, key(manager=m, material=x)).level
        for m in ("provider", "customer")
        for x in materials
    }
    assert Custody.ENC_4 not in levels
