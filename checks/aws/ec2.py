"""Amazon EBS volumes and snapshots, and the machine images made of them."""

from __future__ import annotations

from auditor.sdk import (
    GIB,
    Ask,
    Category,
    Copies,
    Grants,
    Listing,
    Ref,
    Role,
    Size,
    StoreType,
    Text,
)

from ._values import LOCAL_ZONE, NAME_TAG

_PAGE = "`500`"  # unpaged questions are throttled earlier, and may time out
_OURS = '`["self"]`'  # otherwise every public snapshot and image of the region is listed

# "Snapshots created by a copy have an arbitrary volume ID that you should not use": vol-ffffffff
_VOLUME = "[VolumeId][?@ != 'vol-ffffffff'] | [0]"

_permissions = Ask(
    "ec2:DescribeSnapshotAttribute",
    {"SnapshotId": "SnapshotId", "Attribute": "'createVolumePermission'"},
)
_launches = Ask(
    "ec2:DescribeImageAttribute", {"ImageId": "ImageId", "Attribute": "'launchPermission'"}
)

volume = StoreType(
    "aws.ec2.volume",
    category=Category.BLOCK,
    listing=Listing("ec2:DescribeVolumes", items="Volumes", params={"MaxResults": _PAGE}),
    id=Text("arn:{partition}:ec2:{region}:{account}:volume/{VolumeId}"),
    also=("VolumeId",),
    label=NAME_TAG,
    region=LOCAL_ZONE,
    bytes=Size("Size", GIB),
    created="CreateTime",
    tags="Tags",
    encrypted="Encrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    origin=Ref("aws.ec2.snapshot", "SnapshotId"),
    facts={"outpost": "OutpostArn || ''"},
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html",
)

snapshot = StoreType(
    "aws.ec2.snapshot",
    category=Category.SNAPSHOT,
    listing=Listing(
        "ec2:DescribeSnapshots",
        items="Snapshots",
        params={"OwnerIds": _OURS, "MaxResults": _PAGE},
    ),
    id=Text("arn:{partition}:ec2:{region}::snapshot/{SnapshotId}"),
    also=("SnapshotId",),
    label=NAME_TAG,
    region=LOCAL_ZONE,
    bytes="FullSnapshotSizeInBytes",
    created="StartTime",
    tags="Tags",
    encrypted="Encrypted",
    key=Ref("aws.kms.key", "KmsKeyId"),
    shares=(
        Grants(
            items=_permissions["CreateVolumePermissions"],
            account="UserId",
            public="Group == 'all'",
        ),
    ),
    origin=Ref(
        "aws.ec2.volume", Text(f"arn:{{partition}}:ec2:{{region}}:{{account}}:volume/{{{_VOLUME}}}")
    ),
    facts={"outpost": "OutpostArn || ''"},
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html",
)

image = StoreType(
    "aws.ec2.image",
    category=Category.SNAPSHOT,
    listing=Listing(
        "ec2:DescribeImages", items="Images", params={"Owners": _OURS, "MaxResults": _PAGE}
    ),
    id=Text("arn:{partition}:ec2:{region}::image/{ImageId}"),
    also=("ImageId",),
    label="Name",
    created="CreationDate",
    tags="Tags",
    # `false` or not told: the keys are told by the snapshots that the image is made of
    encrypted="BlockDeviceMappings[?Ebs && !(Ebs.Encrypted)].Ebs.Encrypted | [0]",
    copies=(Copies(items="BlockDeviceMappings[].Ebs.SnapshotId", role=Role.SNAPSHOT, id="@"),),
    shares=(
        Grants(
            items=_launches["LaunchPermissions"],
            account="UserId || OrganizationArn || OrganizationalUnitArn",
            public="Group == 'all'",
        ),
    ),
    origin=Ref("aws.ec2.image", "SourceImageId"),
    facts={"origin_region": "SourceImageRegion || ''"},
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
)
