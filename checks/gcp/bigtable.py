"""Bigtable: every cluster of an instance holds all its data.

A backup lies in the zone of its cluster
(https://docs.cloud.google.com/bigtable/docs/backups).
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Part, Ref, StoreType, Text

from ._values import full_name, key, last

_DOCS = "https://docs.cloud.google.com/bigtable/docs/reference/admin/rest/v2"
_siblings = Ask(
    "bigtableadmin:projects.instances.clusters.list", {"parent": Part("name", "/clusters/", 0)}
)
_cluster = Ask(
    "bigtableadmin:projects.instances.clusters.get", {"name": Part("name", "/backups/", 0)}
)

cluster = StoreType(
    "gcp.bigtable.cluster",
    category=Category.NOSQL,
    listing=None,
    row="bigtableadmin.googleapis.com/Cluster",
    id=full_name("bigtable"),
    also=("name",),
    label="name",
    region=(last("location"), "asset.location"),
    encrypted="`true`",
    key=key("encryptionConfig.kmsKeyName"),
    copies=(Copies(items=_siblings["clusters"], id="name", region=last("location")),),
    source=f"{_DOCS}/projects.instances.clusters",
)

backup = StoreType(
    "gcp.bigtable.backup",
    category=Category.BACKUP,
    listing=None,
    row="bigtableadmin.googleapis.com/Backup",
    id=full_name("bigtable"),
    also=("name",),
    label="name",
    region=(last(_cluster["location"]), "asset.location"),
    bytes="sizeBytes",
    created="startTime",
    encrypted="`true`",
    key=key("encryptionInfo.kmsKeyVersion"),
    origin=Ref("gcp.bigtable.cluster", Part("name", "/backups/", 0)),
    facts={"source_table": Text("{sourceTable}"), "source_backup": "sourceBackup || ''"},
    source=f"{_DOCS}/projects.instances.clusters.backups",
)
