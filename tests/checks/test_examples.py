"""Every store type gives, from the rows that are documented, the stores that it must."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.declare import StoreType
from auditor.model import Scope
from auditor.reading import path
from tests.checks.examples import examples, opened, registry, seen, wanted

PARTITIONS = {"azure": "AzureCloud", "gcp": "googleapis.com"}
ACCOUNTS = {"azure": "subscriptionId", "gcp": "asset.project"}  # where a row says whose it is
EXAMPLES = [(name, one) for name in PARTITIONS for one in examples(name)]


@pytest.mark.parametrize(
    ("provider", "example"), EXAMPLES, ids=[f"{name} {one['file']}" for name, one in EXAMPLES]
)
def test_a_row_gives_its_store(provider: str, example: Any) -> None:
    kind = registry().store_types[example["type"]]
    assert isinstance(kind, StoreType)
    where = ACCOUNTS[provider]
    told = [path(one)(example["row"]) for one in (where, f"parent.{where}")]
    account = next((one for one in told if one), example.get("account", ""))
    scope = Scope(provider=provider, partition=PARTITIONS[provider], account=account)
    store = opened(example, kind, scope)
    assert seen(store, example["store"]) == wanted(example["store"])


@pytest.mark.parametrize("provider", PARTITIONS)
def test_every_type_that_is_listed_has_an_example(provider: str) -> None:
    told = {one["type"] for name, one in EXAMPLES if name == provider}
    declared = {
        name
        for name, kind in registry().store_types.items()
        if kind.provider == provider and isinstance(kind, StoreType) and not kind.is_subject
    }
    assert declared <= told
