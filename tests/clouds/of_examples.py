"""Estates of Azure and of Google Cloud, made of the worked examples of their store types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from auditor.declare import StoreType
from auditor.testing.azure import AzureEstate, subscription
from tests.checks.examples import examples, registry


def azure_estate() -> AzureEstate:
    """Every example row of Azure that the inventory lists, once, with what is asked of it."""
    rows: dict[str, dict[str, Any]] = {}
    answers: dict[str, Any] = {}
    for one in _examples("azure"):
        kind, row = registry().store_types[one["type"]], one["row"]
        answers |= {question.partition(" ")[2]: told for question, told in _answers(one)}
        if isinstance(kind, StoreType) and kind.row and kind.listing is None:
            rows.setdefault(row["id"].lower(), row)
    accounts = sorted({row["subscriptionId"] for row in rows.values()})
    names = [subscription(account, f"chu-lumiere-{n}") for n, account in enumerate(accounts, 1)]
    return AzureEstate(subscriptions=names, rows=list(rows.values()), answers=answers)


def _examples(provider: str) -> Iterator[Any]:
    return examples(provider)


def _answers(one: Any) -> Iterator[tuple[str, Any]]:
    for question, told in one.get("answers", {}).items():
        yield question, json.loads(json.dumps(told))
