"""Azure Databricks workspaces.

The root storage of a workspace is an account that Databricks manages, replicated to the paired
region unless its SKU says otherwise; a serverless workspace has none. Tables, catalogues and what
is shared with others are told by Databricks only, not by Azure.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Paired, Ref, StoreType

from ._forms import key_uri, reachable
from ._values import PLACE

_SERVICES = "properties.encryption.entities.managedServices.keyVaultProperties"
_ROOT = "properties.parameters.encryption.value"
_SKU = "properties.parameters.storageAccountSkuName.value"
# a SKU that is not told leaves the place of the copy unknown
_GEO = (
    f"properties.computeMode != 'Serverless' && !ends_with({_SKU} || '', '_LRS')"
    f" && !ends_with({_SKU} || '', '_ZRS')"
)
_COPIED = f"({_GEO} && {{region: ({_SKU} && location) || `null`}}) || `null`"

workspace = StoreType(
    "azure.databricks.workspace",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.databricks/workspaces",
    needs=("properties.managedResourceGroupId", "properties.parameters"),
    whole=Ask("Microsoft.Databricks:workspaces", {"path": "id"}),
    id="id",
    also=("properties.workspaceId",),
    label="name",
    region=PLACE,
    created="properties.createdDateTime",
    tags="tags",
    encrypted="`true`",
    key=Ref(
        "azure.keyvault.key",
        (
            key_uri(f"{_SERVICES}.keyVaultUri", f"{_SERVICES}.keyName"),
            f"({_ROOT}.keySource != 'Default'"
            f" && ({key_uri(f'{_ROOT}.keyvaulturi', f'{_ROOT}.KeyName')})) || `null`",
        ),
    ),
    copies=(Copies(items=_COPIED, region=Paired(Folded("region"))),),
    facts={
        "publicly_accessible": reachable(),
        "geo_redundant": _GEO,
        "compute": "properties.computeMode",
        "root_storage": "properties.parameters.storageAccountName.value",
        "root_redundancy": _SKU,
        "managed_group": "properties.managedResourceGroupId",
        "disk_encryption_set": "properties.diskEncryptionSetId",
        "unity_catalog": "properties.isUcEnabled",
    },
    source="https://learn.microsoft.com/rest/api/databricks/workspaces/list-by-subscription",
)
