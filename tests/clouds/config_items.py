"""What AWS Config would tell of an estate, written from what the estate's own interfaces answer.

An item has the names that Config publishes (`config.json.gz`), whatever case the interface has them
in; what it does not publish is left out. Where Config follows CloudFormation instead, this says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from auditor.registry import resolve

from .ground import Ground

PUBLISHED: Mapping[str, Any] = resolve("auditor.checks.files._shapes:rows")("config").types
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """One account in one region."""

    ground: Ground
    account: str
    region: str

    def all(self, service: str, operation: str, items: str, **params: Any) -> Iterator[Any]:
        """All rows of a listing."""
        client = self.ground.client(self.account, service, self.region)
        if not client.can_paginate(operation):
            yield from getattr(client, operation)(**params).get(items) or ()
            return
        for page in client.get_paginator(operation).paginate(**params):
            yield from page.get(items) or ()

    def one(self, service: str, operation: str, **params: Any) -> Mapping[str, Any]:
        """One answer."""
        client = self.ground.client(self.account, service, self.region)
        answer: Mapping[str, Any] = getattr(client, operation)(**params)
        return answer

    def arn(self, service: str, rest: str) -> str:
        """An ARN here, of what does not tell its own."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{rest}"

    def item(
        self, type_: str, arn: str, name: str, told: Any, *, id: str = "", tags: Any = None,
        created: Any = None, region: str = "", more: Any = None,
    ) -> Item:  # fmt: skip
        """One configuration item."""
        published = PUBLISHED[f"AWS::{type_}"]["attributes"]
        if tags is not None and not isinstance(tags, Mapping):
            tags = {t["Key"]: t["Value"] for t in tags}
        found = {
            "version": "1.3", "configurationItemStatus": "OK", "configurationStateId": "1",
            "accountId": self.account, "awsRegion": region or self.region, "arn": arn,
            "resourceType": f"AWS::{type_}", "resourceId": id or name, "resourceName": name,
            "resourceCreationTime": _plain(created), "tags": tags, "relationships": [],
            "configuration": spelled(told, published["configuration"]),
        }  # fmt: skip
        if more is not None:
            found["supplementaryConfiguration"] = spelled(
                more, published["supplementaryConfiguration"]
            )
        return found


def spelled(answer: Any, published: Any) -> Any:
    """An answer in the names that are published; what is not is left out."""
    if isinstance(answer, list):
        of = published[1] if isinstance(published, list) else published
        return [spelled(one, of) for one in answer]
    if isinstance(published, dict) and isinstance(answer, Mapping):
        names = {name.casefold(): name for name in published}
        told = ((names.get(key.casefold()), value) for key, value in answer.items())
        return {name: spelled(value, published[name]) for name, value in told if name}
    if isinstance(published, dict):
        return {"value": answer} if "value" in published else None
    return _plain(answer)


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def items(ground: Ground, accounts: Sequence[str], regions: Sequence[str]) -> Iterator[Item]:
    """The items of every type that rows of ours exist for."""
    for account in accounts:
        for region in regions:
            for make in _REGIONAL:
                yield from make(Place(ground, account, region))
        yield from _buckets(Place(ground, account, "us-east-1"))


# ---------------------------------------------------------------------- S3, EC2, KMS


def _buckets(at: Place) -> Iterator[Item]:
    for bucket in at.one("s3", "list_buckets")["Buckets"]:
        name = bucket["Name"]
        told = {what: _of_bucket(at, f"get_{what}", name) for what in _OF_BUCKET}
        log = told["bucket_logging"].get("LoggingEnabled") or {}
        more = {
            "ServerSideEncryptionConfiguration": told["bucket_encryption"].get(
                "ServerSideEncryptionConfiguration"
            ),
            "PublicAccessBlockConfiguration": told["public_access_block"].get(
                "PublicAccessBlockConfiguration"
            ),
            "BucketLoggingConfiguration": {"destinationBucketName": log.get("TargetBucket")},
        }
        yield at.item(
            "S3::Bucket", f"arn:aws:s3:::{name}", name, bucket,
            tags=told["bucket_tagging"].get("TagSet") or (), created=bucket["CreationDate"],
            region=told["bucket_location"]["LocationConstraint"] or "us-east-1",
            more={k: v for k, v in more.items() if v is not None},
        )  # fmt: skip


