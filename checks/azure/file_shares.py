"""Azure file shares that are resources of their own, without a storage account.

They are kept in their region, whatever their redundancy, and encrypted at rest.
"""

from __future__ import annotations

from auditor.sdk import GIB, Ask, Category, Size, StoreType

from ._forms import reachable
from ._values import PLACE

file_share = StoreType(
    "azure.fileshares.file_share",
    category=Category.FILE,
    listing=None,
    row="microsoft.fileshares/fileshares",
    needs=("properties.redundancy",),
    whole=Ask("Microsoft.FileShares:fileShares", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.provisionedStorageGiB", GIB),
    tags="tags",
    encrypted="`true`",
    facts={
        "publicly_accessible": reachable(),
        "redundancy": "properties.redundancy",
        "protocol": "properties.protocol",
    },
    source="https://learn.microsoft.com/azure/storage/files/create-file-share",
)
