"""What there is in the Azure that is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._stored import Objects

TENANT = "00000000-0000-4000-8000-00000000aaaa"


def subscription(
    account: str, name: str = "", state: str = "Enabled", tenant: str = TENANT
) -> dict[str, Any]:
    """A subscription as Azure Resource Manager lists it."""
    return {
        "id": f"/subscriptions/{account}",
        "subscriptionId": account,
        "displayName": name or account,
        "state": state,
        "tenantId": tenant,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class AzureEstate:
    """What there is: subscriptions, management groups, rows of Resource Graph, further answers.

    `groups` are subscription ids by management group, `tables` the table of a row's type where it
    is not `resources`, `answers` what a path of Azure Resource Manager answers: a JSON object, or
    `{"error": "Code"}`. A path that is a row's id answers the row. `blobs` are what containers
    hold, by `account/container` and name.
    """

    subscriptions: Sequence[Mapping[str, Any]] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    blobs: Mapping[str, Objects] = field(default_factory=dict)
