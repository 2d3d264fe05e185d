"""The databases and caches that the azurerm provider of Terraform tells.

Replicas, failover groups and links of replication are resources of their own. A database tells no
place: it is its server's.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import GIB, MIB, Copies, Folded, Paired, Ref, Role, Row, Size

from ._terraform import CMK, MORE_COPIES, in_pair, key_of, row, said

STORES: Mapping[str, tuple[Row, ...]] = {
    "azure.sql.server": (
        row(
            "mssql_server",
            encrypted="`true`",
            key=key_of(said("transparent_data_encryption_key_vault_key_id", "key")),
        ),
    ),
    "azure.sql.database": (
        row(
            "mssql_database",
            region="",
            encrypted="transparent_data_encryption_enabled",
            key=key_of(said("transparent_data_encryption_key_vault_key_id", "key")),
            bytes=Size("max_size_gb", GIB),
            origin=Ref("azure.sql.database", "creation_source_database_id"),
            parent=Ref("azure.sql.server", "server_id"),
            facts={"backup_redundancy_wanted": "storage_account_type"},
        ),
    ),
    "azure.sql.managed_instance": (
        row(
            "mssql_managed_instance",
            encrypted="`true`",
            copies=(
                in_pair("storage_account_type == 'GRS' || storage_account_type == 'GZRS'"),
                MORE_COPIES,
            ),
        ),
    ),
    "azure.sql.managed_database": (
        row(
            "mssql_managed_database",
            region="",
            parent=Ref("azure.sql.managed_instance", "managed_instance_id"),
        ),
    ),
    "azure.postgres.flexible_server": (
        row(
            "postgresql_flexible_server",
            bytes=Size("storage_mb", MIB),
            encrypted="`true`",
            key=key_of(CMK),
            copies=(in_pair("geo_redundant_backup_enabled"), MORE_COPIES),
            origin=Ref("azure.postgres.flexible_server", "source_server_id"),
            facts={
                "geo_backup_key": "customer_managed_key[0].geo_backup_key_vault_key_id",
                "replication_role": "replication_role",
                "zone": "zone",
            },
        ),
    ),
    "azure.mysql.flexible_server": (
        row(
            "mysql_flexible_server",
            bytes=Size("storage[0].size_gb", GIB),
            encrypted="`true`",
            key=key_of(CMK),
            copies=(in_pair("geo_redundant_backup_enabled"), MORE_COPIES),
            origin=Ref("azure.mysql.flexible_server", "source_server_id"),
            facts={"replication_role": "replication_role", "zone": "zone"},
        ),
    ),
    "azure.cosmosdb.account": (
        row(
            "cosmosdb_account",
            region=Folded("geo_location[?failover_priority==`0`].location | [0]"),
            encrypted="`true`",
            key=key_of("key_vault_key_id || managed_hsm_key_id"),
            copies=(
                Copies(items="geo_location[?failover_priority!=`0`]", region=Folded("location")),
                Copies(
                    items="(backup[0].storage_redundancy == 'Geo' && geo_location"
                    "[?failover_priority==`0`]) || `null`",
                    role=Role.BACKUP,
                    region=Paired(Folded("location")),
                ),
            ),
        ),
    ),
    "azure.cosmosdb.mongo_cluster": (
        row(
            "mongo_cluster",
            bytes=Size("storage_size_in_gb", GIB),
            encrypted="`true`",
            key=key_of(CMK),
            origin=Ref("azure.cosmosdb.mongo_cluster", "source_server_id"),
            facts={"origin_region": Folded("source_location")},
        ),
    ),
    "azure.cosmosdb.postgres_cluster": (
        row(
            "cosmosdb_postgresql_cluster",
            encrypted="`true`",
            origin=Ref("azure.cosmosdb.postgres_cluster", "source_resource_id"),
        ),
    ),
    "azure.redis.cache": (row("redis_cache"),),
    "azure.redis.enterprise": (
        row("redis_enterprise_cluster", encrypted="`true`"),
        row("managed_redis", encrypted="`true`", key=key_of(CMK)),
    ),
    "azure.search.service": (row("search_service", encrypted="`true`"),),
    "azure.kusto.cluster": (row("kusto_cluster", encrypted="`true`"),),
    "azure.kusto.database": (row("kusto_database", tags="", encrypted="`true`"),),
}
