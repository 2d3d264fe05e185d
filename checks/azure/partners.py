"""Services of partners, bought through Azure: what they hold rests with the partner.

The location of such a resource is where it is billed and described. Where the service keeps its
data, only the partner's own interface tells, so the region is unknown unless the resource says it.
"""

from __future__ import annotations

from typing import Any

from auditor.sdk import Category, Folded, StoreType


def _partner(name: str, category: Category, row: str, region: str = "", **more: Any) -> StoreType:
    told = {"partner_region": f"{region} || ''"} if region else {}
    return StoreType(
        name,
        category=category,
        listing=None,
        row=row,
        id="id",
        label="name",
        region="",
        tags="tags",
        facts={**told, "described_in": "location"},
        source=f"https://learn.microsoft.com/azure/templates/{row}",
        **more,
    )


elastic = _partner(
    "azure.elastic.monitor",
    Category.SEARCH,
    "microsoft.elastic/monitors",
    "properties.elasticProperties.elasticCloudDeployment.elasticsearchRegion",
)
confluent = _partner(
    "azure.confluent.organization",
    Category.STREAM,
    "microsoft.confluent/organizations",
    created="properties.createdTime",
)
atlas = _partner("azure.mongodbatlas.organization", Category.NOSQL, "mongodb.atlas/organizations")
neon = _partner(
    "azure.neon.organization",
    Category.RELATIONAL,
    "neon.postgres/organizations",
    "properties.projectProperties.regionId",
)

# runs in the region itself, on machines of Azure
pure = StoreType(
    "azure.purestorage.storage_pool",
    category=Category.BLOCK,
    listing=None,
    row="purestorage.block/storagepools",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={"vmware": "properties.avs.avsEnabled"},
    source="https://learn.microsoft.com/azure/templates/purestorage.block/storagepools",
)
