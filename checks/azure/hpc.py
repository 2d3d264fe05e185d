"""Azure HPC Cache and Azure Managed Lustre: file systems in front of others, or of their own.

Both are encrypted at rest. Lustre archives into a container where it is told one: what it holds
is then there too, in an account that is surveyed as such.
"""

from __future__ import annotations

from auditor.sdk import GIB, Ask, Category, Copies, Ref, Role, Size, StoreType

from ._values import PLACE

_KEY = "properties.encryptionSettings.keyEncryptionKey.keyUrl"
_HSM = "properties.hsm.settings"

hpc_cache = StoreType(
    "azure.storagecache.cache",
    category=Category.FILE,
    listing=None,
    row="microsoft.storagecache/caches",
    needs=("properties.cacheSizeGB",),
    whole=Ask("Microsoft.StorageCache:caches", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.cacheSizeGB", GIB),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    source="https://learn.microsoft.com/rest/api/storagecache/caches/list",
)

aml_filesystem = StoreType(
    "azure.storagecache.aml_filesystem",
    category=Category.FILE,
    listing=None,
    row="microsoft.storagecache/amlfilesystems",
    needs=("properties.storageCapacityTiB",),
    whole=Ask("Microsoft.StorageCache:amlFilesystems", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    bytes=Size("properties.storageCapacityTiB", 1024 * GIB),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    copies=(
        Copies(items=f"{_HSM}.container", role=Role.EXPORT, id="@"),
        Copies(items=f"{_HSM}.loggingContainer", role=Role.LOG, id="@"),
    ),
    source="https://learn.microsoft.com/rest/api/storagecache/aml-filesystems/list",
)
