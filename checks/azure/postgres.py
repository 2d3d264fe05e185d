"""Azure Database for PostgreSQL: flexible servers, the clusters of Cosmos DB, single servers.

All are encrypted at rest. Backups that are geographically redundant are in the paired region
(https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore), encrypted
there with a key of their own. Single servers are retired; what remains of one is told.
"""

from __future__ import annotations

from auditor.sdk import MIB, Ask, Category, Copies, Folded, Ref, Size, StoreType

from ._servers import flexible, single
from ._values import PLACE

flexible_server = flexible(
    "azure.postgres.flexible_server",
    namespace="Microsoft.DBforPostgreSQL",
    source="https://learn.microsoft.com/rest/api/postgresql/servers/list-by-subscription",
)

single_server = single(
    "azure.postgres.single_server",
    namespace="Microsoft.DBforPostgreSQL",
    facts={"customer_key_wanted": "properties.byokEnforcement"},
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
