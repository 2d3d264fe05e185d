"""The databases, caches and search domains that the AWS provider of Terraform tells.

`replicas` of a database is empty until the state is refreshed after the replicas were made, and
what replicates its backups is a resource of its own: neither is "none" when it is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import GIB, Copies, Grants, Policy, Ref, Row, Size, Unsaid

from ._terraform import MORE_COPIES, ZONE, flag, having, key_of, row, said
from ._values import account_of, region_of

_SHARED = Grants(items=("shared_accounts", Unsaid("shares")), account="@", public="@ == 'all'")

_ELSEWHERE = "starts_with(@ || '', 'arn:')"  # in another region; a bare identifier is of this one

_instance = row(
    "aws_db_instance",
    also=("identifier", "resource_id"),
    label="identifier",
    region=(ZONE, region_of("arn"), "region"),
    bytes=Size("allocated_storage", GIB),
    encrypted="storage_encrypted",
    key=key_of("kms_key_id"),
    copies=(
        Copies(
            items=f"replicas[?{_ELSEWHERE}] || `[]`",
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
        Copies(items=f"replicas[?!{_ELSEWHERE}] || `[]`", id="@"),
        MORE_COPIES,
    ),
    facts={"engine": "engine", "publicly_accessible": "publicly_accessible"},
)

_cluster = row(
    "aws_rds_cluster",
    only="engine != 'neptune' && engine != 'docdb'",
    also=("cluster_identifier", "cluster_resource_id"),
    label="cluster_identifier",
    encrypted="storage_encrypted",
    key=key_of("kms_key_id"),
    facts={"engine": "engine"},
)


def _db_snapshot(type_: str, label: str) -> Row:
    return row(
        type_,
        arn="db_snapshot_arn",
        also=(label,),
        label=label,
        region=(ZONE, region_of("db_snapshot_arn"), "region"),
        bytes=Size("allocated_storage", GIB),
        encrypted="encrypted",
        key=key_of("kms_key_id"),
        shares=(_SHARED,),
        facts={"origin_region": "source_region || ''"},
    )


def _cluster_snapshot(type_: str, label: str) -> Row:
    return row(
        type_,
        arn="db_cluster_snapshot_arn",
        only="engine != 'neptune' && engine != 'docdb'",
        also=(label,),
        label=label,
        bytes=Size("allocated_storage", GIB),
        encrypted="storage_encrypted",
        key=key_of("kms_key_id"),
        shares=(_SHARED,),
    )


_replicated_backup = row(
    "aws_db_instance_automated_backups_replication",
    arn="id",
    tags="",
    encrypted=having("kms_key_id"),
    key=key_of("kms_key_id"),
    origin=Ref("aws.rds.db_instance", "source_db_instance_arn"),
)

_warehouse = row(
    "aws_redshift_cluster",
    also=("cluster_identifier", "cluster_namespace_arn"),
    label="cluster_identifier",
    encrypted=flag("encrypted"),
    key=key_of("kms_key_id"),
    facts={"publicly_accessible": "publicly_accessible"},
)

_warehouse_snapshot = row(
    "aws_redshift_cluster_snapshot",
    also=("snapshot_identifier",),
    account="owner_account",
    label="snapshot_identifier",
    encrypted=having("kms_key_id"),
    key=key_of("kms_key_id"),
    origin=Ref("aws.redshift.cluster", "cluster_identifier"),
)

_replication_group = row(
    "aws_elasticache_replication_group",
    also=("replication_group_id", "id"),
    label="replication_group_id",
    encrypted=flag("at_rest_encryption_enabled"),
    key=key_of("kms_key_id"),
)

_cache_cluster = row(
    "aws_elasticache_cluster",
    only="!replication_group_id",
    also=("cluster_id",),
    label="cluster_id",
    facts={"engine": "engine"},
)


def _domain(type_: str) -> Row:
    return row(
        type_,
        also=("domain_name",),
        label="domain_name",
        encrypted="encrypt_at_rest[0].enabled",
        key=key_of("encrypt_at_rest[0].kms_key_id"),
        shares=(Policy(said("access_policies", "policy")),),
    )


_dynamodb = row(
    "aws_dynamodb_table",
    also=("name",),
    label="name",
    encrypted="`true`",
    key=key_of("server_side_encryption[?enabled].kms_key_arn | [0]"),
    copies=(
        Copies(items="replica", id="arn", region="region_name"),
        Copies(items="global_table_witness", region="region_name"),
        MORE_COPIES,
    ),
)

STORES: Mapping[str, tuple[Row, ...]] = {
    "aws.rds.db_instance": (_instance,),
    "aws.rds.db_cluster": (_cluster,),
    "aws.rds.db_snapshot": (
        _db_snapshot("aws_db_snapshot", "db_snapshot_identifier"),
        _db_snapshot("aws_db_snapshot_copy", "target_db_snapshot_identifier"),
    ),
    "aws.rds.db_cluster_snapshot": (
        _cluster_snapshot("aws_db_cluster_snapshot", "db_cluster_snapshot_identifier"),
        _cluster_snapshot("aws_rds_cluster_snapshot_copy", "target_db_cluster_snapshot_identifier"),
    ),
    "aws.rds.automated_backup": (_replicated_backup,),
    "aws.redshift.cluster": (_warehouse,),
    "aws.redshift.snapshot": (_warehouse_snapshot,),
    "aws.elasticache.replication_group": (_replication_group,),
    "aws.elasticache.cache_cluster": (_cache_cluster,),
    "aws.opensearch.domain": (
        _domain("aws_opensearch_domain"),
        _domain("aws_elasticsearch_domain"),
    ),
    "aws.dynamodb.table": (_dynamodb,),
}
