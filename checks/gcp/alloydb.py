"""AlloyDB.

Automated backups lie in the region of the cluster, unless their policy names a place
(https://docs.cloud.google.com/alloydb/docs/reference/rest/v1/projects.locations.clusters).
"""

from __future__ import annotations

from auditor.sdk import Category, Copies, Part, Ref, Role, StoreType

from ._values import LOCATION, full_name, key

_DOCS = "https://docs.cloud.google.com/alloydb/docs/reference/rest/v1/projects.locations"

cluster = StoreType(
    "gcp.alloydb.cluster",
    category=Category.RELATIONAL,
    listing=None,
    row="alloydb.googleapis.com/Cluster",
    id=full_name("alloydb"),
    also=("name",),
    label="name",
    region=LOCATION,
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("encryptionConfig.kmsKeyName"),
    copies=(
        Copies(items="primaryConfig.secondaryClusterNames", id="@", region=Part("@", "/", 3)),
        Copies(
            items="[automatedBackupPolicy][?enabled && location]",
            role=Role.BACKUP,
            region="location",
        ),
    ),
    origin=Ref("gcp.alloydb.cluster", "secondaryConfig.primaryClusterName"),
    facts={"type": "clusterType"},
    source=f"{_DOCS}.clusters",
)

backup = StoreType(
    "gcp.alloydb.backup",
    category=Category.BACKUP,
    listing=None,
    row="alloydb.googleapis.com/Backup",
    id=full_name("alloydb"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes="sizeBytes",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("encryptionConfig.kmsKeyName"),
    origin=Ref("gcp.alloydb.cluster", "clusterName"),
    source=f"{_DOCS}.backups",
)