_OF_BUCKET = ("bucket_location", "bucket_tagging", "bucket_encryption", "public_access_block",
              "bucket_logging")  # fmt: skip


def _of_bucket(at: Place, operation: str, name: str) -> Mapping[str, Any]:
    """An answer, empty where there is none of it."""
    from botocore.exceptions import ClientError

    try:
        return at.one("s3", operation, Bucket=name)
    except ClientError as error:
        if "NoSuch" not in str(error) and "NotFound" not in str(error):
            raise
        return {}


def _volumes(at: Place) -> Iterator[Item]:
    for one in at.all("ec2", "describe_volumes", "Volumes"):
        id = one["VolumeId"]
        yield at.item("EC2::Volume", at.arn("ec2", f"volume/{id}"), "", one, id=id,
                      tags=one.get("Tags") or (), created=one["CreateTime"])  # fmt: skip


def _keys(at: Place) -> Iterator[Item]:
    for one in at.all("kms", "list_keys", "Keys"):
        told = at.one("kms", "describe_key", KeyId=one["KeyArn"])["KeyMetadata"]
        yield at.item("KMS::Key", told["Arn"], told["KeyId"], told, created=told["CreationDate"])


# ---------------------------------------------------------------------- databases


def _instances(at: Place) -> Iterator[Item]:
    for one in at.all("rds", "describe_db_instances", "DBInstances"):
        yield at.item(
            "RDS::DBInstance", one["DBInstanceArn"], one["DBInstanceIdentifier"], one,
            tags=one.get("TagList") or (), created=one.get("InstanceCreateTime"),
        )  # fmt: skip
    for one in at.all("rds", "describe_db_clusters", "DBClusters"):
        yield at.item(
            "RDS::DBCluster", one["DBClusterArn"], one["DBClusterIdentifier"], one,
            tags=one.get("TagList") or (), created=one.get("ClusterCreateTime"),
        )  # fmt: skip


def _database_snapshots(at: Place) -> Iterator[Item]:
    for what, operation in (
        ("DBSnapshot", "db_snapshot"),
        ("DBClusterSnapshot", "db_cluster_snapshot"),
    ):
        for one in at.all("rds", f"describe_{operation}s", f"{what}s"):
            name = one[f"{what}Identifier"]
            said = at.one("rds", f"describe_{operation}_attributes", **{f"{what}Identifier": name})
            yield at.item(
                f"RDS::{what}", one[f"{what}Arn"], name, one, tags=one.get("TagList") or (),
                created=one.get("SnapshotCreateTime"), more=said[f"{what}AttributesResult"],
            )  # fmt: skip


def _tables(at: Place) -> Iterator[Item]:
    for name in at.all("dynamodb", "list_tables", "TableNames"):
        told = at.one("dynamodb", "describe_table", TableName=name)["Table"]
        tags = at.all("dynamodb", "list_tags_of_resource", "Tags", ResourceArn=told["TableArn"])
        yield at.item("DynamoDB::Table", told["TableArn"], name, told, tags=list(tags),
                      created=told["CreationDateTime"])  # fmt: skip


def _warehouses(at: Place) -> Iterator[Item]:
    for one in at.all("redshift", "describe_clusters", "Clusters"):
        name = one["ClusterIdentifier"]
        yield at.item(
            "Redshift::Cluster", at.arn("redshift", f"cluster:{name}"), name, one,
            tags=one.get("Tags") or (), created=one.get("ClusterCreateTime"),
        )  # fmt: skip
    for one in at.all("redshift", "describe_cluster_snapshots", "Snapshots"):
        name = one["SnapshotIdentifier"]
        arn = at.arn("redshift", f"snapshot:{one['ClusterIdentifier']}/{name}")
        yield at.item("Redshift::ClusterSnapshot", arn, name, one, tags=one.get("Tags") or (),
                      created=one.get("SnapshotCreateTime"))  # fmt: skip


