"""Azure Synapse Analytics: workspaces and their dedicated SQL pools.

The data lake of a workspace is a storage account, surveyed as such, and may be in another region.
The backups of a pool are replicated to the paired region or not, as its storage says
(https://learn.microsoft.com/azure/synapse-analytics/sql-data-warehouse/backup-and-restore); its
encryption at rest can be turned off.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Part, Ref, StoreType, Text

from ._forms import reachable
from ._values import PLACE, in_pair

_KEY = "properties.encryption.cmk.key.keyVaultUrl"
_workspace = Ask("Microsoft.Synapse:workspaces", {"path": Part("id", "/sqlPools/", 0)}, once=True)
_encryption = Ask(
    "Microsoft.Synapse:workspaces/sqlPools/transparentDataEncryption",
    {"path": Text("{id}/transparentDataEncryption/current")},
)

workspace = StoreType(
    "azure.synapse.workspace",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.synapse/workspaces",
    needs=("properties.workspaceUID",),
    whole=Ask("Microsoft.Synapse:workspaces", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    facts={
        "publicly_accessible": reachable(),
        "data_lake": "properties.defaultDataLakeStorage.accountUrl",
        "encrypted_twice": "properties.encryption.doubleEncryptionEnabled",
    },
    source="https://learn.microsoft.com/rest/api/synapse/resourcemanager/workspaces/list",
)

sql_pool = StoreType(
    "azure.synapse.sql_pool",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.synapse/workspaces/sqlpools",
    needs=("properties.storageAccountType",),
    whole=Ask("Microsoft.Synapse:workspaces/sqlPools", {"path": "id"}),
    id="id",
    label=Part("id", "/workspaces/", 1),
    region=PLACE,
    bytes="properties.maxSizeBytes",
    created="properties.creationDate",
    tags="tags",
    encrypted=_encryption["properties.status && properties.status == 'Enabled'"],
    key=Ref("azure.keyvault.key", _workspace[_KEY]),
    copies=(in_pair("ends_with(properties.storageAccountType || '', 'GRS')"),),
    origin=Ref("*", "properties.sourceDatabaseId"),
    parent=Ref("azure.synapse.workspace", Part("id", "/sqlPools/", 0)),
    facts={"backup_redundancy": "properties.storageAccountType", "state": "properties.status"},
    source="https://learn.microsoft.com/rest/api/synapse/resourcemanager/sql-pools/list-by-workspace",
)
