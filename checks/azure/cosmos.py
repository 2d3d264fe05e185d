"""Azure Cosmos DB: accounts, what was kept of deleted ones, and clusters for MongoDB.

The `location` of an account is that of its metadata: its data are in every one of its `locations`.
Periodic backups go to the region paired with the write region unless their redundancy says
otherwise, and say nothing where it is the default; continuous ones stay in the account's regions
(https://learn.microsoft.com/azure/cosmos-db/online-backup-and-restore). Everything is encrypted at
rest (https://learn.microsoft.com/azure/cosmos-db/database-encryption-at-rest).
"""

from __future__ import annotations

from auditor.sdk import (
    GIB,
    Ask,
    Category,
    Copies,
    Folded,
    Listing,
    Paired,
    Ref,
    Role,
    Size,
    StoreType,
    Text,
)

from ._forms import reachable
from ._values import PLACE

_WRITTEN = "properties.locations[?failoverPriority == `0`].locationName | [0]"
_REDUNDANCY = "properties.backupPolicy.periodicModeProperties.backupStorageRedundancy"
# a redundancy that is not told leaves the region of the backups unknown
_BACKUP = (
    f"(properties.backupPolicy.type == 'Periodic' && {_REDUNDANCY} != 'Local'"
    f" && {_REDUNDANCY} != 'Zone'"
    f" && {{region: ({_REDUNDANCY} == 'Geo' && ({_WRITTEN})) || `null`}}) || `null`"
)

account = StoreType(
    "azure.cosmosdb.account",
    category=Category.NOSQL,
    listing=None,
    row="microsoft.documentdb/databaseaccounts",
    needs=("properties.locations", "properties.backupPolicy.type"),
    whole=Ask("Microsoft.DocumentDB:databaseAccounts", {"path": "id"}),
    id="id",
    also=("properties.instanceId",),
    label="name",
    region=Folded(_WRITTEN),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.keyVaultKeyUri"),
    copies=(
        Copies(
            items="properties.locations[?failoverPriority != `0`]", region=Folded("locationName")
        ),
        Copies(items=_BACKUP, role=Role.BACKUP, region=Paired(Folded("region"))),
    ),
    origin=Ref("azure.cosmosdb.restorable_account", "properties.restoreParameters.restoreSource"),
    facts={
        "kind": "kind",
        "publicly_accessible": reachable(),
        "several_write_regions": "properties.enableMultipleWriteLocations",
        "backup": "properties.backupPolicy.type",
        "backup_redundancy": _REDUNDANCY,
        "local_keys_refused": "properties.disableLocalAuth",
    },
    source="https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/database-accounts/list",
)

restorable_account = StoreType(
    "azure.cosmosdb.restorable_account",
    category=Category.BACKUP,
    listing=Listing(
        "Microsoft.DocumentDB:restorableDatabaseAccounts",
        items="value",
        params={
            "path": Text(
                "/subscriptions/{account}/providers/Microsoft.DocumentDB/restorableDatabaseAccounts"
            )
        },
        scope="global",
    ),
    only="properties.deletionTime",  # of a living account, the account itself tells
    id="id",
    also=("name",),
    label="properties.accountName",
    region=Folded("properties.restorableLocations[0].locationName"),
    created="properties.creationTime",
    encrypted="`true`",
    copies=(
        Copies(
            items="properties.restorableLocations[1:]",
            role=Role.BACKUP,
            region=Folded("locationName"),
        ),
    ),
    facts={"api": "properties.apiType", "deleted": "properties.deletionTime"},
    source="https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/restorable-database-accounts/list",
)

_replicas = Ask("Microsoft.DocumentDB:mongoClusters/replicas", {"path": Text("{id}/replicas")})

mongo_cluster = StoreType(
    "azure.cosmosdb.mongo_cluster",
    category=Category.NOSQL,
    listing=None,
    row="microsoft.documentdb/mongoclusters",
    needs=("properties.provisioningState",),
    whole=Ask("Microsoft.DocumentDB:mongoClusters", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.storage.sizeGb", GIB),
    tags="tags",
    encrypted="`true`",
    key=Ref(
        "azure.keyvault.key",
        "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
    ),
    copies=(Copies(items=_replicas["value"], id="id"),),
    origin=Ref(
        "azure.cosmosdb.mongo_cluster",
        ("properties.replica.sourceResourceId", "properties.replicaParameters.sourceResourceId"),
    ),
    facts={
        "publicly_accessible": reachable(),
        "replication_role": "properties.replica.role",
        "origin_region": Folded("properties.replicaParameters.sourceLocation"),
    },
    source="https://learn.microsoft.com/rest/api/mongocluster/mongo-clusters/list",
)
