"""Backup and DR: vaults, and what is kept in them."""

from __future__ import annotations

from auditor.sdk import Category, Part, Ref, StoreType

from ._values import LOCATION, full_name, key

_DOCS = "https://docs.cloud.google.com/backup-disaster-recovery/docs/reference/rest/v1"
_VAULTS = f"{_DOCS}/projects.locations.backupVaults"

vault = StoreType(
    "gcp.backupdr.backup_vault",
    category=Category.BACKUP,
    listing=None,
    row="backupdr.googleapis.com/BackupVault",
    id=full_name("backupdr"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes="totalStoredBytes",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("encryptionConfig.kmsKeyName"),
    facts={"access_restriction": "accessRestriction"},
    source=_VAULTS,
)

backup = StoreType(
    "gcp.backupdr.backup",
    category=Category.BACKUP,
    listing=None,
    row="backupdr.googleapis.com/Backup",
    id=full_name("backupdr"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes="resourceSizeBytes",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("kmsKeyVersions[0]"),
    origin=Ref("*", "gcpResource.gcpResourcename"),
    parent=Ref("gcp.backupdr.backup_vault", Part("name", "/dataSources/", 0)),
    facts={"origin_location": "gcpResource.location"},
    source=f"{_VAULTS}.dataSources.backups",
)
