"""The stores that the AWS provider of Terraform and OpenTofu tells, resource by resource.

A row is the attributes of one instance in a state. What has a resource of its own (the replicas of
a bucket, a policy, a log's destination) may be declared there and not be seen here: such a list,
when it is empty, is not "none" (https://registry.terraform.io/providers/hashicorp/aws/latest/docs).
Paths are those of version 6; `region` is an attribute of every resource since, and ARNs told it
before. Nothing is read of what the provider calls sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.sdk import (
    GIB,
    Copies,
    Grants,
    Part,
    Policy,
    Ref,
    Role,
    Row,
    Size,
    Unsaid,
    Value,
)

from ._values import account_of, bucket_of, region_of

_TAGS = ("tags_all", "tags")  # those of the provider's default_tags are in the first
ZONE = "[availability_zone][?length(@ || '') > `15`] | [0]"  # a Local Zone: see LOCALZONE
MORE_COPIES = Copies(items=Unsaid("copies"), id="@")  # there may be others, told elsewhere
MORE_SHARES = Grants(items=Unsaid("shares"), account="@")


def said(path: str, name: str) -> Value:
    """A value that is told only when there is something to tell."""
    return (f"{path} || `null`", Unsaid(name))


def flag(path: str) -> str:
    """A boolean that some versions of the provider write as text, and empty when it is not told."""
    return f"[{path}][?@ != `null` && @ != ''].[@ == `true` || @ == 'true'] | [0][0]"


def having(path: str) -> str:
    """Whether there is a key: without one, the resource does not say."""
    return f"({path} && `true`) || `null`"


def key_of(path: Value) -> Ref:
    return Ref("aws.kms.key", path)


def row(type_: str, arn: str = "arn", **values: Any) -> Row:
    """A resource: what an ARN tells of it, and what is read besides."""
    told = {
        "id": arn,
        "partition": Part(arn, ":", 1),
        "account": account_of(arn),
        "region": (region_of(arn), "region"),
        "tags": _TAGS,
    }
    facts = {f"facts.{name}": value for name, value in values.pop("facts", {}).items()}
    said = {name: value for name, value in {**told, **values, **facts}.items() if value != ""}
    return Row("terraform", type_, said)


_SSE = "server_side_encryption_configuration[0].rule[0].apply_server_side_encryption_by_default[0]"
_RULES = "replication_configuration[].rules[?status=='Enabled'][].destination[]"

_bucket = row(
    "aws_s3_bucket",
    also=("bucket",),
    label="bucket",
    account="",
    region="bucket_region || region",
    encrypted="`true`",
    key=key_of(said(f"{_SSE}.kms_master_key_id", "key")),
    copies=(
        Copies(items=f"{_RULES} || `[]`", id="bucket", account="account_id"),
        Copies(items="logging || `[]`", role=Role.LOG, id="target_bucket"),
        MORE_COPIES,
    ),
    shares=(
        Policy(said("policy", "policy")),
        Grants(
            items="grant[?type=='Group'] || `[]`",
            account="uri",
            public="ends_with(uri || '', '/global/AllUsers')"
            " || ends_with(uri || '', '/global/AuthenticatedUsers')",
            service="ends_with(uri || '', '/s3/LogDelivery')",
            via="acl",
        ),
        MORE_SHARES,
    ),
    facts={"algorithm": said(f"{_SSE}.sse_algorithm", "algorithm")},
)

_volume = row(
    "aws_ebs_volume",
    also=("id",),
    label="tags_all.Name || tags.Name",
    region=(ZONE, region_of("arn"), "region"),
    bytes=Size("size", GIB),
    created="create_time",
    encrypted="encrypted",
    key=key_of("kms_key_id"),
    origin=Ref("aws.ec2.snapshot", "snapshot_id"),
    facts={"outpost": "outpost_arn || ''"},
)


def _snapshot(type_: str, **values: Any) -> Row:
    return row(
        type_,
        also=("id",),
        account="owner_id",
        label="tags_all.Name || tags.Name",
        encrypted="encrypted",
        key=key_of("kms_key_id"),
        facts={"outpost": "outpost_arn || ''"},
        **values,
    )


def _image(type_: str, **values: Any) -> Row:
    return row(
        type_,
        also=("id",),
        account="owner_id",
        label="name",
        encrypted="ebs_block_device[?!encrypted].encrypted | [0]",
        copies=(Copies(items="ebs_block_device[].snapshot_id | [?@]", role=Role.SNAPSHOT, id="@"),),
        shares=(
            Grants(items='(public && `["all"]`) || `[]`', account="@", public="@ == 'all'"),
            MORE_SHARES,
        ),
        **values,
    )


_file_system = row(
    "aws_efs_file_system",
    also=("id",),
    label="name",
    bytes="size_in_bytes[0].value",
    encrypted="encrypted",
    key=key_of("kms_key_id"),
)


def _fsx(flavour: str, **values: Any) -> Row:
    return row(
        f"aws_fsx_{flavour.lower()}_file_system",
        also=("id",),
        label="tags_all.Name || tags.Name",
        bytes=Size("storage_capacity", GIB),
        encrypted="`true`",
        key=key_of("kms_key_id"),
        facts={"flavour": f"'{flavour}'"},
        **values,
    )


_lustre_export = Copies(items="[export_path][?@]", role=Role.EXPORT, id=bucket_of("@"))

_fsx_backup = row(
    "aws_fsx_backup",
    also=("id",),
    label="tags_all.Name || tags.Name",
    encrypted="`true`",
    key=key_of("kms_key_id"),
    origin=Ref("aws.fsx.file_system", "file_system_id"),
)


_table = row(
    "aws_glue_catalog_table",
    label="name",
    account="catalog_id",
    facts={
        "columns": "join('\n', storage_descriptor[0].columns[].name || `[]`)",
        "location": "storage_descriptor[0].location || ''",
    },
    tags="",
)

_stream = row(
    "aws_kinesis_stream",
    also=("name",),
    label="name",
    encrypted="encryption_type && encryption_type == 'KMS'",
    key=key_of("kms_key_id"),
    facts={"retention_hours": "retention_period"},
)

_log_group = row(
    "aws_cloudwatch_log_group",
    also=("name",),
    label="name",
    encrypted="`true`",
    key=key_of("kms_key_id"),
)

_queue = row(
    "aws_sqs_queue",
    also=("url",),
    label="name",
    encrypted=f"{having('kms_master_key_id')} || sqs_managed_sse_enabled",
    key=key_of("kms_master_key_id"),
    shares=(Policy(said("policy", "policy")),),
)


STORES: Mapping[str, tuple[Row, ...]] = {
    "aws.s3.bucket": (_bucket,),
    "aws.ec2.volume": (_volume,),
    "aws.ec2.snapshot": (
        _snapshot("aws_ebs_snapshot", origin=Ref("aws.ec2.volume", "volume_id")),
        # the volume of a copy is an arbitrary one
        _snapshot("aws_ebs_snapshot_copy", origin=Ref("aws.ec2.snapshot", "source_snapshot_id")),
        _snapshot("aws_ebs_snapshot_import"),
    ),
    "aws.ec2.image": (
        _image("aws_ami"),
        _image(
            "aws_ami_copy",
            origin=Ref("aws.ec2.image", "source_ami_id"),
            facts={"origin_region": "source_ami_region || ''"},
        ),
        _image("aws_ami_from_instance"),
    ),
    "aws.efs.file_system": (_file_system,),
    "aws.fsx.file_system": (
        _fsx("WINDOWS"),
        _fsx("LUSTRE", copies=(_lustre_export,)),
        _fsx("ONTAP"),
        _fsx("OPENZFS"),
    ),
    "aws.fsx.backup": (_fsx_backup,),
    "aws.glue.table": (_table,),
    "aws.kinesis.stream": (_stream,),
    "aws.logs.log_group": (_log_group,),
    "aws.sqs.queue": (_queue,),
}
