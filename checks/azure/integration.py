"""API Management and Logic Apps: what passes may be kept, in caches, logs and histories of runs."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, StoreType

from ._forms import reachable

gateway = StoreType(
    "azure.apimanagement.service",
    category=Category.LOG,
    listing=None,
    row="microsoft.apimanagement/service",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdAtUtc",
    tags="tags",
    copies=(Copies(items="properties.additionalLocations", region=Folded("location")),),
    facts={"flavour": "sku.name || ''", "publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.apimanagement/service",
)

workflow = StoreType(
    "azure.logic.workflow",
    category=Category.LOG,
    listing=None,
    row="microsoft.logic/workflows",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdTime",
    tags="tags",
    encrypted="`true`",
    facts={"state": "properties.state || ''"},
    source="https://learn.microsoft.com/azure/templates/microsoft.logic/workflows",
)
