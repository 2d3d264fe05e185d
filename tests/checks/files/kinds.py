"""A few store types, declared as the clouds declare them, for the exports of an invented group."""

from __future__ import annotations

from auditor.declare import Unsaid
from auditor.sdk import (
    GIB,
    Ask,
    Category,
    Copies,
    Folded,
    Grants,
    Listing,
    Paired,
    Part,
    Ref,
    Role,
    Row,
    Size,
    StoreType,
    Text,
)

_PAGE = "https://learn.microsoft.com/rest/api/"
_ACCOUNT = Part("arn", ":", 4)

ACCOUNT = StoreType(
    "azure.storage.account",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.storage/storageaccounts",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    created="properties.creationTime",
    encrypted="`true`",
    needs=("properties.primaryLocation",),
    key=Ref("azure.keyvault.key", "properties.encryption.keyvaultproperties.keyvaulturi"),
    copies=(
        Copies(items="properties.secondaryLocation", region=Folded("@")),
        Copies(
            items=Ask("Microsoft.Storage:x", {"path": Text("{id}/blobServices")})["value"],
            role=Role.BACKUP,
            region="location",
        ),
    ),
    facts={"redundancy": "sku.name"},
    rows=(
        Row(
            "terraform",
            "azurerm_storage_account",
            {
                "id": "id",
                "label": "name",
                "region": "location",
                "tags": "tags",
                "facts.redundancy": Unsaid("redundancy"),
            },
        ),
    ),
    source=_PAGE,
)
DISK = StoreType(
    "azure.compute.disk",
    category=Category.BLOCK,
    listing=None,
    row="microsoft.compute/disks",
    id="id",
    label="name",
    region=Folded("location"),
    copies=(Copies(items="sku.name[?@ == 'x']", role=Role.BACKUP, region=Paired("location")),),
    bytes=Size("properties.diskSizeGB", GIB),
    source=_PAGE,
)
BUCKET = StoreType(
    "gcp.storage.bucket",
    category=Category.OBJECT,
    listing=None,
    row="storage.googleapis.com/Bucket",
    id=Text("//storage.googleapis.com/{name}"),
    label="name",
    region=Folded("location"),
    tags="labels",
    encrypted="`true`",
    source=_PAGE,
)
CONFIG = Row(
    "config",
    "AWS::S3::Bucket",
    {"id": "arn", "label": "resourceName", "region": "awsRegion", "tags": "tags",
     "facts.versioning": "supplementaryConfiguration.BucketVersioningConfiguration.status"},
)  # fmt: skip
STATE = Row(
    "terraform",
    "aws_s3_bucket",
    {"id": "arn", "label": "bucket", "region": "region", "tags": ("tags_all", "tags"),
     "account": "", "encrypted": "`true`", "facts.versioning": "versioning[0].enabled",
     "shares": (Grants(items="grant || `[]`", account="id"), Grants(items=Unsaid("shares"),
                                                                    account="@"))},
)  # fmt: skip
S3 = StoreType(
    "aws.s3.archive",
    category=Category.OBJECT,
    listing=Listing("s3:ListBuckets", items="Buckets[]", scope="global"),
    id="arn",
    facts={"versioning": "x"},
    copies=(Copies(items="x", id="y"),),
    rows=(CONFIG, STATE),
    source=_PAGE,
)
VOLUME = StoreType(
    "aws.ec2.disk",
    category=Category.BLOCK,
    listing=Listing("ec2:DescribeVolumes", items="Volumes[]"),
    id="arn",
    rows=(
        Row(
            "terraform",
            "aws_ebs_volume",
            {"id": "arn", "region": Part("arn", ":", 3), "account": _ACCOUNT,
             "bytes": Size("size", GIB), "encrypted": "encrypted"},
        ),
    ),
    source=_PAGE,
)  # fmt: skip
KINDS = (ACCOUNT, DISK, BUCKET, S3, VOLUME)
