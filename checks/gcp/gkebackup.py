"""Backup for GKE: configuration, secrets and the contents of volumes of a cluster."""

from __future__ import annotations

from auditor.sdk import Category, StoreType

from ._values import LOCATION, full_name, key

backup = StoreType(
    "gcp.gkebackup.backup",
    category=Category.BACKUP,
    listing=None,
    row="gkebackup.googleapis.com/Backup",
    id=full_name("gkebackup"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes="sizeBytes",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("encryptionKey.gcpKmsEncryptionKey"),
    facts={
        "volumes": "containsVolumeData",
        "secrets": "containsSecrets",
        "cluster": "clusterMetadata.cluster",
    },
    source="https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/reference/rest/v1/projects.locations.backupPlans.backups",
)
