"""Azure Analysis Services: cubes; what they hold, their own interface tells."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Role, StoreType, Unsaid

# backups go to a container, in an address with a signature: it is not read
server = StoreType(
    "azure.analysisservices.server",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.analysisservices/servers",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    copies=(Copies(items=Unsaid("backups"), id="@", role=Role.BACKUP),),
    facts={"flavour": "sku.name || ''"},
    source="https://learn.microsoft.com/azure/templates/microsoft.analysisservices/servers",
)
