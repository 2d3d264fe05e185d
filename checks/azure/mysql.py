"""Azure Database for MySQL and MariaDB: flexible servers, and what remains of single servers.

All are encrypted at rest. Backups that are geographically redundant are in the paired region
(https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore), encrypted there
with a key of their own.
"""

from __future__ import annotations

from auditor.sdk import GIB, MIB, Ask, Category, Copies, Folded, Ref, Size, StoreType, Text

from ._forms import reachable
from ._values import PLACE, in_pair

_replicas = Ask("Microsoft.DBforMySQL:flexibleServers/replicas", {"path": Text("{id}/replicas")})

flexible_server = StoreType(
    "azure.mysql.flexible_server",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.dbformysql/flexibleservers",
    needs=("properties.backup.geoRedundantBackup", "properties.storage.storageSizeGB"),
    whole=Ask("Microsoft.DBforMySQL:flexibleServers", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.storage.storageSizeGB", GIB),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.dataEncryption.primaryKeyURI"),
    copies=(
        in_pair("properties.backup.geoRedundantBackup == 'Enabled'"),
        Copies(items=_replicas["value"], id="id", region=Folded("location")),
    ),
    origin=Ref("azure.mysql.flexible_server", "properties.sourceServerResourceId"),
    facts={
        "publicly_accessible": reachable("properties.network.publicNetworkAccess"),
        "geo_redundant_backup": "properties.backup.geoRedundantBackup",
        "geo_backup_key": "properties.dataEncryption.geoBackupKeyURI",
        "replication_role": "properties.replicationRole",
        "high_availability": "properties.highAvailability.mode",
        "zone": "properties.availabilityZone",
        "standby_zone": "properties.highAvailability.standbyAvailabilityZone",
    },
    source="https://learn.microsoft.com/rest/api/mysql/servers/list",
)


def _single(name: str, row: str, source: str) -> StoreType:
    """A single server: the service is retired, residual ones may still be listed."""
    return StoreType(
        name,
        category=Category.RELATIONAL,
        listing=None,
        row=row,
        needs=("properties.storageProfile.geoRedundantBackup",),
        id="id",
        label="name",
        region=PLACE,
        bytes=Size("properties.storageProfile.storageMB", MIB),
        tags="tags",
        encrypted="`true`",
        copies=(in_pair("properties.storageProfile.geoRedundantBackup == 'Enabled'"),),
        origin=Ref(name, "properties.masterServerId"),
        facts={"retired": "`true`", "publicly_accessible": reachable()},
        source=source,
    )


single_server = _single(
    "azure.mysql.single_server",
    "microsoft.dbformysql/servers",
    "https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server",
)
mariadb_server = _single(
    "azure.mariadb.server",
    "microsoft.dbformariadb/servers",
    "https://learn.microsoft.com/azure/mariadb/whats-happening-to-mariadb",
)
