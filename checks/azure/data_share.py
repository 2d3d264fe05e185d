"""Azure Data Share: to whom data are given, its invitations tell; no inventory lists them."""

from __future__ import annotations

from auditor.sdk import Category, Folded, StoreType

account = StoreType(
    "azure.datashare.account",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.datashare/accounts",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdAt",
    tags="tags",
    source="https://learn.microsoft.com/azure/templates/microsoft.datashare/accounts",
)
