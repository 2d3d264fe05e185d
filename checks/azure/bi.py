"""Power BI Embedded and Analysis Services: what they hold, their own interfaces tell."""

from __future__ import annotations

from auditor.sdk import Category, Folded, StoreType

capacity = StoreType(
    "azure.powerbi.capacity",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.powerbidedicated/capacities",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={"flavour": "sku.name || ''"},
    source="https://learn.microsoft.com/azure/templates/microsoft.powerbidedicated/capacities",
)

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
    facts={"flavour": "sku.name || ''"},
    source="https://learn.microsoft.com/azure/templates/microsoft.analysisservices/servers",
)
