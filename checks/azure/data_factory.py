"""Azure Data Factory: it moves data and keeps how.

Linked services, which may name other clouds, are not in the inventory; a run with the resolved
integration runtime may work in the region of what it writes to.
https://learn.microsoft.com/azure/data-factory/concepts-integration-runtime
"""

from __future__ import annotations

from auditor.sdk import Category, Folded, Ref, StoreType

from ._forms import key_uri, reachable

factory = StoreType(
    "azure.datafactory.factory",
    category=Category.STREAM,
    listing=None,
    row="microsoft.datafactory/factories",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createTime",
    tags="tags",
    encrypted="`true`",
    key=Ref(
        "azure.keyvault.key",
        key_uri("properties.encryption.vaultBaseUrl", "properties.encryption.keyName"),
    ),
    facts={"publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.datafactory/factories",
)
