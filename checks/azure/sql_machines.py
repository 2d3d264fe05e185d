"""SQL Server on a machine of Azure's: the extension that runs it, and where it backs up to."""

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
