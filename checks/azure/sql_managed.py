"""Azure SQL Managed Instance: instances, their databases, and the backups kept for long.

What a database does not say of itself, its instance does: the customer's key, and whether backups
are replicated to the paired region. A failover group is asked of where it is named.
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
    Part,
    Ref,
    Role,
    Size,
    StoreType,
    Text,
)

from ._values import PLACE, PLACE_OF_PARENT, in_pair, none_unless

_instance = Ask("Microsoft.Sql:managedInstances", {"path": Part("id", "/databases/", 0)}, once=True)
_group = Ask(
    "Microsoft.Sql:locations/instanceFailoverGroups",
    {"path": "properties.failoverGroupId"},
    once=True,
)
_encryption = Ask(
    "Microsoft.Sql:managedInstances/databases/transparentDataEncryption",
    {"path": Text("{id}/transparentDataEncryption/current")},
)
_GEO = (
    "properties.currentBackupStorageRedundancy == 'Geo'"
    " || properties.currentBackupStorageRedundancy == 'GeoZone'"
    " || properties.requestedBackupStorageRedundancy == 'Geo'"
    " || properties.requestedBackupStorageRedundancy == 'GeoZone'"
)

managed_instance = StoreType(
    "azure.sql.managed_instance",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.sql/managedinstances",
    needs=("properties.currentBackupStorageRedundancy",),
    whole=Ask("Microsoft.Sql:managedInstances", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.storageSizeInGB", GIB),
    created="properties.createTime",
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.keyId"),
    copies=(in_pair(_GEO),),
    origin=Ref("azure.sql.managed_instance", "properties.sourceManagedInstanceId"),
    facts={
        "publicly_accessible": "properties.publicDataEndpointEnabled",
        "backup_redundancy": "properties.currentBackupStorageRedundancy",
        "zone_redundant": "properties.zoneRedundant",
    },
    source="https://learn.microsoft.com/rest/api/sql/managed-instances/list",
)

managed_database = StoreType(
    "azure.sql.managed_database",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.sql/managedinstances/databases",
    needs=("properties.creationDate",),
    whole=Ask("Microsoft.Sql:managedInstances/databases", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    created="properties.creationDate",
    tags="tags",
    encrypted=_encryption["properties.state && properties.state == 'Enabled'"],
    key=Ref("azure.keyvault.key", _instance["properties.keyId"]),
    copies=(
        Copies(
            items=_instance[f"(({_GEO}) && {{region: location}}) || `null`"],
            role=Role.BACKUP,
            region=Paired(Folded("region")),
        ),
        Copies(
            items=(
                none_unless("properties.failoverGroupId"),
                _group["properties.partnerRegions"],
            ),
            region=Folded("location"),
        ),
    ),
    origin=Ref(
        "azure.sql.managed_database",
        ("properties.sourceDatabaseId", "properties.crossSubscriptionSourceDatabaseId"),
    ),
    parent=Ref("azure.sql.managed_instance", Part("id", "/databases/", 0)),
    source="https://learn.microsoft.com/rest/api/sql/managed-databases/list-by-instance",
)

_LTR = "properties.backupStorageRedundancy"

managed_ltr_backup = StoreType(
    "azure.sql.managed_ltr_backup",
    category=Category.BACKUP,
    listing=Listing(
        "Microsoft.Sql:locations/longTermRetentionManagedInstances"
        "/longTermRetentionManagedInstanceBackups",
        items="value",
        params={
            "path": Text(
                "/subscriptions/{subscriptionId}/providers/Microsoft.Sql/locations/{location}"
                "/longTermRetentionManagedInstances/{name}/longTermRetentionManagedInstanceBackups"
            )
        },
        of="microsoft.sql/managedinstances",
    ),
    id="id",
    label="name",
    region=PLACE_OF_PARENT,
    created="properties.backupTime",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "parent.properties.keyId"),
    copies=(in_pair(f"{_LTR} == 'Geo' || {_LTR} == 'GeoZone'", "parent.location"),),
    parent=Ref("azure.sql.managed_instance", "parent.id"),
    facts={
        "database": "properties.databaseName",
        "expires": "properties.backupExpirationTime",
        "backup_redundancy": _LTR,
    },
    source="https://learn.microsoft.com/rest/api/sql/long-term-retention-managed-instance-backups/list-by-instance",
)
