"""Spanner: an instance lies where its configuration says, replica by replica.

The names of configurations mislead: of `eur5`, one replica is in London. A backup lies with the
instance that it belongs to, which may be another than that of its database.
"""

from __future__ import annotations

from typing import Any

from auditor.sdk import Ask, Category, Copies, Part, Ref, StoreType

from ._values import full_name, key

_DOCS = "https://docs.cloud.google.com/spanner/docs/reference/rest/v1/projects.instances"
_REGIONAL = "/instanceConfigs/regional-"


def _lies(config: Any) -> dict[str, Any]:
    """Where the replicas of a configuration are; of a regional one, its name says it."""
    asked = Ask("spanner:projects.instanceConfigs.get", {"name": config})
    return {
        "region": (
            Part(config, _REGIONAL, 1),
            asked["replicas[?defaultLeaderLocation].location | [0]"],
            asked["replicas[0].location"],
        ),
        "copies": (Copies(items=asked["replicas[?!defaultLeaderLocation]"], region="location"),),
    }


_of_database = Ask("spanner:projects.instances.get", {"name": Part("name", "/databases/", 0)})
_of_backup = Ask("spanner:projects.instances.get", {"name": Part("name", "/backups/", 0)})

instance = StoreType(
    "gcp.spanner.instance",
    category=Category.RELATIONAL,
    listing=None,
    row="spanner.googleapis.com/Instance",
    id=full_name("spanner"),
    also=("name",),
    label="displayName",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    facts={"config": "config"},
    source=_DOCS,
    **_lies("config"),
)

database = StoreType(
    "gcp.spanner.database",
    category=Category.RELATIONAL,
    listing=None,
    row="spanner.googleapis.com/Database",
    id=full_name("spanner"),
    also=("name",),
    label="name",
    created="createTime",
    encrypted="`true`",
    key=key("encryptionConfig.kmsKeyName || encryptionConfig.kmsKeyNames[0]"),
    parent=Ref("gcp.spanner.instance", Part("name", "/databases/", 0)),
    facts={"default_leader": "defaultLeader"},
    source=f"{_DOCS}.databases",
    **_lies(_of_database["config"]),
)

backup = StoreType(
    "gcp.spanner.backup",
    category=Category.BACKUP,
    listing=None,
    row="spanner.googleapis.com/Backup",
    id=full_name("spanner"),
    also=("name",),
    label="name",
    bytes="sizeBytes",
    created="createTime",
    encrypted="`true`",
    key=key("encryptionInfo.kmsKeyVersion"),
    origin=Ref("gcp.spanner.database", "database"),
    parent=Ref("gcp.spanner.instance", Part("name", "/backups/", 0)),
    source=f"{_DOCS}.backups",
    **_lies(_of_backup["config"]),
)
