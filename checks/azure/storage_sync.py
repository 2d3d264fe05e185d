"""Azure File Sync: the cloud ends of its sync groups.

A cloud endpoint keeps no data of its own: it names the file share that servers outside Azure are
synchronised with, in an account of the same region
(https://learn.microsoft.com/azure/storage/file-sync/file-sync-planning), and whose that is.
"""

from __future__ import annotations

from auditor.sdk import Category, Folded, Listing, Ref, StoreType, Text

from ._values import PLACE

sync_service = StoreType(
    "azure.storagesync.service",
    category=Category.FILE,
    listing=None,
    row="microsoft.storagesync/storagesyncservices",
    needs=("properties.storageSyncServiceUid",),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    facts={"incoming_traffic": "properties.incomingTrafficPolicy"},
    source="https://learn.microsoft.com/rest/api/storagesync/storage-sync-services/list-by-subscription",
)

cloud_endpoint = StoreType(
    "azure.storagesync.cloud_endpoint",
    category=Category.FILE,
    listing=Listing(
        "Microsoft.StorageSync:storageSyncServices/syncGroups",
        items="value",
        params={"path": Text("{id}/syncGroups")},
        of="microsoft.storagesync/storagesyncservices",
        each=Listing(
            "Microsoft.StorageSync:storageSyncServices/syncGroups/cloudEndpoints",
            items="value",
            params={"path": Text("{id}/cloudEndpoints")},
        ),
    ),
    id="id",
    label="properties.azureFileShareName",
    region=Folded("parent.parent.location"),
    origin=Ref("azure.storage.account", "properties.storageAccountResourceId"),
    facts={
        "share": "properties.azureFileShareName",
        "tenant": "properties.storageAccountTenantId",
    },
    source="https://learn.microsoft.com/rest/api/storagesync/cloud-endpoints/list-by-sync-group",
)
