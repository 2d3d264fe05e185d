"""Image versions of Azure compute galleries, replicated to the regions that each version names.

Whom an image is shared with is said by its gallery, asked once for all its versions. A gallery
shared with groups does not name them in a plain answer: they are then told as one unnamed account.
"""

from __future__ import annotations

from auditor.sdk import GIB, Ask, Category, Copies, Folded, Grants, Part, Ref, Size, StoreType

from ._values import PLACE

_gallery = Ask("Microsoft.Compute:galleries", {"path": Part("id", "/images/", 0)}, once=True)
_SHARING = "properties.sharingProfile"
_UNNAMED = f"({_SHARING}.permissions == 'Groups' && `[\"?\"]`)"

gallery_image_version = StoreType(
    "azure.compute.gallery_image_version",
    category=Category.SNAPSHOT,
    listing=None,
    row="microsoft.compute/galleries/images/versions",
    needs=("properties.publishingProfile.targetRegions",),
    whole=Ask("Microsoft.Compute:galleries/images/versions", {"path": "id"}),
    id="id",
    label=Part("id", "/galleries/", 1),
    region=PLACE,
    bytes=Size("properties.storageProfile.osDiskImage.sizeInGB", GIB),
    created="properties.publishingProfile.publishedDate",
    tags="tags",
    encrypted="`true`",
    key=Ref(
        "azure.compute.disk_encryption_set",
        "properties.publishingProfile.targetRegions[]"
        ".encryption.osDiskImage.diskEncryptionSetId | [0]",
    ),
    copies=(
        Copies(items="properties.publishingProfile.targetRegions", region=Folded("name")),
        Copies(
            items="properties.publishingProfile.targetExtendedLocations",
            region=(Folded("extendedLocation.name"), Folded("name")),
        ),
    ),
    shares=(
        Grants(
            items=_gallery[f"{_SHARING}.groups[].ids[] || {_UNNAMED} || `null`"],
            account="@",
            us="tenantId",
            via="gallery",
        ),
        Grants(
            items=_gallery[f"({_SHARING}.permissions == 'Community' && {_SHARING}) || `null`"],
            account="permissions",
            public="permissions == 'Community'",
            via="gallery",
        ),
    ),
    origin=Ref(
        "*",
        (
            "properties.storageProfile.source.id",
            "properties.storageProfile.osDiskImage.source.id",
        ),
    ),
    facts={"replication": "properties.publishingProfile.replicationMode"},
    source="https://learn.microsoft.com/rest/api/compute/gallery-image-versions/get",
)
