"""Dataproc clusters with their buckets, and Dataproc Metastore."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Part, Role, StoreType

from ._values import LOCATION, bucket_of, full_name, key

_REGION = Part(Part("asset.name", "/regions/", 1), "/", 0)

cluster = StoreType(
    "gcp.dataproc.cluster",
    category=Category.WAREHOUSE,
    listing=None,
    row="dataproc.googleapis.com/Cluster",
    id=("asset.name", "clusterUuid"),
    also=("clusterUuid",),
    label="clusterName",
    region=(_REGION, "asset.location"),
    tags="labels",
    encrypted="`true`",
    key=key("config.encryptionConfig.gcePdKmsKeyName || config.encryptionConfig.kmsKey"),
    copies=(
        Copies(items="[config.configBucket][?@]", role=Role.EXPORT, id="@"),
        Copies(items="[config.tempBucket][?@]", role=Role.EXPORT, id="@"),
    ),
    source="https://docs.cloud.google.com/dataproc/docs/reference/rest/v1/projects.regions.clusters",
)

metastore = StoreType(
    "gcp.metastore.service",
    category=Category.WAREHOUSE,
    listing=None,
    row="metastore.googleapis.com/Service",
    id=full_name("metastore"),
    also=("name",),
    label="name",
    region=LOCATION,
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("encryptionConfig.kmsKey"),
    copies=(
        Copies(items="[artifactGcsUri][?@]", role=Role.EXPORT, id=bucket_of("@")),
        Copies(
            items="[scheduledBackup][?enabled]",
            role=Role.BACKUP,
            id=bucket_of("backupLocation"),
        ),
    ),
    source="https://docs.cloud.google.com/dataproc-metastore/docs/reference/rest/v1/projects.locations.services",
)
