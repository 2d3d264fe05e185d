"""Firestore, and Datastore: a Firestore database in Datastore mode (`mode` tells which).

`eur3` and `nam5` are several regions; a database's location never changes
(https://docs.cloud.google.com/firestore/docs/locations).
"""

from __future__ import annotations

from auditor.sdk import Category, Ref, StoreType

from ._values import LOCATION, full_name, key

_DOCS = "https://docs.cloud.google.com/firestore/docs/reference/rest/v1"

database = StoreType(
    "gcp.firestore.database",
    category=Category.NOSQL,
    listing=None,
    row="firestore.googleapis.com/Database",
    id=full_name("firestore"),
    also=("name",),
    label="name",
    region=("locationId", "asset.location"),
    created="createTime",
    encrypted="`true`",
    key=key("cmekConfig.kmsKeyName"),
    facts={"mode": "type", "point_in_time_recovery": "pointInTimeRecoveryEnablement"},
    source=f"{_DOCS}/projects.databases",
)

backup = StoreType(
    "gcp.firestore.backup",
    category=Category.BACKUP,
    listing=None,
    row="firestore.googleapis.com/Backup",
    id=full_name("firestore"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes="stats.sizeBytes",
    created="snapshotTime",
    encrypted="`true`",
    origin=Ref("gcp.firestore.database", "database"),
    source=f"{_DOCS}/projects.locations.backups",
)
