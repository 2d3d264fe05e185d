"""Azure Batch: files of jobs rest in an account that it names."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Ref, StoreType

from ._forms import reachable

account = StoreType(
    "azure.batch.account",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.batch/batchaccounts",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.encryption.keyVaultProperties.keyIdentifier"),
    copies=(Copies(items="properties.autoStorage.storageAccountId", id="@"),),
    facts={"flavour": "properties.poolAllocationMode || ''", "publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.batch/batchaccounts",
)
