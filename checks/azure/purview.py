"""Microsoft Purview: a catalogue, with an account and a hub that the service manages for it."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, StoreType

from ._forms import reachable

account = StoreType(
    "azure.purview.account",
    category=Category.NOSQL,
    listing=None,
    row="microsoft.purview/accounts",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdAt",
    tags="tags",
    encrypted="`true`",
    copies=(
        Copies(items="properties.managedResources.storageAccount", id="@"),
        Copies(items="properties.managedResources.eventHubNamespace", id="@"),
    ),
    facts={
        "reads_aws": "properties.cloudConnectors.awsExternalId || ''",
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.purview/accounts",
)
