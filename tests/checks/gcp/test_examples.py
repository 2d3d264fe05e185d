"""Every store type gives, from the rows that are documented, the stores that it must."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from auditor.declare import StoreType
from auditor.model import Scope
from auditor.reading import path
from tests.checks.examples import examples, opened, registry, seen, wanted

EXAMPLES = list(examples("gcp"))
SCOPE = Scope(provider="gcp", partition="googleapis.com", account="", region="")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["file"])
def test_a_row_gives_its_store(example: Any) -> None:
    kind = registry().store_types[example["type"]]
    assert isinstance(kind, StoreType)
    told = [path(where)(example["row"]) for where in ("asset.project", "parent.asset.project")]
    account = next((one for one in told if one), example.get("account", ""))
    scope = replace(SCOPE, account=account)
    store = opened(example, kind, scope)
    assert seen(store, example["store"]) == wanted(example["store"])


def test_every_type_that_is_listed_has_an_example() -> None:
    told = {one["type"] for one in EXAMPLES}
    declared = {
        name
        for name, kind in registry().store_types.items()
        if kind.provider == "gcp" and isinstance(kind, StoreType) and not kind.is_subject
    }
    assert declared <= told
