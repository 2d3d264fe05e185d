"""Azure Container Instances: what they mount rests in accounts that they name."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Ref, StoreType

from ._forms import key_uri

_KEY = "properties.encryptionProperties"

group = StoreType(
    "azure.containerinstance.group",
    category=Category.FILE,
    listing=None,
    row="microsoft.containerinstance/containergroups",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    key=Ref("azure.keyvault.key", key_uri(f"{_KEY}.vaultBaseUrl", f"{_KEY}.keyName")),
    copies=(Copies(items="properties.volumes[].azureFile.storageAccountName", id="@"),),
    facts={"publicly_accessible": "properties.ipAddress.type == 'Public'"},
    source="https://learn.microsoft.com/azure/templates/microsoft.containerinstance/containergroups",
)
