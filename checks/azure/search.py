"""Azure AI Search: indexes, always encrypted; which of them have a key of the customer's, only
the service's own interface tells.

https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys
"""

from __future__ import annotations

from auditor.sdk import Category, Folded, StoreType

from ._forms import reachable

service = StoreType(
    "azure.search.service",
    category=Category.SEARCH,
    listing=None,
    row="microsoft.search/searchservices",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    facts={
        "flavour": "sku.name || ''",
        "keys_of_the_customer": "properties.encryptionWithCmk.enforcement",
        "keys_of_the_customer_found": "properties.encryptionWithCmk.encryptionComplianceStatus",
        "reads_from": (
            "join(', ', properties.sharedPrivateLinkResources[].properties.privateLinkResourceId"
            " || `[]`)"
        ),
        "publicly_accessible": reachable(closed="disabled"),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.search/searchservices",
)
