"""Azure Confidential Ledger."""

from __future__ import annotations

from auditor.sdk import Category, Folded, StoreType

ledger = StoreType(
    "azure.confidentialledger.ledger",
    category=Category.NOSQL,
    listing=None,
    row="microsoft.confidentialledger/ledgers",
    id="id",
    also=("properties.ledgerUri",),
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={"flavour": "properties.ledgerType || ''"},
    source="https://learn.microsoft.com/azure/templates/microsoft.confidentialledger/ledgers",
)
