"""Cloud SQL.

Backups lie where `backupConfiguration.location` says; without it, in the continent nearest to the
instance (https://docs.cloud.google.com/sql/docs/mysql/backup-recovery/backups): the copy is then
told without its place. Replicas may be in other regions: each is resolved by its name.
"""

from __future__ import annotations

from auditor.sdk import GIB, Category, Copies, Ref, Role, Size, StoreType, Text

from ._values import APPROVAL, key, last

_DOCS = "https://docs.cloud.google.com/sql/docs/mysql/admin-api/rest/v1"
_OPEN = "length(settings.ipConfiguration.authorizedNetworks[?value == '0.0.0.0/0'] || `[]`)"

instance = StoreType(
    "gcp.sql.instance",
    category=Category.RELATIONAL,
    listing=None,
    row="sqladmin.googleapis.com/Instance",
    id=("asset.name", "selfLink"),
    also=(
        "selfLink",
        "connectionName",
        Text("{project}:{name}"),
        Text("projects/{project}/instances/{name}"),
    ),
    label="name",
    region=("region", "asset.location"),
    bytes=Size("settings.dataDiskSizeGb", GIB),
    created="createTime",
    tags="settings.userLabels",
    encrypted="`true`",
    key=key("diskEncryptionConfiguration.kmsKeyName"),
    copies=(
        Copies(items="replicaNames", id=Text("{account}:{@}")),
        Copies(
            items="[settings.backupConfiguration][?enabled]", role=Role.BACKUP, region="location"
        ),
    ),
    origin=Ref("gcp.sql.instance", "masterInstanceName"),
    facts={
        "access_approval": APPROVAL,
        "availability": "settings.availabilityType",
        "public_ip": "settings.ipConfiguration.ipv4Enabled",
        "open_to_any_address": f"{_OPEN} > `0`",
        "disaster_replica": "replicationCluster.failoverDrReplicaName || ''",
    },
    source=f"{_DOCS}/instances",
)

backup = StoreType(
    "gcp.sql.backup",
    category=Category.BACKUP,
    listing=None,
    row="sqladmin.googleapis.com/Backup",
    id=("asset.name", "selfLink", "name"),
    also=("name",),
    label=last("name"),
    region=("location", "asset.location"),
    bytes="maxChargeableBytes",
    created="backupInterval.startTime",
    encrypted="`true`",
    key=key("kmsKey"),
    origin=Ref("gcp.sql.instance", Text("{account}:{instance}")),
    facts={"type": "type"},
    source=f"{_DOCS}/Backups",
)
