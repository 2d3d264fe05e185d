"""What the servers of Azure Database tell, whatever the engine: PostgreSQL, MySQL, MariaDB.

All are encrypted at rest. Backups that are geographically redundant are in the paired region,
encrypted there with a key of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import GIB, MIB, Ask, Category, Copies, Folded, Ref, Size, StoreType, Text, Value

from ._forms import reachable
from ._values import PLACE, in_pair


def flexible(name: str, *, namespace: str, source: str) -> StoreType:
    """Flexible servers of an engine."""
    replicas = Ask(f"{namespace}:flexibleServers/replicas", {"path": Text("{id}/replicas")})
    return StoreType(
        name,
        category=Category.RELATIONAL,
        listing=None,
        row=f"{namespace.lower()}/flexibleservers",
        needs=("properties.backup.geoRedundantBackup", "properties.storage.storageSizeGB"),
        whole=Ask(f"{namespace}:flexibleServers", {"path": "id"}),
        id="id",
        label="name",
        region=PLACE,
        bytes=Size("properties.storage.storageSizeGB", GIB),
        tags="tags",
        encrypted="`true`",
        key=Ref("azure.keyvault.key", "properties.dataEncryption.primaryKeyURI"),
        copies=(
            in_pair("properties.backup.geoRedundantBackup == 'Enabled'"),
            Copies(items=replicas["value"], id="id", region=Folded("location")),
        ),
        origin=Ref(name, "properties.sourceServerResourceId"),
        facts={
            "publicly_accessible": reachable("properties.network.publicNetworkAccess"),
            "geo_redundant_backup": "properties.backup.geoRedundantBackup",
            "geo_backup_key": "properties.dataEncryption.geoBackupKeyURI",
            "replication_role": "properties.replicationRole",
            "high_availability": "properties.highAvailability.mode",
            "zone": "properties.availabilityZone",
            "standby_zone": "properties.highAvailability.standbyAvailabilityZone",
        },
        source=source,
    )


def single(
    name: str, *, namespace: str, source: str, facts: Mapping[str, Value] | None = None
) -> StoreType:
    """Single servers of an engine: the service is retired, residual ones may still be listed."""
    return StoreType(
        name,
        category=Category.RELATIONAL,
        listing=None,
        row=f"{namespace.lower()}/servers",
        needs=("properties.storageProfile.geoRedundantBackup",),
        id="id",
        label="name",
        region=PLACE,
        bytes=Size("properties.storageProfile.storageMB", MIB),
        tags="tags",
        encrypted="`true`",
        copies=(in_pair("properties.storageProfile.geoRedundantBackup == 'Enabled'"),),
        origin=Ref(name, "properties.masterServerId"),
        facts={"retired": "`true`", "publicly_accessible": reachable(), **(facts or {})},
        source=source,
    )
