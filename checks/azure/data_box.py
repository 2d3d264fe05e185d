"""Azure Data Box: disks that are shipped, and the appliances that stay at a site.

The data centre that copies a shipped disk is in a region that the order names once it is known;
until then it is the order's own. What an appliance holds is wherever it stands, which Azure does
not know: the region of the resource is only that of its management.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Folded, Ref, StoreType

from ._values import PLACE

_KEY = (
    "(properties.details.keyEncryptionKey.kekType != 'MicrosoftManaged'"
    " && properties.details.keyEncryptionKey.kekUrl) || `null`"
)

job = StoreType(
    "azure.databox.job",
    category=Category.FILE,
    listing=None,
    row="microsoft.databox/jobs",
    needs=("properties.transferType", "properties.details"),
    whole=Ask("Microsoft.DataBox:jobs", {"path": "id"}),
    id="id",
    label="name",
    region=(Folded("properties.details.datacenterAddress.dataCenterAzureLocation"), PLACE),
    created="properties.startTime",
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    facts={
        "transfer": "properties.transferType",
        "state": "properties.status",
        "device": "sku.name",
    },
    source="https://learn.microsoft.com/rest/api/databox/jobs/list",
)

edge_device = StoreType(
    "azure.databoxedge.device",
    category=Category.FILE,
    listing=None,
    row="microsoft.databoxedge/databoxedgedevices",
    needs=("sku.name",),
    whole=Ask("Microsoft.DataBoxEdge:dataBoxEdgeDevices", {"path": "id"}),
    id="id",
    label="name",
    tags="tags",
    facts={
        "managed_from": Folded("location"),
        "metadata_residency": "properties.dataResidency.type",
        "device": "sku.name",
        "kind": "kind",
    },
    source="https://learn.microsoft.com/rest/api/databoxedge/devices/list-by-subscription",
)
