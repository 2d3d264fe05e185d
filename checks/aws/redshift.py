"""Amazon Redshift, provisioned."""

from __future__ import annotations

from auditor.sdk import (
    MIB,
    Ask,
    Category,
    Copies,
    Grants,
    Listing,
    Ref,
    Role,
    Size,
    StoreType,
    Text,
)

_CLUSTER = Text("arn:{partition}:redshift:{region}:{account}:cluster:{ClusterIdentifier}")
_GIVEN = "DataShares[].DataShareAssociations[?Status=='ACTIVE' || Status=='AUTHORIZED'][]"

_datashares = Ask("redshift:DescribeDataSharesForProducer", {"ProducerArn": "ClusterNamespaceArn"})
_logging = Ask("redshift:DescribeLoggingStatus", {"ClusterIdentifier": "ClusterIdentifier"})

cluster = StoreType(
    "aws.redshift.cluster",
    category=Category.WAREHOUSE,
    listing=Listing("redshift:DescribeClusters", items="Clusters"),
    id=_CLUSTER,
    also=("ClusterIdentifier", "ClusterNamespaceArn"),
    label="ClusterIdentifier",
    bytes=Size("TotalStorageCapacityInMegaBytes", MIB),
    created="ClusterCreateTime",
    tags="Tags",
    encrypted="Encrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    copies=(
        Copies(items="ClusterSnapshotCopyStatus", role=Role.SNAPSHOT, region="DestinationRegion"),
        Copies(items=_logging["[BucketName][?@]"], role=Role.LOG, id="@"),
    ),
    shares=(Grants(items=_datashares[_GIVEN], account="ConsumerIdentifier", via="datashare"),),
    facts={
        "hsm": "HsmStatus.HsmConfigurationIdentifier || ''",
        "publicly_accessible": "PubliclyAccessible || `false`",
    },
    source="https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusters.html",
)

snapshot = StoreType(
    "aws.redshift.snapshot",
    category=Category.SNAPSHOT,
    listing=Listing("redshift:DescribeClusterSnapshots", items="Snapshots"),
    id=(
        "SnapshotArn",
        Text(
            "arn:{partition}:redshift:{region}:{account}"
            ":snapshot:{ClusterIdentifier}/{SnapshotIdentifier}"
        ),
    ),
    also=("SnapshotIdentifier",),
    label="SnapshotIdentifier",
    bytes=Size("TotalBackupSizeInMegaBytes", MIB),
    created="SnapshotCreateTime",
    tags="Tags",
    encrypted="Encrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    shares=(Grants(items="AccountsWithRestoreAccess", account="AccountId"),),
    origin=Ref(
        "aws.redshift.cluster",
        (
            Text("arn:{partition}:redshift:{SourceRegion}:{account}:cluster:{ClusterIdentifier}"),
            _CLUSTER,
        ),
    ),
    facts={"hsm": "EncryptedWithHSM || `false`", "origin_region": "SourceRegion || ''"},
    source="https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusterSnapshots.html",
)
