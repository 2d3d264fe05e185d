"""Amazon RDS and Aurora.

The listings hold Neptune and DocumentDB too: their instances always belong to a cluster, as those
of Aurora do, whose storage is the cluster's; their clusters are left to types of their own.
A replica in another region is named by its ARN, one in the same region by its bare identifier.
"""

from __future__ import annotations

from auditor.sdk import (
    GIB,
    Ask,
    Category,
    Copies,
    Listing,
    Metric,
    Ref,
    Role,
    Size,
    StoreType,
    Text,
)

from ._values import LOCAL_ZONE, account_of, region_of

# A cluster outside every global database asks for a group that cannot be: once per region.
_global = Ask(
    "rds:DescribeGlobalClusters",
    {"GlobalClusterIdentifier": ("GlobalClusterIdentifier", "'none'")},
    absent=("GlobalClusterNotFoundFault",),
    once=True,
)


def _replicas(items: str) -> Copies:
    return Copies(
        items=items,
        id="@",
        region=(region_of("@"), Text("{region}")),
        account=(account_of("@"), Text("{account}")),
    )


db_instance = StoreType(
    "aws.rds.db_instance",
    category=Category.RELATIONAL,
    listing=Listing("rds:DescribeDBInstances", items="DBInstances"),
    only="!DBClusterIdentifier",
    id="DBInstanceArn",
    also=("DBInstanceIdentifier", "DbiResourceId"),
    label="DBInstanceIdentifier",
    region=LOCAL_ZONE,
    bytes=Size("AllocatedStorage", GIB),
    created="InstanceCreateTime",
    tags="TagList",
    encrypted="StorageEncrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    copies=(
        _replicas("ReadReplicaDBInstanceIdentifiers"),
        _replicas("ReadReplicaDBClusterIdentifiers"),
        Copies(
            items="DBInstanceAutomatedBackupsReplications[].DBInstanceAutomatedBackupsArn",
            role=Role.BACKUP,
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
    ),
    facts={"engine": "Engine", "publicly_accessible": "PubliclyAccessible || `false`"},
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html",
)

db_cluster = StoreType(
    "aws.rds.db_cluster",
    category=Category.RELATIONAL,
    listing=Listing("rds:DescribeDBClusters", items="DBClusters"),
    only="Engine != 'neptune' && Engine != 'docdb'",
    id="DBClusterArn",
    also=("DBClusterIdentifier", "DbClusterResourceId"),
    label="DBClusterIdentifier",
    bytes=Metric(  # AllocatedStorage of Aurora is always 1
        namespace="AWS/RDS",
        name="VolumeBytesUsed",
        dimensions={"DBClusterIdentifier": "DBClusterIdentifier"},
    ),
    created="ClusterCreateTime",
    tags="TagList",
    encrypted="StorageEncrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    copies=(
        _replicas("ReadReplicaIdentifiers"),
        Copies(
            items=_global["GlobalClusters[].GlobalClusterMembers[]"],
            id="DBClusterArn",
            region=region_of("DBClusterArn"),
            account=account_of("DBClusterArn"),
        ),
    ),
    facts={"engine": "Engine", "publicly_accessible": "PubliclyAccessible || `false`"},
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html",
)

automated_backup = StoreType(
    "aws.rds.automated_backup",
    category=Category.BACKUP,
    listing=Listing("rds:DescribeDBInstanceAutomatedBackups", items="DBInstanceAutomatedBackups"),
    id=(
        "DBInstanceAutomatedBackupsArn",
        Text("arn:{partition}:rds:{region}:{account}:auto-backup:{DbiResourceId}"),
        Text("arn:{partition}:rds:{region}:{account}:auto-backup:{DBInstanceIdentifier}"),
    ),
    label="DBInstanceIdentifier",
    bytes=Size("AllocatedStorage", GIB),
    created="RestoreWindow.EarliestTime",
    tags="TagList",
    encrypted="Encrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    copies=(
        Copies(
            items="DBInstanceAutomatedBackupsReplications[].DBInstanceAutomatedBackupsArn",
            role=Role.BACKUP,
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
    ),
    origin=Ref("aws.rds.db_instance", "DBInstanceArn"),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstanceAutomatedBackups.html",
)

cluster_automated_backup = StoreType(
    "aws.rds.cluster_automated_backup",
    category=Category.BACKUP,
    listing=Listing("rds:DescribeDBClusterAutomatedBackups", items="DBClusterAutomatedBackups"),
    only="Engine != 'neptune' && Engine != 'docdb'",
    id=(
        "DBClusterAutomatedBackupsArn",
        Text("arn:{partition}:rds:{region}:{account}:cluster-auto-backup:{DbClusterResourceId}"),
        Text("arn:{partition}:rds:{region}:{account}:cluster-auto-backup:{DBClusterIdentifier}"),
    ),
    label="DBClusterIdentifier",
    bytes=Size("AllocatedStorage", GIB),
    created="RestoreWindow.EarliestTime",
    tags="TagList",
    encrypted="StorageEncrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    origin=Ref("aws.rds.db_cluster", "DBClusterArn"),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterAutomatedBackups.html",
)
