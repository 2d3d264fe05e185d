"""Oracle Database@Azure: databases run by Oracle in regions of Azure."""

from __future__ import annotations

from auditor.sdk import GIB, Category, Copies, Folded, Size, StoreType

autonomous = StoreType(
    "azure.oracle.autonomous_database",
    category=Category.RELATIONAL,
    listing=None,
    row="oracle.database/autonomousdatabases",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.timeCreated",
    tags="tags",
    encrypted="`true`",
    copies=(Copies(items="properties.peerDbIds", id="@"),),
    facts={
        "flavour": "properties.dataBaseType || ''",
        "geo_redundant": "properties.isRemoteDataGuardEnabled",
        "control_plane": "properties.ociUrl || ''",
        "backups_copied_too": (
            "properties.remoteDisasterRecoveryConfiguration.isReplicateAutomaticBackups"
        ),
    },
    source="https://learn.microsoft.com/azure/templates/oracle.database/autonomousdatabases",
)

cluster = StoreType(
    "azure.oracle.cloud_vm_cluster",
    category=Category.RELATIONAL,
    listing=None,
    row="oracle.database/cloudvmclusters",
    id="id",
    label="properties.displayName || name",
    region=Folded("location"),
    bytes=Size("properties.dataStorageSizeInTbs", 1024 * GIB),
    created="properties.timeCreated",
    tags="tags",
    facts={"control_plane": "properties.ociUrl || ''"},
    source="https://learn.microsoft.com/azure/templates/oracle.database/cloudvmclusters",
)
