"""Snapshots of Amazon RDS and Aurora.

Only the manual ones: those that RDS takes by itself are the automated backup of their database,
those of AWS Backup are recovery points, and neither can be shared. The origin of a copy, from
another region or account, is the snapshot it was copied from.
"""

from __future__ import annotations

from auditor.sdk import GIB, Ask, Category, Grants, Listing, Ref, Size, StoreType, Text

from ._values import LOCAL_ZONE

_MANUAL = {"SnapshotType": "'manual'"}
_RESTORE = "[?AttributeName=='restore'].AttributeValues[]"

_attributes = Ask(
    "rds:DescribeDBSnapshotAttributes", {"DBSnapshotIdentifier": "DBSnapshotIdentifier"}
)
_cluster_attributes = Ask(
    "rds:DescribeDBClusterSnapshotAttributes",
    {"DBClusterSnapshotIdentifier": "DBClusterSnapshotIdentifier"},
)

db_snapshot = StoreType(
    "aws.rds.db_snapshot",
    category=Category.SNAPSHOT,
    listing=Listing("rds:DescribeDBSnapshots", items="DBSnapshots", params=_MANUAL),
    id="DBSnapshotArn",
    also=("DBSnapshotIdentifier",),
    label="DBSnapshotIdentifier",
    region=LOCAL_ZONE,
    bytes=Size("AllocatedStorage", GIB),
    created="SnapshotCreateTime",
    tags="TagList",
    encrypted="Encrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    shares=(
        Grants(
            items=_attributes[f"DBSnapshotAttributesResult.DBSnapshotAttributes{_RESTORE}"],
            account="@",
            public="@ == 'all'",
        ),
    ),
    origin=Ref(
        "aws.rds.db_instance",
        (
            "SourceDBSnapshotIdentifier",
            Text("arn:{partition}:rds:{region}:{account}:db:{DBInstanceIdentifier}"),
        ),
    ),
    facts={"origin_region": "SourceRegion || ''"},
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html",
)

db_cluster_snapshot = StoreType(
    "aws.rds.db_cluster_snapshot",
    category=Category.SNAPSHOT,
    listing=Listing("rds:DescribeDBClusterSnapshots", items="DBClusterSnapshots", params=_MANUAL),
    only="Engine != 'neptune' && Engine != 'docdb'",
    id="DBClusterSnapshotArn",
    also=("DBClusterSnapshotIdentifier",),
    label="DBClusterSnapshotIdentifier",
    bytes=Size("AllocatedStorage", GIB),
    created="SnapshotCreateTime",
    tags="TagList",
    encrypted="StorageEncrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    shares=(
        Grants(
            items=_cluster_attributes[
                f"DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes{_RESTORE}"
            ],
            account="@",
            public="@ == 'all'",
        ),
    ),
    origin=Ref(
        "aws.rds.db_cluster",
        (
            "SourceDBClusterSnapshotArn",
            Text("arn:{partition}:rds:{region}:{account}:cluster:{DBClusterIdentifier}"),
        ),
    ),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html",
)
