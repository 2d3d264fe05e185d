"""SQL Server on Azure virtual machines, and Azure Analysis Services.

The data of a machine are on its disks, surveyed as such; what is told here is that there is a
database on it, and in which storage account its automatic backups are. Of the address of a
container, which may hold a secret, the name of the account is all that is read.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Part, Role, StoreType

from ._values import PLACE


def _account(address: str) -> Part:
    """The account of https://<account>.blob.<suffix>/…"""
    return Part(Part(address, "/", 2), ".", 0)


_BACKUP = "properties.autoBackupSettings"

virtual_machine = StoreType(
    "azure.sqlvm.vm",
    category=Category.RELATIONAL,
    listing=None,
    row="microsoft.sqlvirtualmachine/sqlvirtualmachines",
    needs=("properties.virtualMachineResourceId",),
    whole=Ask("Microsoft.SqlVirtualMachine:sqlVirtualMachines", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    copies=(
        Copies(
            items=f"({_BACKUP}.enable && {{address: {_BACKUP}.storageAccountUrl}}) || `null`",
            role=Role.BACKUP,
            id=_account("address"),
        ),
    ),
    facts={
        "machine": "properties.virtualMachineResourceId",
        "backups_encrypted": f"{_BACKUP}.enableEncryption",
    },
    source="https://learn.microsoft.com/rest/api/sqlvm/sql-virtual-machines/list",
)
