"""What the tests of the Azure connection share: an estate, and questions put to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from auditor.model import Gap, Scope
from auditor.registry import resolve
from auditor.testing.azure import AzureEstate, AzureFake, subscription

ONE, TWO, THREE = (f"00000000-0000-4000-8000-00000000000{n}" for n in "abc")
ACCOUNT = "Microsoft.Storage/storageAccounts"
GRAPH = "Microsoft.ResourceGraph:resources"
PERSON = "dupont"  # in every sentence of the fake's refusals


def stored(account: str, name: str, **more: Any) -> dict[str, Any]:
    """A storage account as Resource Graph tells it."""
    return {
        "id": f"/subscriptions/{account}/resourceGroups/rg-dpi/providers/{ACCOUNT}/{name}",
        "name": name,
        "type": ACCOUNT.lower(),
        "location": "francecentral",
        "subscriptionId": account,
        "resourceGroup": "rg-dpi",
        "properties": {},
        **more,
    }


def estate(**more: Any) -> AzureEstate:
    """Two subscriptions with three storage accounts each."""
    given: dict[str, Any] = {
        "subscriptions": [subscription(ONE, "CHU Lumière"), subscription(TWO, "Recherche")],
        "rows": [stored(a, f"chulumiere{n}") for a in (ONE, TWO) for n in range(3)],
    }
    return AzureEstate(**{**given, **more})


@contextmanager
def connected(
    told: AzureEstate | None = None, settings: Mapping[str, Any] | None = None, **options: Any
) -> Iterator[tuple[AzureFake, Any]]:
    """A fake, and the true connection to it."""
    with AzureFake(told or estate(), **options) as fake:
        connect = resolve("auditor.checks.azure._api:connect")
        yield fake, connect({**fake.settings, **(settings or {})})


def scope(account: str) -> Scope:
    return Scope(provider="azure", partition="AzureCloud", account=account)


def ask(azure: Any, operation: str, **params: Any) -> Mapping[str, Any]:
    """One question, once."""
    service, _, name = operation.partition(":")
    return azure.call(scope(ONE), service, "", name, params)


def pages(azure: Any, operation: str, params: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The answers of a question, page by page."""
    service, _, name = operation.partition(":")
    asked: Mapping[str, Any] | None = params
    while asked is not None:
        answer = azure.call(scope(ONE), service, "", name, asked)
        yield answer
        asked = azure.next_page(service, name, asked, answer)


def parted(found: Any) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The accounts in scope, and the gaps."""
    told = list(found)
    gaps = [(g.scope.account, g.reason.value, g.detail) for g in told if isinstance(g, Gap)]
    return [s.account for s in told if isinstance(s, Scope)], gaps
