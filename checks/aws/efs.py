"""Amazon EFS."""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Listing, Policy, Ref, StoreType

_replication = Ask(
    "efs:DescribeReplicationConfigurations",
    {"FileSystemId": "FileSystemId"},
    absent=("ReplicationNotFound",),
)
_policy = Ask(
    "efs:DescribeFileSystemPolicy", {"FileSystemId": "FileSystemId"}, absent=("PolicyNotFound",)
)

file_system = StoreType(
    "aws.efs.file_system",
    category=Category.FILE,
    listing=Listing("efs:DescribeFileSystems", items="FileSystems"),
    id="FileSystemArn",
    also=("FileSystemId",),
    label="Name",
    bytes="SizeInBytes.Value",
    created="CreationTime",
    tags="Tags",
    encrypted="Encrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    copies=(
        Copies(
            items=_replication["Replications[].Destinations[]"],
            id="FileSystemId",
            region="Region",
            account="OwnerId",
        ),
    ),
    shares=(Policy(_policy["Policy"]),),
    source="https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html",
)
