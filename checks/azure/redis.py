"""Azure Cache for Redis, Azure Managed Redis and Redis Enterprise.

Geo-replication is told by the servers linked to a cache, or by the databases linked to a database.
What memory holds is not what is kept on disk: persistence is a fact of each.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Listing, Ref, StoreType, Text

from ._forms import reachable
from ._values import PLACE, PLACE_OF_PARENT, none_unless

_linked = Ask("Microsoft.Cache:redis/linkedServers", {"path": Text("{id}/linkedServers")})

cache = StoreType(
    "azure.redis.cache",
    category=Category.CACHE,
    listing=None,
    row="microsoft.cache/redis",
    needs=("properties.sku.name", "properties.linkedServers"),
    whole=Ask("Microsoft.Cache:redis", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    copies=(
        Copies(
            items=(
                none_unless("properties.linkedServers"),
                _linked["value[?properties.serverRole == 'Secondary'].properties"],
            ),
            id="linkedRedisCacheId",
            region=Folded("linkedRedisCacheLocation"),
        ),
    ),
    facts={
        "publicly_accessible": reachable(),
        "tier": "properties.sku.name",
        "snapshots_kept": 'properties.redisConfiguration."rdb-backup-enabled"',
        "writes_kept": 'properties.redisConfiguration."aof-backup-enabled"',
        "plain_port": "properties.enableNonSslPort",
    },
    source="https://learn.microsoft.com/rest/api/redis/redis/list-by-subscription",
)

_KEY = "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl"

enterprise = StoreType(
    "azure.redis.enterprise",
    category=Category.CACHE,
    listing=None,
    row="microsoft.cache/redisenterprise",
    needs=("sku.name", "properties.hostName"),
    whole=Ask("Microsoft.Cache:redisEnterprise", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    facts={"publicly_accessible": reachable(), "tier": "sku.name"},
    source="https://learn.microsoft.com/rest/api/redis/redisenterprisecache/redis-enterprise/list",
)

enterprise_database = StoreType(
    "azure.redis.enterprise_database",
    category=Category.CACHE,
    listing=Listing(
        "Microsoft.Cache:redisEnterprise/databases",
        items="value",
        params={"path": Text("{id}/databases")},
        of="microsoft.cache/redisenterprise",
    ),
    id="id",
    label="name",
    region=PLACE_OF_PARENT,
    encrypted="`true`",
    key=Ref("azure.keyvault.key", f"parent.{_KEY}"),
    # the database itself is among those that it is linked with
    copies=(Copies(items="properties.geoReplication.linkedDatabases", id="id"),),
    parent=Ref("azure.redis.enterprise", "parent.id"),
    facts={
        "snapshots_kept": "properties.persistence.rdbEnabled",
        "writes_kept": "properties.persistence.aofEnabled",
        "replication_group": "properties.geoReplication.groupNickname",
    },
    source="https://learn.microsoft.com/rest/api/redis/redisenterprisecache/databases/list-by-cluster",
)
