"""Azure SQL Database: servers, their databases, and what is kept of those that were deleted.

Backups are replicated to the paired region unless their redundancy says otherwise
(https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview). A database has
the customer's key of its server, unless it has its own; its encryption at rest can be turned off.
Long-term backups are listed for the servers that exist: those of a server that was deleted outlive
it and are not.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Listing, Part, Ref, StoreType, Text

from ._forms import reachable
from ._values import PLACE, PLACE_OF_PARENT, in_pair

_server = Ask("Microsoft.Sql:servers", {"path": Part("id", "/databases/", 0)}, once=True)
_groups = Ask("Microsoft.Sql:servers/failoverGroups", {"path": Text("{id}/failoverGroups")})
_links = Ask(
    "Microsoft.Sql:servers/databases/replicationLinks", {"path": Text("{id}/replicationLinks")}
)
_encryption = Ask(
    "Microsoft.Sql:servers/databases/transparentDataEncryption",
    {"path": Text("{id}/transparentDataEncryption/current")},
)


def _geo(name: str) -> str:
    """Whether a redundancy of backups leaves the region."""
    return f"(properties.{name} == 'Geo' || properties.{name} == 'GeoZone')"


server = StoreType(
    "azure.sql.server",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.sql/servers",
    needs=("properties.fullyQualifiedDomainName",),
    whole=Ask("Microsoft.Sql:servers", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.keyId"),
    copies=(
        Copies(
            items=_groups[
                "value[?properties.replicationRole == 'Primary'].properties.partnerServers[]"
            ],
            id="id",
            region=Folded("location"),
        ),
    ),
    facts={
        "publicly_accessible": reachable(),
        "cross_tenant_client": "properties.federatedClientId",
        "outbound_restricted": "properties.restrictOutboundNetworkAccess",
    },
    source="https://learn.microsoft.com/rest/api/sql/servers/list",
)

database = StoreType(
    "azure.sql.database",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.sql/servers/databases",
    only="name != 'master'",
    needs=("properties.currentBackupStorageRedundancy",),
    whole=Ask("Microsoft.Sql:servers/databases", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes="properties.maxSizeBytes",
    created="properties.creationDate",
    tags="tags",
    encrypted=_encryption["properties.state && properties.state == 'Enabled'"],
    key=Ref("azure.keyvault.key", ("properties.encryptionProtector", _server["properties.keyId"])),
    copies=(
        in_pair(
            f"{_geo('currentBackupStorageRedundancy')}"
            f" || {_geo('requestedBackupStorageRedundancy')}"
        ),
        Copies(
            items=_links[
                "value[?properties.role == 'Primary' || properties.role == 'Source'].properties"
            ],
            id="partnerDatabaseId",
            region=Folded("partnerLocation"),
        ),
    ),
    origin=Ref("azure.sql.database", "properties.sourceDatabaseId"),
    parent=Ref("azure.sql.server", Part("id", "/databases/", 0)),
    facts={
        "backup_redundancy": "properties.currentBackupStorageRedundancy",
        "backup_redundancy_wanted": "properties.requestedBackupStorageRedundancy",
        "secondary": "properties.secondaryType",
        "zone_redundant": "properties.zoneRedundant",
    },
    source="https://learn.microsoft.com/rest/api/sql/databases/list-by-server",
)

dropped_database = StoreType(
    "azure.sql.dropped_database",
    category=Category.BACKUP,
    listing=Listing(
        "Microsoft.Sql:servers/restorableDroppedDatabases",
        items="value",
        params={"path": Text("{id}/restorableDroppedDatabases")},
        of="microsoft.sql/servers",
    ),
    id="id",
    label="properties.databaseName",
    region=(PLACE, PLACE_OF_PARENT),
    created="properties.deletionDate",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "parent.properties.keyId"),
    copies=(in_pair(_geo("backupStorageRedundancy"), "parent.location"),),
    parent=Ref("azure.sql.server", "parent.id"),
    facts={"backup_redundancy": "properties.backupStorageRedundancy"},
    source="https://learn.microsoft.com/rest/api/sql/restorable-dropped-databases/list-by-server",
)

ltr_backup = StoreType(
    "azure.sql.ltr_backup",
    category=Category.BACKUP,
    listing=Listing(
        "Microsoft.Sql:locations/longTermRetentionServers/longTermRetentionBackups",
        items="value",
        params={
            "path": Text(
                "/subscriptions/{subscriptionId}/providers/Microsoft.Sql/locations/{location}"
                "/longTermRetentionServers/{name}/longTermRetentionBackups"
            )
        },
        of="microsoft.sql/servers",
    ),
    id="id",
    label="name",
    region=PLACE_OF_PARENT,
    created="properties.backupTime",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "parent.properties.keyId"),
    copies=(
        in_pair(
            f"{_geo('backupStorageRedundancy')} || {_geo('requestedBackupStorageRedundancy')}",
            "parent.location",
        ),
    ),
    parent=Ref("azure.sql.server", "parent.id"),
    facts={
        "database": "properties.databaseName",
        "expires": "properties.backupExpirationTime",
        "backup_redundancy": "properties.backupStorageRedundancy",
    },
    source="https://learn.microsoft.com/rest/api/sql/long-term-retention-backups/list-by-server",
)
