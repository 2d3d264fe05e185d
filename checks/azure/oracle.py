"""Oracle Database@Azure: autonomous databases and Exadata VM clusters.

They run in Azure's regions and are governed from Oracle's cloud, which alone tells of their keys
and of where their backups are. Peers of an autonomous database are told by id, some of them by an
id of Oracle's: where those are is not known here.
"""

from __future__ import annotations

from auditor.sdk import GIB, Ask, Category, Copies, Size, StoreType

from ._values import PLACE

autonomous_database = StoreType(
    "azure.oracle.autonomous_database",
    category=Category.RELATIONAL,
    listing=None,
    row="oracle.database/autonomousdatabases",
    needs=("properties.ocid",),
    whole=Ask("Oracle.Database:autonomousDatabases", {"path": "id"}),
    id="id",
    also=("properties.ocid",),
    label="name",
    region=PLACE,
    bytes=Size("properties.dataStorageSizeInGbs", GIB),
    created="properties.timeCreated",
    tags="tags",
    copies=(
        Copies(items="properties.peerDbIds", id="@"),
        Copies(items="properties.peerDbId", id="@"),
    ),
    facts={
        "role": "properties.role",
        "backups_copied_to_peer": (
            "properties.remoteDisasterRecoveryConfiguration.isReplicateAutomaticBackups"
        ),
        "governed_from": "properties.ociUrl",
    },
    source="https://learn.microsoft.com/rest/api/oracle/autonomous-databases/list-by-subscription",
)

cloud_vm_cluster = StoreType(
    "azure.oracle.cloud_vm_cluster",
    category=Category.RELATIONAL,
    listing=None,
    row="oracle.database/cloudvmclusters",
    needs=("properties.ocid",),
    whole=Ask("Oracle.Database:cloudVmClusters", {"path": "id"}),
    id="id",
    also=("properties.ocid",),
    label="name",
    region=PLACE,
    bytes=Size("properties.dataStorageSizeInTbs", 1024 * GIB),
    created="properties.timeCreated",
    tags="tags",
    facts={
        "local_backups": "properties.isLocalBackupEnabled",
        "governed_from": "properties.ociUrl",
    },
    source="https://learn.microsoft.com/rest/api/oracle/cloud-vm-clusters/list-by-subscription",
)
