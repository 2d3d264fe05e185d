"""SQL Server on a machine of Azure's, and MariaDB, which is retired."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Role, StoreType

# the data rest on the disks of the machine, which are told by themselves
machine = StoreType(
    "azure.sqlvm.vm",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.sqlvirtualmachine/sqlvirtualmachines",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    copies=(
        Copies(items="properties.autoBackupSettings.storageAccountUrl", role=Role.BACKUP, id="@"),
    ),
    facts={
        "machine": "properties.virtualMachineResourceId",
        "backups_encrypted": "properties.autoBackupSettings.enableEncryption",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.sqlvirtualmachine/sqlvirtualmachines",
)

# what remains of it has no published interface any more
mariadb = StoreType(
    "azure.mariadb.server",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.dbformariadb/servers",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    source="https://learn.microsoft.com/azure/templates/microsoft.dbformariadb/servers",
)
