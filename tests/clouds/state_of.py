"""The states that Terraform would hold of an estate, one per account, from what it answered.

What a resource does not tell is in a state as the provider writes it: an empty text, an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .config_items import Item

Attributes = dict[str, Any]
_PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]'


def state(items: Iterable[Item], account: str) -> dict[str, Any]:
    """The state of one account."""
    who = {"account_id": account, "arn": f"arn:aws:iam::{account}:root", "id": account}
    resources = [_resource("aws_caller_identity", "this", who, mode="data")]
    for number, item in enumerate(one for one in items if one["accountId"] == account):
        automatic = item["configuration"].get("snapshotType", "manual") != "manual"
        if item["resourceType"] in _MADE and not automatic:  # nobody declares those
            name, make = _MADE[item["resourceType"]]
            found = {**_common(item), **make(item["configuration"], item)}
            resources.append(_resource(name, f"r{number}", found))
    return {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {},
            "resources": resources}  # fmt: skip


def _resource(type_: str, name: str, attributes: Attributes, mode: str = "managed") -> Any:
    instance = {"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}
    return {"mode": mode, "type": type_, "name": name, "provider": _PROVIDER,
            "instances": [instance]}  # fmt: skip


def _common(item: Item) -> Attributes:
    tags = item["tags"] or {}
    return {"id": item["resourceId"], "arn": item["arn"], "region": item["awsRegion"],
            "tags": tags, "tags_all": tags}  # fmt: skip


def _bucket(told: Mapping[str, Any], item: Item) -> Attributes:
    more = item["supplementaryConfiguration"]
    rules = more.get("ServerSideEncryptionConfiguration", {}).get("rules", [])
    default = rules[0]["applyServerSideEncryptionByDefault"] if rules else {}
    by_default = {"sse_algorithm": default.get("sseAlgorithm", ""),
                  "kms_master_key_id": default.get("kmsMasterKeyID", "")}  # fmt: skip
    rule = {"apply_server_side_encryption_by_default": [by_default], "bucket_key_enabled": False}
    target = more["BucketLoggingConfiguration"]["destinationBucketName"]
    return {
        "bucket": told["name"], "bucket_region": item["awsRegion"], "policy": "", "grant": [],
        "server_side_encryption_configuration": [{"rule": [rule]}] if rules else [],
        "replication_configuration": [], "logging": [{"target_bucket": target}] if target else [],
    }  # fmt: skip


def _volume(told: Mapping[str, Any], item: Item) -> Attributes:
    return {
        "availability_zone": told["availabilityZone"], "size": told["size"],
        "create_time": told["createTime"], "encrypted": told["encrypted"],
        "kms_key_id": told.get("kmsKeyId") or "", "snapshot_id": told.get("snapshotId") or "",
        "outpost_arn": "",
    }  # fmt: skip


def _file_system(told: Mapping[str, Any], item: Item) -> Attributes:
    return {"encrypted": told["Encrypted"], "kms_key_id": told.get("KmsKeyId") or "",
            "name": item["resourceName"]}  # fmt: skip


def _queue(told: Mapping[str, Any], item: Item) -> Attributes:
    return {
        "name": told["QueueName"], "url": told["QueueUrl"], "policy": "",
        "kms_master_key_id": told.get("KmsMasterKeyId") or "",
        "sqs_managed_sse_enabled": told.get("SqsManagedSseEnabled") == "true",
    }  # fmt: skip


def _stream(told: Mapping[str, Any], item: Item) -> Attributes:
    by = told.get("StreamEncryption") or {}
    return {
        "name": told["Name"], "encryption_type": by.get("EncryptionType", "NONE"),
        "kms_key_id": by.get("KeyId", ""), "retention_period": told["RetentionPeriodHours"],
    }  # fmt: skip


def _instance(told: Mapping[str, Any], item: Item) -> Attributes:
    replicas = told.get("readReplicaDBInstanceIdentifiers") or []
    return {
        "identifier": told["dBInstanceIdentifier"], "resource_id": told["dbiResourceId"],
        "availability_zone": told.get("availabilityZone") or "", "replicas": replicas,
        "allocated_storage": told["allocatedStorage"], "engine": told["engine"],
        "storage_encrypted": told["storageEncrypted"], "kms_key_id": told.get("kmsKeyId") or "",
        "publicly_accessible": told.get("publiclyAccessible"), "password": "un-secret",
    }  # fmt: skip


def _cluster(told: Mapping[str, Any], item: Item) -> Attributes:
    return {
        "cluster_identifier": told["dbclusterIdentifier"], "engine": told["engine"],
        "cluster_resource_id": told["dbClusterResourceId"],
        "storage_encrypted": told["storageEncrypted"], "kms_key_id": told.get("kmsKeyId") or "",
    }  # fmt: skip


def _shared(item: Item, attributes: str) -> list[str]:
    listed = item["supplementaryConfiguration"][attributes]
    return [v for one in listed if one["attributeName"] == "restore"
            for v in one.get("attributeValues") or ()]  # fmt: skip


def _db_snapshot(told: Mapping[str, Any], item: Item) -> Attributes:
    return {
        "db_snapshot_arn": item["arn"], "db_snapshot_identifier": told["dBSnapshotIdentifier"],
        "availability_zone": told.get("availabilityZone") or "", "encrypted": told["encrypted"],
        "allocated_storage": told["allocatedStorage"], "kms_key_id": told.get("kmsKeyId") or "",
        "shared_accounts": _shared(item, "DBSnapshotAttributes"),
        "source_region": told.get("sourceRegion") or "",
    }  # fmt: skip


def _cluster_snapshot(told: Mapping[str, Any], item: Item) -> Attributes:
    return {
        "db_cluster_snapshot_arn": item["arn"], "engine": told["engine"],
        "db_cluster_snapshot_identifier": told["dbclusterSnapshotIdentifier"],
        "allocated_storage": told["allocatedStorage"],
        "storage_encrypted": told["storageEncrypted"], "kms_key_id": told.get("kmsKeyId") or "",
        "shared_accounts": _shared(item, "DBClusterSnapshotAttributes"),
    }  # fmt: skip


def _table(told: Mapping[str, Any], item: Item) -> Attributes:
    by = told.get("ssedescription") or {}
    return {
        "name": told["tableName"], "global_table_witness": [],
        "server_side_encryption": [{"enabled": True, "kms_key_arn": by["kmsmasterKeyArn"]}]
        if by else [],
        "replica": [{"region_name": one["regionName"], "arn": "", "kms_key_arn": ""}
                    for one in told.get("replicas") or ()],
    }  # fmt: skip


def _domain(told: Mapping[str, Any], item: Item) -> Attributes:
    by = told.get("EncryptionAtRestOptions") or {}
    return {
        "domain_name": told["DomainName"], "access_policies": "",
        "encrypt_at_rest": [{"enabled": by.get("Enabled", False),
                             "kms_key_id": by.get("KmsKeyId") or ""}],
    }  # fmt: skip


def _vault(told: Mapping[str, Any], item: Item) -> Attributes:
    return {"name": told["BackupVaultName"], "kms_key_arn": told.get("EncryptionKeyArn") or ""}


def _warehouse(told: Mapping[str, Any], item: Item) -> Attributes:
    return {
        "cluster_identifier": told["clusterIdentifier"],
        "encrypted": str(told["encrypted"]).lower(),
        "cluster_namespace_arn": told.get("clusterNamespaceArn") or "",
        "kms_key_id": told.get("kmsKeyId") or "",
        "publicly_accessible": told.get("publiclyAccessible"),
    }  # fmt: skip


_MADE: Mapping[str, tuple[str, Callable[[Mapping[str, Any], Item], Attributes]]] = {
    "AWS::S3::Bucket": ("aws_s3_bucket", _bucket),
    "AWS::EC2::Volume": ("aws_ebs_volume", _volume),
    "AWS::EFS::FileSystem": ("aws_efs_file_system", _file_system),
    "AWS::SQS::Queue": ("aws_sqs_queue", _queue),
    "AWS::Kinesis::Stream": ("aws_kinesis_stream", _stream),
    "AWS::RDS::DBInstance": ("aws_db_instance", _instance),
    "AWS::RDS::DBCluster": ("aws_rds_cluster", _cluster),
    "AWS::RDS::DBSnapshot": ("aws_db_snapshot", _db_snapshot),
    "AWS::RDS::DBClusterSnapshot": ("aws_db_cluster_snapshot", _cluster_snapshot),
    "AWS::DynamoDB::Table": ("aws_dynamodb_table", _table),
    "AWS::OpenSearch::Domain": ("aws_opensearch_domain", _domain),
    "AWS::Backup::BackupVault": ("aws_backup_vault", _vault),
    "AWS::Redshift::Cluster": ("aws_redshift_cluster", _warehouse),
}
