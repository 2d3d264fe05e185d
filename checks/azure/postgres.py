"""Azure Database for PostgreSQL: flexible servers, the clusters of Cosmos DB, single servers.

All are encrypted at rest. Backups that are geographically redundant are in the paired region
(https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore), encrypted
there with a key of their own. Single servers are retired; what remains of one is told.
"""

from __future__ import annotations

from auditor.sdk import GIB, MIB, Ask, Category, Copies, Folded, Ref, Size, StoreType, Text

from ._forms import reachable
from ._values import PLACE, in_pair

_replicas = Ask(
    "Microsoft.DBforPostgreSQL:flexibleServers/replicas", {"path": Text("{id}/replicas")}
)

flexible_server = StoreType(
    "azure.postgres.flexible_server",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.dbforpostgresql/flexibleservers",
    needs=("properties.backup.geoRedundantBackup", "properties.storage.storageSizeGB"),
    whole=Ask("Microsoft.DBforPostgreSQL:flexibleServers", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.storage.storageSizeGB", GIB),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.dataEncryption.primaryKeyURI"),
    copies=(
        in_pair("properties.backup.geoRedundantBackup == 'Enabled'"),
        Copies(items=_replicas["value"], id="id", region=Folded("location")),
    ),
    origin=Ref("azure.postgres.flexible_server", "properties.sourceServerResourceId"),
    facts={
        "publicly_accessible": reachable("properties.network.publicNetworkAccess"),
        "geo_redundant_backup": "properties.backup.geoRedundantBackup",
        "geo_backup_key": "properties.dataEncryption.geoBackupKeyURI",
        "replication_role": "properties.replicationRole",
        "high_availability": "properties.highAvailability.mode",
        "zone": "properties.availabilityZone",
        "standby_zone": "properties.highAvailability.standbyAvailabilityZone",
    },
    source="https://learn.microsoft.com/rest/api/postgresql/servers/list-by-subscription",
)

single_server = StoreType(
    "azure.postgres.single_server",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.dbforpostgresql/servers",
    needs=("properties.storageProfile.geoRedundantBackup",),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.storageProfile.storageMB", MIB),
    tags="tags",
    encrypted="`true`",
    copies=(in_pair("properties.storageProfile.geoRedundantBackup == 'Enabled'"),),
    origin=Ref("azure.postgres.single_server", "properties.masterServerId"),
    facts={
        "retired": "`true`",
        "publicly_accessible": reachable(),
        "customer_key_wanted": "properties.byokEnforcement",
    },
    source="https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server",
)

cosmos_cluster = StoreType(
    "azure.cosmosdb.postgres_cluster",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.dbforpostgresql/servergroupsv2",
    needs=("properties.nodeCount",),
    whole=Ask("Microsoft.DBforPostgreSQL:serverGroupsv2", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.coordinatorStorageQuotaInMb", MIB),
    tags="tags",
    encrypted="`true`",
    copies=(Copies(items="properties.readReplicas", id="@"),),
    origin=Ref("azure.cosmosdb.postgres_cluster", "properties.sourceResourceId"),
    facts={
        "publicly_accessible": "properties.coordinatorEnablePublicIpAccess",
        "origin_region": Folded("properties.sourceLocation"),
        "nodes": "properties.nodeCount",
    },
    source="https://learn.microsoft.com/rest/api/postgresqlhsc/clusters/list",
)
