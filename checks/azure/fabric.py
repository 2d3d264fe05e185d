"""Microsoft Fabric and Power BI Embedded capacities.

Azure tells where a capacity is, and nothing of what is in it: workspaces, lakehouses and OneLake
belong to the tenant, are told by Fabric's own interface only, and may be in the tenant's home
region (https://learn.microsoft.com/fabric/admin/service-admin-premium-multi-geo).
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, StoreType

from ._values import PLACE

_FACTS = {"tier": "sku.name", "state": "properties.state", "contents_told": "`false`"}

capacity = StoreType(
    "azure.fabric.capacity",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.fabric/capacities",
    needs=("sku.name",),
    whole=Ask("Microsoft.Fabric:capacities", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    facts=_FACTS,
    source="https://learn.microsoft.com/rest/api/microsoftfabric/fabric-capacities/list-by-subscription",
)

power_bi_capacity = StoreType(
    "azure.powerbi.capacity",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.powerbidedicated/capacities",
    needs=("sku.name",),
    whole=Ask("Microsoft.PowerBIDedicated:capacities", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    facts=_FACTS,
    source="https://learn.microsoft.com/rest/api/power-bi-embedded/capacities/list",
)
