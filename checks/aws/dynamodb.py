"""Amazon DynamoDB.

Tables and backups are always encrypted at rest, with a key of the service when none is told
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html). Global
tables of the version of 2017 do not tell their replicas here: the version is a fact of the store.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Listing, Policy, Ref, StoreType, Text

_ARN = Text("arn:{partition}:dynamodb:{region}:{account}:table/{@}")
_table = Ask("dynamodb:DescribeTable", {"TableName": "@"})
_tags = Ask("dynamodb:ListTagsOfResource", {"ResourceArn": _ARN})
_policy = Ask(
    "dynamodb:GetResourcePolicy", {"ResourceArn": _ARN}, absent=("PolicyNotFoundException",)
)
_described = Ask("dynamodb:DescribeBackup", {"BackupArn": "BackupArn"})

table = StoreType(
    "aws.dynamodb.table",
    category=Category.NOSQL,
    listing=Listing("dynamodb:ListTables", items="TableNames"),
    id=_ARN,
    also=("@",),
    label="@",
    bytes=_table["Table.TableSizeBytes"],
    created=_table["Table.CreationDateTime"],
    tags=_tags["Tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", _table["Table.SSEDescription.KMSMasterKeyArn"]),
    copies=(
        Copies(items=_table["Table.Replicas"], id="ReplicaArn", region="RegionName"),
        # a witness of strong consistency stores the changes, not the items
        Copies(items=_table["Table.GlobalTableWitnesses"], region="RegionName"),
    ),
    shares=(Policy(_policy["Policy"]),),
    facts={"global_table": _table["Table.GlobalTableVersion || ''"]},
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html",
)

backup = StoreType(
    "aws.dynamodb.backup",
    category=Category.BACKUP,
    # ALL: the system's backups of deleted tables too
    listing=Listing(
        "dynamodb:ListBackups", items="BackupSummaries", params={"BackupType": "'ALL'"}
    ),
    only="BackupType != 'AWS_BACKUP'",  # those are told as recovery points of their vault
    id="BackupArn",
    label="BackupName",
    bytes="BackupSizeBytes",
    created="BackupCreationDateTime",
    encrypted="`true`",
    key=Ref(
        "aws.kms.key",
        _described["BackupDescription.SourceTableFeatureDetails.SSEDescription.KMSMasterKeyArn"],
    ),
    origin=Ref("aws.dynamodb.table", "TableArn"),
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html",
)
