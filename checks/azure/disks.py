"""Azure managed disks, and what is made of them: snapshots, images, restore points.

All are encrypted at rest (https://learn.microsoft.com/azure/virtual-machines/disk-encryption). A
customer's key is named by a disk encryption set, which is asked once for all its disks; the set
does not tell what the key is made of, unless it is one of a managed HSM. A snapshot may be a copy
of one in another region: its origin says which.
"""

from __future__ import annotations

from auditor.sdk import GIB, Ask, Category, Folded, Part, Ref, Size, StoreType

from ._forms import reachable
from ._values import EDGE, PLACE

_SET = "azure.compute.disk_encryption_set"
_ENCRYPTION_SET = (
    "properties.encryption.diskEncryptionSetId",
    "properties.securityProfile.secureVMDiskEncryptionSetId",
)
_REACH = {
    "publicly_accessible": reachable(),
    "network_access": "properties.networkAccessPolicy",
    "state": "properties.diskState",
    "encryption": "properties.encryption.type",
}

disk = StoreType(
    "azure.compute.disk",
    category=Category.BLOCK,
    listing=None,
    row="microsoft.compute/disks",
    needs=("properties.creationData.createOption", "properties.encryption.type"),
    whole=Ask("Microsoft.Compute:disks", {"path": "id"}),
    id="id",
    label="name",
    region=EDGE,
    bytes="properties.diskSizeBytes",
    created="properties.timeCreated",
    tags="tags",
    encrypted="`true`",
    key=Ref(_SET, _ENCRYPTION_SET),
    origin=Ref(
        "*",
        (
            "properties.creationData.sourceResourceId",
            "properties.creationData.galleryImageReference.id",
        ),
    ),
    facts={**_REACH, "redundancy": "sku.name", "attached_to": "managedBy"},
    source="https://learn.microsoft.com/rest/api/compute/disks/list",
)

snapshot = StoreType(
    "azure.compute.snapshot",
    category=Category.SNAPSHOT,
    listing=None,
    row="microsoft.compute/snapshots",
    needs=("properties.creationData.createOption", "properties.encryption.type"),
    whole=Ask("Microsoft.Compute:snapshots", {"path": "id"}),
    id="id",
    label="name",
    region=EDGE,
    bytes="properties.diskSizeBytes",
    created="properties.timeCreated",
    tags="tags",
    encrypted="`true`",
    key=Ref(_SET, _ENCRYPTION_SET),
    origin=Ref("*", "properties.creationData.sourceResourceId"),
    facts={
        **_REACH,
        "redundancy": "sku.name",
        "made_by": "properties.creationData.createOption",
        "incremental": "properties.incremental",
    },
    source="https://learn.microsoft.com/rest/api/compute/snapshots/list",
)

image = StoreType(
    "azure.compute.image",
    category=Category.SNAPSHOT,
    listing=None,
    row="microsoft.compute/images",
    needs=("properties.storageProfile.osDisk.osType",),
    whole=Ask("Microsoft.Compute:images", {"path": "id"}),
    id="id",
    label="name",
    region=EDGE,
    bytes=Size("properties.storageProfile.osDisk.diskSizeGB", GIB),
    tags="tags",
    encrypted="`true`",
    key=Ref(
        _SET,
        (
            "properties.storageProfile.osDisk.diskEncryptionSet.id",
            "properties.storageProfile.dataDisks[].diskEncryptionSet.id | [0]",
        ),
    ),
    origin=Ref(
        "*",
        (
            "properties.storageProfile.osDisk.managedDisk.id",
            "properties.storageProfile.osDisk.snapshot.id",
        ),
    ),
    facts={"zone_resilient": "properties.storageProfile.zoneResilient"},
    source="https://learn.microsoft.com/rest/api/compute/images/list",
)

# the source is a machine, or another collection, of which this one is a copy
_COPIED = (
    "(contains(properties.source.id || '', '/restorePointCollections/') && properties.source.id)"
    " || `null`"
)

restore_point_collection = StoreType(
    "azure.compute.restore_point_collection",
    category=Category.BACKUP,
    listing=None,
    row="microsoft.compute/restorepointcollections",
    needs=("properties.source.id",),
    whole=Ask("Microsoft.Compute:restorePointCollections", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    encrypted="`true`",
    origin=Ref("azure.compute.restore_point_collection", _COPIED),
    facts={
        "origin_region": Folded("properties.source.location"),
        "source": "properties.source.id",
    },
    source="https://learn.microsoft.com/rest/api/compute/restore-point-collections/list-all",
)

_set = Ask("Microsoft.Compute:diskEncryptionSets", {"path": "id"})

disk_encryption_set = StoreType(
    "azure.compute.disk_encryption_set",
    category=Category.KEY,
    listing=None,
    id=(_set["id"], "id"),
    also=("id",),
    label=_set["name"],
    region=Folded(_set["location"]),
    facts={
        "manager": _set["(properties.activeKey.keyUrl && 'customer') || `null`"],
        "material": _set[
            "(contains(properties.activeKey.keyUrl || '', '.managedhsm.') && 'hsm') || `null`"
        ],
        "multi_region": _set["`false`"],
        "owner": Part("id", "/", 2),
        "rotation_error": _set["properties.autoKeyRotationError.code || ''"],
        "key": _set["properties.activeKey.keyUrl"],
        "encryption": _set["properties.encryptionType"],
        "cross_tenant_client": _set["properties.federatedClientId || ''"],
    },
    source="https://learn.microsoft.com/rest/api/compute/disk-encryption-sets/get",
)
