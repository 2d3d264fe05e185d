"""Secret Manager: a secret is kept where its replication says; automatic replication is anywhere.

A regional secret has its place in its name
(https://docs.cloud.google.com/secret-manager/docs/choosing-replication).
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Part, StoreType

from ._values import full_name, key, let_in

_REPLICAS = "replication.userManaged.replicas"
_KEY = "customerManagedEncryption.kmsKeyName"

secret = StoreType(
    "gcp.secretmanager.secret",
    category=Category.NOSQL,
    listing=None,
    row="secretmanager.googleapis.com/Secret",
    id=full_name("secretmanager"),
    also=("name",),
    label="name",
    region=(Part(Part("name", "/locations/", 1), "/", 0), f"{_REPLICAS}[0].location"),
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key(f"{_KEY} || replication.automatic.{_KEY} || {_REPLICAS}[0].{_KEY}"),
    copies=(Copies(items=f"{_REPLICAS}[1:]", region="location"),),
    shares=let_in(Ask("secretmanager:projects.secrets.getIamPolicy", {"resource": "name"})),
    source="https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets",
)
