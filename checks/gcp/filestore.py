"""Filestore. A backup may lie in another region than its instance: its name says which."""

from __future__ import annotations

from auditor.sdk import GIB, Category, Copies, Part, Ref, Size, StoreType

from ._values import LOCATION, full_name, key

instance = StoreType(
    "gcp.filestore.instance",
    category=Category.FILE,
    listing=None,
    row="file.googleapis.com/Instance",
    id=full_name("file"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes=Size("fileShares[0].capacityGb", GIB),
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("kmsKeyName"),
    copies=(
        Copies(
            items="replication.replicas", id="peerInstance", region=Part("peerInstance", "/", 3)
        ),
    ),
    facts={"replication_role": "replication.role"},
    source="https://docs.cloud.google.com/filestore/docs/reference/rest/v1/projects.locations.instances",
)

backup = StoreType(
    "gcp.filestore.backup",
    category=Category.BACKUP,
    listing=None,
    row="file.googleapis.com/Backup",
    id=full_name("file"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes="storageBytes",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("kmsKey"),
    origin=Ref("gcp.filestore.instance", "sourceInstance"),
    source="https://docs.cloud.google.com/filestore/docs/reference/rest/v1/projects.locations.backups",
)
