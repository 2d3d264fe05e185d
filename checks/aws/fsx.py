"""Amazon FSx: Windows, Lustre, ONTAP and OpenZFS.

File systems and their backups are always encrypted at rest
(https://docs.aws.amazon.com/fsx/latest/WindowsGuide/encryption-at-rest.html and its siblings).
SnapMirror replication of ONTAP is not visible in the AWS API.
"""

from __future__ import annotations

from auditor.sdk import GIB, Category, Copies, Listing, Ref, Role, Size, StoreType

from ._values import NAME_TAG, bucket_of

file_system = StoreType(
    "aws.fsx.file_system",
    category=Category.FILE,
    listing=Listing("fsx:DescribeFileSystems", items="FileSystems"),
    id="ResourceARN",
    also=("FileSystemId",),
    label=NAME_TAG,
    bytes=Size("StorageCapacity", GIB),
    created="CreationTime",
    tags="Tags",
    encrypted="`true`",
    key=Ref("aws.kms.key", "KmsKeyId"),
    copies=(
        Copies(
            items="LustreConfiguration.DataRepositoryConfiguration.ExportPath",
            role=Role.EXPORT,
            id=bucket_of("@"),
        ),
    ),
    facts={"flavour": "FileSystemType"},
    source="https://docs.aws.amazon.com/fsx/latest/APIReference/API_DescribeFileSystems.html",
)

backup = StoreType(
    "aws.fsx.backup",
    category=Category.BACKUP,
    listing=Listing("fsx:DescribeBackups", items="Backups"),
    only="Type != 'AWS_BACKUP'",  # those are told as recovery points of their vault
    id="ResourceARN",
    also=("BackupId",),
    label=NAME_TAG,
    bytes="SizeInBytes",
    created="CreationTime",
    tags="Tags",
    encrypted="`true`",
    key=Ref("aws.kms.key", "KmsKeyId"),
    origin=Ref("aws.fsx.file_system", ("SourceBackupId", "FileSystem.ResourceARN")),
    facts={"origin_region": "SourceBackupRegion || ''"},
    source="https://docs.aws.amazon.com/fsx/latest/APIReference/API_DescribeBackups.html",
)
