"""Azure App Configuration: settings, which may hold secrets, and the regions they are copied to."""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Ref, StoreType, Text

from ._forms import reachable

_replicas = Ask(
    "Microsoft.AppConfiguration:configurationStores/replicas", {"path": Text("{id}/replicas")}
)

store = StoreType(
    "azure.appconfiguration.store",
    category=Category.NOSQL,
    listing=None,
    row="microsoft.appconfiguration/configurationstores",
    id="id",
    also=("properties.endpoint",),
    label="name",
    region=Folded("location"),
    created="properties.creationDate",
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.encryption.keyVaultProperties.keyIdentifier"),
    copies=(Copies(items=_replicas["value"], id="id", region=Folded("location")),),
    facts={"flavour": "sku.name || ''", "publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.appconfiguration/configurationstores",
)
