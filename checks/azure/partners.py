"""Services of partners, bought through Azure: what they hold rests with the partner.

The location of such a resource is where it is billed and described. Where the service keeps its
data, only the partner's own interface tells, so the region is unknown unless the resource says it.
"""

from __future__ import annotations

from auditor.sdk import Category, Folded, StoreType

_ELASTIC = "properties.elasticProperties.elasticCloudDeployment.elasticsearchRegion"

elastic = StoreType(
    "azure.elastic.monitor",
    category=Category.SEARCH,
    listing=None,
    row="microsoft.elastic/monitors",
    id="id",
    label="name",
    region="",
    tags="tags",
    facts={"partner_region": f"{_ELASTIC} || ''", "described_in": "location"},
    source="https://learn.microsoft.com/azure/templates/microsoft.elastic/monitors",
)

confluent = StoreType(
    "azure.confluent.organization",
    category=Category.STREAM,
    listing=None,
    row="microsoft.confluent/organizations",
    id="id",
    label="name",
    region="",
    created="properties.createdTime",
    tags="tags",
    facts={"described_in": "location"},
    source="https://learn.microsoft.com/azure/templates/microsoft.confluent/organizations",
)

atlas = StoreType(
    "azure.mongodbatlas.organization",
    category=Category.NOSQL,
    listing=None,
    row="mongodb.atlas/organizations",
    id="id",
    label="name",
    region="",
    tags="tags",
    facts={"described_in": "location"},
    source="https://learn.microsoft.com/azure/templates/mongodb.atlas/organizations",
)

neon = StoreType(
    "azure.neon.organization",
    category=Category.RELATIONAL,
    listing=None,
    row="neon.postgres/organizations",
    id="id",
    label="name",
    region="",
    tags="tags",
    facts={
        "partner_region": "properties.projectProperties.regionId || ''",
        "described_in": "location",
    },
    source="https://learn.microsoft.com/azure/templates/neon.postgres/organizations",
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
