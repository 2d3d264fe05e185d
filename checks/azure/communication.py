"""Azure Communication Services: global resources, whose data rest in the geography they name.

The inventory is not known to list them, so they are asked of each account. A geography (`Europe`,
`France`) is no region: what it stands for, the facts say.
https://learn.microsoft.com/azure/communication-services/concepts/privacy
"""

from __future__ import annotations

from auditor.sdk import Category, Folded, Listing, StoreType, Text

from ._forms import reachable

service = StoreType(
    "azure.communication.service",
    category=Category.LOG,
    listing=Listing(
        "Microsoft.Communication:communicationServices",
        items="value",
        params={
            "path": Text(
                "/subscriptions/{account}/providers/Microsoft.Communication/communicationServices"
            )
        },
        scope="global",
    ),
    row="microsoft.communication/communicationservices",
    id="id",
    also=("properties.hostName",),
    label="name",
    region=Folded("properties.dataLocation"),
    tags="tags",
    encrypted="`true`",
    facts={"geography": "properties.dataLocation", "publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.communication/communicationservices",
)

email = StoreType(
    "azure.communication.email_service",
    category=Category.LOG,
    listing=Listing(
        "Microsoft.Communication:emailServices",
        items="value",
        params={
            "path": Text("/subscriptions/{account}/providers/Microsoft.Communication/emailServices")
        },
        scope="global",
    ),
    row="microsoft.communication/emailservices",
    id="id",
    label="name",
    region=Folded("properties.dataLocation"),
    tags="tags",
    encrypted="`true`",
    facts={"geography": "properties.dataLocation"},
    source="https://learn.microsoft.com/azure/templates/microsoft.communication/emailservices",
)
