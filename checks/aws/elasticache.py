"""Amazon ElastiCache: replication groups, single nodes and their snapshots.

The size of a group is the sum of its nodes' metrics, which no one dimension names: not told.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Listing, Ref, StoreType, Text

# A group outside every global datastore asks for one that cannot be: once per region.
_global = Ask(
    "elasticache:DescribeGlobalReplicationGroups",
    {
        "GlobalReplicationGroupId": (
            "GlobalReplicationGroupInfo.GlobalReplicationGroupId",
            "'none'",
        ),
        "ShowMemberInfo": "`true`",
    },
    absent=("GlobalReplicationGroupNotFoundFault",),
    once=True,
)
_tags = Ask("elasticache:ListTagsForResource", {"ResourceName": "ARN"})["TagList"]

replication_group = StoreType(
    "aws.elasticache.replication_group",
    category=Category.CACHE,
    listing=Listing("elasticache:DescribeReplicationGroups", items="ReplicationGroups"),
    id="ARN",
    also=("ReplicationGroupId",),
    label="ReplicationGroupId",
    created="ReplicationGroupCreateTime",
    tags=_tags,
    encrypted="AtRestEncryptionEnabled",
    key=Ref("aws.kms.key", "KmsKeyId"),
    copies=(
        Copies(
            items=_global["GlobalReplicationGroups[].Members[]"],
            id="ReplicationGroupId",
            region="ReplicationGroupRegion",
        ),
    ),
    source="https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReplicationGroups.html",
)

cache_cluster = StoreType(
    "aws.elasticache.cache_cluster",
    category=Category.CACHE,
    listing=Listing(
        "elasticache:DescribeCacheClusters",
        items="CacheClusters",
        params={"ShowCacheClustersNotInReplicationGroups": "`true`"},
    ),
    only="!ReplicationGroupId",
    id="ARN",
    also=("CacheClusterId",),
    label="CacheClusterId",
    created="CacheClusterCreateTime",
    tags=_tags,
    encrypted="AtRestEncryptionEnabled",
    facts={"engine": "Engine"},
    source="https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheClusters.html",
)

snapshot = StoreType(
    "aws.elasticache.snapshot",
    category=Category.SNAPSHOT,
    listing=Listing("elasticache:DescribeSnapshots", items="Snapshots"),
    id=("ARN", Text("arn:{partition}:elasticache:{region}:{account}:snapshot:{SnapshotName}")),
    also=("SnapshotName",),
    label="SnapshotName",
    created="NodeSnapshots[0].SnapshotCreateTime",
    tags=_tags,
    encrypted="KmsKeyId && `true`",  # the row does not say, when no key is named
    key=Ref("aws.kms.key", "KmsKeyId"),
    origin=Ref(
        "aws.elasticache.replication_group",
        (
            Text(
                "arn:{partition}:elasticache:{region}:{account}"
                ":replicationgroup:{ReplicationGroupId}"
            ),
            Text("arn:{partition}:elasticache:{region}:{account}:cluster:{CacheClusterId}"),
        ),
    ),
    source="https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeSnapshots.html",
)
