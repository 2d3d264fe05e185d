"""Microsoft.FileShares: shares that are resources of their own, in one region."""

from __future__ import annotations

from auditor.sdk import GIB, Category, Folded, Size, StoreType

from ._forms import reachable

share = StoreType(
    "azure.fileshares.file_share",
    category=Category.FILE,
    listing=None,
    row="microsoft.fileshares/fileshares",
    id="id",
    label="name",
    region=Folded("location"),
    bytes=Size("properties.provisionedStorageGiB", GIB),
    tags="tags",
    encrypted="`true`",
    facts={"redundancy": "properties.redundancy", "publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.fileshares/fileshares",
)
