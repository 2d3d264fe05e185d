"""Artifact Registry; `europe`, `us` and `asia` are multi-regions."""

from __future__ import annotations

from auditor.sdk import Ask, Category, StoreType

from ._values import LOCATION, full_name, key, let_in

_policy = Ask("artifactregistry:projects.locations.repositories.getIamPolicy", {"resource": "name"})

repository = StoreType(
    "gcp.artifactregistry.repository",
    category=Category.OBJECT,
    listing=None,
    row="artifactregistry.googleapis.com/Repository",
    id=full_name("artifactregistry"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes="sizeBytes",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("kmsKeyName"),
    shares=let_in(_policy),
    facts={"format": "format", "mode": "mode"},
    source="https://docs.cloud.google.com/artifact-registry/docs/reference/rest/v1/projects.locations.repositories",
)
