"""Azure Event Hubs: what is captured is an export into an account or a data lake."""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Role, StoreType, Text

from ._messaging import KEY, REPLICAS, TOLD, said_of

_hubs = Ask("Microsoft.EventHub:namespaces/eventhubs", {"path": Text("{id}/eventhubs")})
_CAPTURED = "value[?properties.captureDescription.enabled].properties.captureDescription"

namespace = StoreType(
    "azure.eventhub.namespace",
    category=Category.STREAM,
    listing=None,
    row="microsoft.eventhub/namespaces",
    needs=(TOLD,),
    whole=Ask("Microsoft.EventHub:namespaces", {"path": "id"}),
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdAt",
    tags="tags",
    encrypted="`true`",
    key=KEY,
    copies=(
        REPLICAS,
        Copies(
            items=_hubs[f"{_CAPTURED}.destination.properties.storageAccountResourceId"],
            role=Role.EXPORT,
            id="@",
        ),
    ),
    facts=said_of("Microsoft.EventHub:namespaces"),
    source="https://learn.microsoft.com/azure/templates/microsoft.eventhub/namespaces",
)
