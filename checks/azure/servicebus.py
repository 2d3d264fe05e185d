"""Azure Service Bus."""

from __future__ import annotations

from auditor.sdk import Ask, Category, Folded, StoreType

from ._messaging import KEY, REPLICAS, TOLD, said_of

namespace = StoreType(
    "azure.servicebus.namespace",
    category=Category.QUEUE,
    listing=None,
    row="microsoft.servicebus/namespaces",
    needs=(TOLD,),
    whole=Ask("Microsoft.ServiceBus:namespaces", {"path": "id"}),
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdAt",
    tags="tags",
    encrypted="`true`",
    key=KEY,
    copies=(REPLICAS,),
    facts=said_of("Microsoft.ServiceBus:namespaces"),
    source="https://learn.microsoft.com/azure/templates/microsoft.servicebus/namespaces",
)
