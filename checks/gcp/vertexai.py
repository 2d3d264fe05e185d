"""Vertex AI: datasets, feature stores, indexes and models; Workbench instances."""

from __future__ import annotations

from typing import Any

from auditor.sdk import GIB, Ask, Category, Ref, Size, StoreType

from ._values import LOCATION, bucket_of, full_name, key

_DOCS = "https://docs.cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations"
_COMMON: dict[str, Any] = {
    "category": Category.OBJECT,
    "listing": None,
    "id": full_name("aiplatform"),
    "also": ("name",),
    "region": LOCATION,
    "created": "createTime",
    "tags": "labels",
    "encrypted": "`true`",
    "key": key("encryptionSpec.kmsKeyName"),
}

dataset = StoreType(
    "gcp.vertexai.dataset",
    row="aiplatform.googleapis.com/Dataset",
    label="displayName",
    source=f"{_DOCS}.datasets",
    **_COMMON,
)

feature_online_store = StoreType(
    "gcp.vertexai.feature_online_store",
    row="aiplatform.googleapis.com/FeatureOnlineStore",
    label="name",
    source=f"{_DOCS}.featureOnlineStores",
    **_COMMON,
)

featurestore = StoreType(
    "gcp.vertexai.featurestore",
    row="aiplatform.googleapis.com/Featurestore",
    label="name",
    source=f"{_DOCS}.featurestores",
    **_COMMON,
)

index = StoreType(
    "gcp.vertexai.index",
    row="aiplatform.googleapis.com/Index",
    label="displayName",
    source=f"{_DOCS}.indexes",
    **_COMMON,
)

model = StoreType(
    "gcp.vertexai.model",
    row="aiplatform.googleapis.com/Model",
    label="displayName",
    origin=Ref("gcp.storage.bucket", bucket_of("artifactUri")),
    source=f"{_DOCS}.models",
    **_COMMON,
)

# the inventory may tell an instance as the first version of its API has it, keys elsewhere
workbench = StoreType(
    "gcp.notebooks.instance",
    category=Category.BLOCK,
    listing=None,
    row="notebooks.googleapis.com/Instance",
    needs=("gceSetup",),
    whole=Ask("notebooks:projects.locations.instances.get", {"name": "name"}),
    id=full_name("notebooks"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes=Size("gceSetup.dataDisks[0].diskSizeGb", GIB),
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("gceSetup.dataDisks[0].kmsKey || gceSetup.bootDisk.kmsKey"),
    source="https://docs.cloud.google.com/vertex-ai/docs/workbench/reference/rest/v2/projects.locations.instances",
)
