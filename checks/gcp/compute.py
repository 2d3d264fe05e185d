"""Compute Engine disks, and what is made of them.

A disk lies in a zone, or in two of a region. A snapshot or an image lies where its
`storageLocations` say: without a choice, in the continent nearest to its disk (`eu`)
(https://docs.cloud.google.com/compute/docs/disks/snapshots). `sha256` without a key's name is a
key that the customer sends with each call and Google does not keep.
"""

from __future__ import annotations

from typing import Any

from auditor.sdk import GIB, Category, Copies, Ref, Size, StoreType

from ._values import key, last

_DOCS = "https://docs.cloud.google.com/compute/docs/reference/rest/v1"
_COMMON: dict[str, Any] = {
    "listing": None,
    "id": ("asset.name", "selfLink"),
    "also": ("selfLink",),
    "label": "name",
    "created": "creationTimestamp",
    "tags": "labels",
    "encrypted": "`true`",
}
_DISK: dict[str, Any] = {
    **_COMMON,
    "category": Category.BLOCK,
    "region": (last("zone"), last("region"), "asset.location"),
    "copies": (
        Copies(items="replicaZones", region=last("@")),
        Copies(items="asyncSecondaryDisks.*.asyncReplicationDisk", id="disk"),
    ),
    "bytes": Size("sizeGb", GIB),
    "key": key("diskEncryptionKey.kmsKeyName"),
    "origin": Ref("*", "asyncPrimaryDisk.disk || sourceSnapshot || sourceImage || sourceDisk"),
    "facts": {
        "customer_supplied_key": (
            "!(diskEncryptionKey.kmsKeyName) && !(!(diskEncryptionKey.sha256))"
        ),
    },
}


def _stored(kind: Category, encryption: str, origin: str, size: str) -> dict[str, Any]:
    """What snapshots and images have in common: they lie where they say."""
    return {
        **_COMMON,
        "category": kind,
        "region": ("storageLocations[0]", "asset.location"),
        "copies": (Copies(items="storageLocations[1:]", region="@"),),
        "key": key(f"{encryption}.kmsKeyName"),
        "origin": Ref("*", origin),
        "bytes": size,
    }


disk = StoreType(
    "gcp.compute.disk",
    row="compute.googleapis.com/Disk",
    source=f"{_DOCS}/disks",
    **_DISK,
)

region_disk = StoreType(
    "gcp.compute.region_disk",
    row="compute.googleapis.com/RegionDisk",
    source=f"{_DOCS}/regionDisks",
    **_DISK,
)

snapshot = StoreType(
    "gcp.compute.snapshot",
    row="compute.googleapis.com/Snapshot",
    source=f"{_DOCS}/snapshots",
    **_stored(Category.SNAPSHOT, "snapshotEncryptionKey", "sourceDisk", "storageBytes"),
)

image = StoreType(
    "gcp.compute.image",
    row="compute.googleapis.com/Image",
    source=f"{_DOCS}/images",
    **_stored(
        Category.SNAPSHOT,
        "imageEncryptionKey",
        "sourceDisk || sourceSnapshot || sourceImage",
        "archiveSizeBytes",
    ),
)

machine_image = StoreType(
    "gcp.compute.machine_image",
    row="compute.googleapis.com/MachineImage",
    source=f"{_DOCS}/machineImages",
    **_stored(
        Category.SNAPSHOT, "machineImageEncryptionKey", "sourceInstance", "totalStorageBytes"
    ),
)

instant_snapshot = StoreType(
    "gcp.compute.instant_snapshot",
    row="compute.googleapis.com/InstantSnapshot",
    category=Category.SNAPSHOT,
    region=(last("zone"), last("region"), "asset.location"),
    bytes="resourceStatus.storageSizeBytes",
    origin=Ref("*", "sourceDisk"),
    source=f"{_DOCS}/instantSnapshots",
    **_COMMON,
)