# ---------------------------------------------------------------------- as CloudFormation has them


def _file_systems(at: Place) -> Iterator[Item]:
    for one in at.all("efs", "describe_file_systems", "FileSystems"):
        yield at.item(
            "EFS::FileSystem", one["FileSystemArn"], one.get("Name") or one["FileSystemId"],
            {**one, "Arn": one["FileSystemArn"]}, id=one["FileSystemId"],
            tags=one.get("Tags") or (), created=one["CreationTime"],
        )  # fmt: skip


def _queues(at: Place) -> Iterator[Item]:
    for url in at.all("sqs", "list_queues", "QueueUrls"):
        told = at.one("sqs", "get_queue_attributes", QueueUrl=url, AttributeNames=["All"])[
            "Attributes"
        ]
        name = told["QueueArn"].rpartition(":")[2]
        tags = at.one("sqs", "list_queue_tags", QueueUrl=url).get("Tags") or {}
        created = datetime.fromtimestamp(float(told["CreatedTimestamp"]), UTC)
        yield at.item("SQS::Queue", told["QueueArn"], name, id=url, created=created, tags=tags,
                      told={**told, "QueueName": name, "QueueUrl": url})  # fmt: skip


def _streams(at: Place) -> Iterator[Item]:
    for name in at.all("kinesis", "list_streams", "StreamNames"):
        one = at.one("kinesis", "describe_stream_summary", StreamName=name)[
            "StreamDescriptionSummary"
        ]
        told: dict[str, Any] = {"Name": name, "Arn": one["StreamARN"],
                                "RetentionPeriodHours": one["RetentionPeriodHours"]}  # fmt: skip
        if one.get("EncryptionType") == "KMS":
            told["StreamEncryption"] = {"EncryptionType": "KMS", "KeyId": one["KeyId"]}
        tags = at.one("kinesis", "list_tags_for_stream", StreamName=name)["Tags"]
        yield at.item("Kinesis::Stream", one["StreamARN"], name, told, tags=tags,
                      created=one.get("StreamCreationTimestamp"))  # fmt: skip


def _domains(at: Place) -> Iterator[Item]:
    for listed in at.all("opensearch", "list_domain_names", "DomainNames"):
        one = at.one("opensearch", "describe_domain", DomainName=listed["DomainName"])[
            "DomainStatus"
        ]
        tags = at.one("opensearch", "list_tags", ARN=one["ARN"])["TagList"]
        yield at.item("OpenSearch::Domain", one["ARN"], one["DomainName"], one, tags=tags)


def _vaults(at: Place) -> Iterator[Item]:
    for one in at.all("backup", "list_backup_vaults", "BackupVaultList"):
        arn, name = one["BackupVaultArn"], one["BackupVaultName"]
        tags = at.one("backup", "list_tags", ResourceArn=arn).get("Tags") or {}
        yield at.item("Backup::BackupVault", arn, name, one, tags=tags, created=one["CreationDate"])
        points = at.all(
            "backup", "list_recovery_points_by_backup_vault", "RecoveryPoints", BackupVaultName=name
        )
        for point in points:
            yield at.item("Backup::RecoveryPoint", point["RecoveryPointArn"], "", point,
                          id=point["RecoveryPointArn"], created=point["CreationDate"])  # fmt: skip


_REGIONAL: tuple[Callable[[Place], Iterator[Item]], ...] = (
    _volumes, _keys, _instances, _database_snapshots, _tables, _warehouses, _file_systems, _queues,
    _streams, _domains, _vaults,
)  # fmt: skip
