"""Memorystore: Redis, Redis Cluster and Memcached. The region is in the name; others are zones."""

from __future__ import annotations

from auditor.sdk import GIB, MIB, Category, Copies, Part, Ref, Size, StoreType

from ._values import LOCATION, full_name, key

_DOCS = "https://docs.cloud.google.com/memorystore/docs"

redis = StoreType(
    "gcp.redis.instance",
    category=Category.CACHE,
    listing=None,
    row="redis.googleapis.com/Instance",
    id=full_name("redis"),
    also=("name",),
    label="displayName",
    region=LOCATION,
    bytes=Size("memorySizeGb", GIB),
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("customerManagedKey"),
    facts={"persistence": "persistenceConfig.persistenceMode"},
    source=f"{_DOCS}/redis/reference/rest/v1/projects.locations.instances",
)

cluster = StoreType(
    "gcp.redis.cluster",
    category=Category.CACHE,
    listing=None,
    row="redis.googleapis.com/Cluster",
    id=full_name("redis"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes=Size("preciseSizeGb", GIB),
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("kmsKey"),
    copies=(
        Copies(
            items="crossClusterReplicationConfig.secondaryClusters",
            id="cluster",
            region=Part("cluster", "/", 3),
        ),
    ),
    origin=Ref("gcp.redis.cluster", "crossClusterReplicationConfig.primaryCluster.cluster"),
    source=f"{_DOCS}/cluster/reference/rest/v1/projects.locations.clusters",
)

memcached = StoreType(
    "gcp.memcache.instance",
    category=Category.CACHE,
    listing=None,
    row="memcache.googleapis.com/Instance",
    id=full_name("memcache"),
    also=("name",),
    label="displayName",
    region=LOCATION,
    bytes=Size("nodeConfig.memorySizeMb", MIB),
    created="createTime",
    tags="labels",
    source=f"{_DOCS}/memcached/reference/rest/v1/projects.locations.instances",
)
