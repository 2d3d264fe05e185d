"""Cloud Composer: an environment, the bucket of its workflows and that of its snapshots."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Role, StoreType

from ._values import LOCATION, bucket_of, full_name, key

environment = StoreType(
    "gcp.composer.environment",
    category=Category.RELATIONAL,
    listing=None,
    row="composer.googleapis.com/Environment",
    id=full_name("composer"),
    also=("name",),
    label="name",
    region=LOCATION,
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("config.encryptionConfig.kmsKeyName"),
    copies=(
        Copies(items="[config.dagGcsPrefix][?@]", role=Role.EXPORT, id=bucket_of("@")),
        Copies(
            items="[config.recoveryConfig.scheduledSnapshotsConfig][?enabled]",
            role=Role.BACKUP,
            id=bucket_of("snapshotLocation"),
        ),
    ),
    source="https://docs.cloud.google.com/composer/docs/reference/rest/v1/projects.locations.environments",
)
