"""Azure IoT: hubs, IoT Central, Digital Twins.

A hub may fail over to its second region unless it was told to keep its data in one; what it routes
to accounts and hubs leaves it.
https://learn.microsoft.com/azure/reliability/reliability-iot-hub
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, StoreType

from ._forms import reachable

_LOCATIONS = "properties.locations"

hub = StoreType(
    "azure.iothub.hub",
    category=Category.STREAM,
    listing=None,
    row="microsoft.devices/iothubs",
    needs=(_LOCATIONS,),
    whole=Ask("Microsoft.Devices:IotHubs", {"path": "id"}),
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    copies=(Copies(items=f"{_LOCATIONS}[?role != 'primary']", region=Folded("location")),),
    facts={
        "flavour": "sku.name || ''",
        "geo_redundant": f"{_LOCATIONS} && length({_LOCATIONS} || `[]`) > `1`",
        "kept_in_one_region": "properties.enableDataResidency",
        "writes_to": (
            "join(', ', properties.routing.endpoints.storageContainers[].endpointUri || `[]`)"
        ),
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.devices/iothubs",
)

central = StoreType(
    "azure.iotcentral.app",
    category=Category.STREAM,
    listing=None,
    row="microsoft.iotcentral/iotapps",
    id="id",
    also=("properties.applicationId",),
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={"flavour": "sku.name || ''"},
    source="https://learn.microsoft.com/azure/templates/microsoft.iotcentral/iotapps",
)

twins = StoreType(
    "azure.digitaltwins.instance",
    category=Category.NOSQL,
    listing=None,
    row="microsoft.digitaltwins/digitaltwinsinstances",
    id="id",
    also=("properties.hostName",),
    label="name",
    region=Folded("location"),
    created="properties.createdTime",
    tags="tags",
    encrypted="`true`",
    facts={"publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.digitaltwins/digitaltwinsinstances",
)
