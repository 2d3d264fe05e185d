"""The stores that AWS Config tells, in its snapshots and in the results of its queries.

A row is one configuration item. A query answers with the properties it selected and no others, so
what is not in an item is not "none"; only an item that has its state's id is a whole one. Values of
`supplementaryConfiguration` may come as JSON text: what is not read there is not told.
https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.sdk import (
    GIB,
    Copies,
    Part,
    Ref,
    Role,
    Row,
    Size,
    Text,
    Unsaid,
    Value,
)

from ._values import account_of, region_of

MORE_COPIES = Copies(items=Unsaid("copies"), id="@")
_LIVE = (
    "configurationItemStatus != 'ResourceDeleted'"
    " && configurationItemStatus != 'ResourceDeletedNotRecorded'"
)


def in_zone(path: str) -> Value:
    """The Local Zone, where it is one: see LOCAL_ZONE."""
    return (f"[{path}][?length(@ || '') > `15`] | [0]", "awsRegion")


def key_of(path: str) -> Ref:
    """A key; a whole item without one has none."""
    return Ref("aws.kms.key", (path, "configurationStateId && ''", Unsaid("key")))


def whole(path: str, fact: str) -> Value:
    """A fact that is empty when a whole item does not have it."""
    return (path, "configurationStateId && ''", Unsaid(fact))


def row(type_: str, only: str = "", **values: Any) -> Row:
    """A type of item: what every item tells, and what is read besides."""
    told: dict[str, Any] = {
        "id": "arn",
        "partition": Part("arn", ":", 1),
        "account": "awsAccountId || accountId",
        "region": "awsRegion",
        "label": "resourceName || resourceId",
        "created": "resourceCreationTime",
        "tags": ("tags", Unsaid("tags")),
        "only": f"{_LIVE} && {only}" if only else _LIVE,
    }
    facts = {f"facts.{name}": value for name, value in values.pop("facts", {}).items()}
    return Row("config", f"AWS::{type_}", {**told, **values, **facts})


_SSE = "supplementaryConfiguration.ServerSideEncryptionConfiguration.rules[0]"
_DEFAULT = f"{_SSE}.applyServerSideEncryptionByDefault"
_BLOCK = "supplementaryConfiguration.PublicAccessBlockConfiguration"

_bucket = row(
    "S3::Bucket",
    also=("resourceName",),
    encrypted="`true`",
    key=Ref(
        "aws.kms.key",
        (f"{_DEFAULT}.kmsMasterKeyID", f"{_DEFAULT}.sseAlgorithm && ''", Unsaid("key")),
    ),
    copies=(
        Copies(
            items="[supplementaryConfiguration.BucketLoggingConfiguration][?destinationBucketName]",
            role=Role.LOG,
            id="destinationBucketName",
        ),
        MORE_COPIES,
    ),
    facts={
        "algorithm": (f"{_DEFAULT}.sseAlgorithm", Unsaid("algorithm")),
        "public_access_blocked": (
            f"{_BLOCK} && {_BLOCK}.ignorePublicAcls && {_BLOCK}.restrictPublicBuckets",
            Unsaid("public_access_blocked"),
        ),
        "public_acls_refused": (f"{_BLOCK}.blockPublicAcls", Unsaid("public_acls_refused")),
        "public_policies_refused": (
            f"{_BLOCK}.blockPublicPolicy",
            Unsaid("public_policies_refused"),
        ),
    },
)

_volume = row(
    "EC2::Volume",
    also=("resourceId",),
    region=in_zone("configuration.availabilityZone"),
    bytes=Size("configuration.size", GIB),
    encrypted="configuration.encrypted",
    key=key_of("configuration.kmsKeyId"),
    origin=Ref(
        "aws.ec2.snapshot",
        ("configuration.snapshotId", "configurationStateId && ''", Unsaid("origin")),
    ),
    facts={"outpost": whole("configuration.outpostArn", "outpost")},
)

_file_system = row(
    "EFS::FileSystem",
    also=("configuration.FileSystemId",),
    encrypted="configuration.Encrypted",
    key=key_of("configuration.KmsKeyId"),
)

_queue = row(
    "SQS::Queue",
    also=("configuration.QueueUrl",),
    label="configuration.QueueName || resourceName",
    encrypted="(configuration.KmsMasterKeyId && `true`)"
    " || ([configuration.SqsManagedSseEnabled][?@].[@ == 'true' || @ == `true`] | [0][0])",
    key=key_of("configuration.KmsMasterKeyId"),
)

_stream = row(
    "Kinesis::Stream",
    also=("configuration.Name",),
    label="configuration.Name || resourceName",
    encrypted="configuration.StreamEncryption"
    " && configuration.StreamEncryption.EncryptionType == 'KMS'",
    key=key_of("configuration.StreamEncryption.KeyId"),
    facts={"retention_hours": "configuration.RetentionPeriodHours"},
)

_domain = row(
    "OpenSearch::Domain",
    also=("configuration.DomainName",),
    label="configuration.DomainName || resourceName",
    encrypted="configuration.EncryptionAtRestOptions.Enabled",
    key=key_of("configuration.EncryptionAtRestOptions.KmsKeyId"),
)

_vault = row(
    "Backup::BackupVault",
    also=("configuration.BackupVaultName",),
    label="configuration.BackupVaultName || resourceName",
    encrypted="(configuration.EncryptionKeyArn && `true`) || `null`",
    key=key_of("configuration.EncryptionKeyArn"),
)

_recovery_point = row(
    "Backup::RecoveryPoint",
    id=Text("{configuration.BackupVaultArn}/{configuration.RecoveryPointArn}"),
    also=("configuration.RecoveryPointArn",),
    bytes="configuration.BackupSizeInBytes",
    encrypted="configuration.IsEncrypted",
    key=key_of("configuration.EncryptionKeyArn"),
    origin=Ref("*", ("configuration.ResourceArn", Unsaid("origin"))),
    parent=Ref("aws.backup.vault", "configuration.BackupVaultArn"),
    facts={
        "of": "configuration.ResourceType",
        "copied_from": whole("configuration.SourceBackupVaultArn", "copied_from"),
    },
)

_plan = row(
    "Backup::BackupPlan",
    also=("configuration.BackupPlanId",),
    label="configuration.BackupPlan.BackupPlanName || resourceName",
    copies=(
        Copies(
            items="configuration.BackupPlan.BackupPlanRule[].CopyActions[].DestinationBackupVaultArn"
            " || `[]`",
            role=Role.BACKUP,
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
        MORE_COPIES,  # air-gapped vaults are not told
    ),
)

_key_row = row(
    "KMS::Key",
    also=("configuration.keyId", "resourceId"),
    copies=(
        Copies(
            items="[configuration.multiRegionConfiguration.primaryKey][?arn]",
            id="arn",
            region="region",
        ),
        Copies(
            items=(
                "configuration.multiRegionConfiguration.replicaKeys",
                "(configuration.multiRegion == `false` && `[[]]`) | [0]",
                Unsaid("copies"),
            ),
            id="arn",
            region="region",
        ),
    ),
    facts={
        "manager": "(configuration.keyManager == 'AWS' && 'provider')"
        " || (configuration.keyManager == 'CUSTOMER' && 'customer') || `null`",
        "material": "(configuration.origin == 'AWS_KMS' && 'provider')"
        " || (configuration.origin == 'EXTERNAL' && 'imported')"
        " || (configuration.origin == 'AWS_CLOUDHSM' && 'hsm')"
        " || (configuration.origin == 'EXTERNAL_KEY_STORE' && 'external') || `null`",
        "multi_region": "configuration.multiRegion",
        "state": "configuration.keyState",
        "owner": "configuration.awsaccountId",
        "custom_key_store": whole("configuration.customKeyStoreId", "custom_key_store"),
    },
)

STORES: Mapping[str, tuple[Row, ...]] = {
    "aws.s3.bucket": (_bucket,),
    "aws.ec2.volume": (_volume,),
    "aws.efs.file_system": (_file_system,),
    "aws.sqs.queue": (_queue,),
    "aws.kinesis.stream": (_stream,),
    "aws.opensearch.domain": (_domain,),
    "aws.backup.vault": (_vault,),
    "aws.backup.recovery_point": (_recovery_point,),
    "aws.backup.plan": (_plan,),
    "aws.kms.key": (_key_row,),
}
