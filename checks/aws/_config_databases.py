"""The databases and their snapshots that AWS Config tells."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import GIB, MIB, Copies, Grants, Ref, Role, Row, Size, Text, Unsaid

from ._config import MORE_COPIES, in_zone, key_of, row, whole
from ._values import account_of, region_of

_ELSEWHERE = "starts_with(@ || '', 'arn:')"  # a replica in another region is told by its ARN
_RESTORE = "[?attributeName=='restore'].attributeValues[]"


def _replicas(path: str) -> tuple[Copies, ...]:
    return (
        Copies(
            items=(f"{path}[?{_ELSEWHERE}]", Unsaid("copies")),
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
        Copies(items=(f"{path}[?!{_ELSEWHERE}]", Unsaid("copies")), id="@"),
    )


_instance = row(
    "RDS::DBInstance",
    only="!(configuration.dBClusterIdentifier)",
    also=("configuration.dBInstanceIdentifier", "configuration.dbiResourceId"),
    label="configuration.dBInstanceIdentifier || resourceName",
    region=in_zone("configuration.availabilityZone"),
    bytes=Size("configuration.allocatedStorage", GIB),
    encrypted="configuration.storageEncrypted",
    key=key_of("configuration.kmsKeyId"),
    copies=(
        *_replicas("configuration.readReplicaDBInstanceIdentifiers"),
        *_replicas("configuration.readReplicaDBClusterIdentifiers"),
        Copies(
            items=(
                "configuration.dBInstanceAutomatedBackupsReplications"
                " && configuration.dBInstanceAutomatedBackupsReplications[]"
                ".dBInstanceAutomatedBackupsArn",
                Unsaid("copies"),
            ),
            role=Role.BACKUP,
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
    ),
    facts={
        "engine": "configuration.engine",
        "publicly_accessible": "configuration.publiclyAccessible",
    },
)

_cluster = row(
    "RDS::DBCluster",
    only="configuration.engine != 'neptune' && configuration.engine != 'docdb'",
    also=("configuration.dbclusterIdentifier", "configuration.dbClusterResourceId"),
    label="configuration.dbclusterIdentifier || resourceName",
    encrypted="configuration.storageEncrypted",
    key=key_of("configuration.kmsKeyId"),
    # the members of a global database are not told
    copies=(*_replicas("configuration.readReplicaIdentifiers"), MORE_COPIES),
    facts={
        "engine": "configuration.engine",
        "publicly_accessible": "configuration.publiclyAccessible",
    },
)

_MANUAL = "configuration.snapshotType == 'manual'"

_db_snapshot = row(
    "RDS::DBSnapshot",
    only=_MANUAL,
    also=("configuration.dBSnapshotIdentifier",),
    label="configuration.dBSnapshotIdentifier || resourceName",
    region=in_zone("configuration.availabilityZone"),
    bytes=Size("configuration.allocatedStorage", GIB),
    encrypted="configuration.encrypted",
    key=key_of("configuration.kmsKeyId"),
    shares=(
        Grants(
            items=(
                f"supplementaryConfiguration.DBSnapshotAttributes{_RESTORE}",
                Unsaid("shares"),
            ),
            account="@",
            public="@ == 'all'",
        ),
    ),
    origin=Ref(
        "aws.rds.db_instance",
        (
            "configuration.sourceDBSnapshotIdentifier",
            Text(
                "arn:{partition}:rds:{awsRegion}:{account}:db:{configuration.dBInstanceIdentifier}"
            ),
            Unsaid("origin"),
        ),
    ),
    facts={"origin_region": whole("configuration.sourceRegion", "origin_region")},
)

_cluster_snapshot = row(
    "RDS::DBClusterSnapshot",
    only=f"{_MANUAL} && configuration.engine != 'neptune' && configuration.engine != 'docdb'",
    also=("configuration.dbclusterSnapshotIdentifier",),
    label="configuration.dbclusterSnapshotIdentifier || resourceName",
    bytes=Size("configuration.allocatedStorage", GIB),
    encrypted="configuration.storageEncrypted",
    key=key_of("configuration.kmsKeyId"),
    shares=(
        Grants(
            items=(
                f"supplementaryConfiguration.DBClusterSnapshotAttributes{_RESTORE}",
                Unsaid("shares"),
            ),
            account="@",
            public="@ == 'all'",
        ),
    ),
    origin=Ref(
        "aws.rds.db_cluster",
        (
            "configuration.sourceDBClusterSnapshotArn",
            Text(
                "arn:{partition}:rds:{awsRegion}:{account}"
                ":cluster:{configuration.dbclusterIdentifier}"
            ),
            Unsaid("origin"),
        ),
    ),
)

_table = row(
    "DynamoDB::Table",
    also=("configuration.tableName",),
    label="configuration.tableName || resourceName",
    bytes="configuration.tableSizeBytes",
    encrypted="`true`",
    key=key_of("configuration.ssedescription.kmsmasterKeyArn"),
    copies=(
        Copies(items="configuration.replicas || `[]`", region="regionName"),
        MORE_COPIES,  # those of the version of 2017, and witnesses, are not told
    ),
    facts={"global_table": whole("configuration.globalTableVersion", "global_table")},
)

_warehouse = row(
    "Redshift::Cluster",
    also=("configuration.clusterIdentifier", "configuration.clusterNamespaceArn"),
    label="configuration.clusterIdentifier || resourceName",
    bytes=Size("configuration.totalStorageCapacityInMegaBytes", MIB),
    encrypted="configuration.encrypted",
    key=key_of("configuration.kmsKeyId"),
    copies=(
        Copies(
            items="[configuration.clusterSnapshotCopyStatus][?destinationRegion]",
            role=Role.SNAPSHOT,
            region="destinationRegion",
        ),
        Copies(
            items="[supplementaryConfiguration.LoggingStatus][?bucketName]",
            role=Role.LOG,
            id="bucketName",
        ),
        MORE_COPIES,
    ),
    facts={
        "hsm": whole("configuration.hsmStatus.hsmConfigurationIdentifier", "hsm"),
        "publicly_accessible": "configuration.publiclyAccessible",
    },
)

_WAREHOUSE = "arn:{{partition}}:redshift:{}:{{account}}:cluster:{{configuration.clusterIdentifier}}"

_warehouse_snapshot = row(
    "Redshift::ClusterSnapshot",
    also=("configuration.snapshotIdentifier",),
    label="configuration.snapshotIdentifier || resourceName",
    bytes=Size("configuration.totalBackupSizeInMegaBytes", MIB),
    encrypted="configuration.encrypted",
    key=key_of("configuration.kmsKeyId"),
    shares=(
        Grants(
            items=("configuration.accountsWithRestoreAccess", Unsaid("shares")),
            account="accountId",
        ),
    ),
    origin=Ref(
        "aws.redshift.cluster",
        (
            Text(_WAREHOUSE.format("{configuration.sourceRegion}")),
            Text(_WAREHOUSE.format("{awsRegion}")),
            Unsaid("origin"),
        ),
    ),
    facts={
        "hsm": "configuration.encryptedWithHSM",
        "origin_region": whole("configuration.sourceRegion", "origin_region"),
    },
)

STORES: Mapping[str, tuple[Row, ...]] = {
    "aws.rds.db_instance": (_instance,),
    "aws.rds.db_cluster": (_cluster,),
    "aws.rds.db_snapshot": (_db_snapshot,),
    "aws.rds.db_cluster_snapshot": (_cluster_snapshot,),
    "aws.dynamodb.table": (_table,),
    "aws.redshift.cluster": (_warehouse,),
    "aws.redshift.snapshot": (_warehouse_snapshot,),
}
