"""Azure NetApp Files: volumes, replicated or not, and the backups in their vaults.

Everything is encrypted at rest
(https://learn.microsoft.com/azure/azure-netapp-files/faq-security). Whose key is used is said by
the account of a volume. Snapshots are kept in their volume; backups in the vault's region.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Listing, Part, Ref, StoreType, Text

from ._forms import key_uri
from ._values import PLACE, PLACE_OF_PARENT

_account = Ask(
    "Microsoft.NetApp:netAppAccounts", {"path": Part("id", "/capacityPools/", 0)}, once=True
)
_VAULT = "properties.encryption.keyVaultProperties"
_KEY = (
    "(properties.encryption.keySource != 'Microsoft.NetApp'"
    f" && ({key_uri(f'{_VAULT}.keyVaultUri', f'{_VAULT}.keyName')})) || `null`"
)
_REPLICATION = "properties.dataProtection.replication"
# older answers name the one destination where newer ones list them
_DESTINATION = (
    f"({_REPLICATION}.endpointType == 'src' && !({_REPLICATION}.destinationReplications)"
    f" && {{id: {_REPLICATION}.remoteVolumeResourceId, region: {_REPLICATION}.remoteVolumeRegion}})"
    " || `null`"
)

volume = StoreType(
    "azure.netapp.volume",
    category=Category.FILE,
    listing=None,
    row="microsoft.netapp/netappaccounts/capacitypools/volumes",
    needs=("properties.usageThreshold",),
    whole=Ask("Microsoft.NetApp:netAppAccounts/capacityPools/volumes", {"path": "id"}),
    id="id",
    also=("properties.fileSystemId",),
    label=Part("id", "/netAppAccounts/", 1),
    region=PLACE,
    bytes="properties.usageThreshold",
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _account[_KEY]),
    copies=(
        Copies(
            items=f"{_REPLICATION}.destinationReplications",
            id="resourceId",
            region=Folded("region"),
        ),
        Copies(items=_DESTINATION, id="id", region=Folded("region")),
    ),
    origin=Ref(
        "azure.netapp.volume",
        f"({_REPLICATION}.endpointType == 'dst' && {_REPLICATION}.remoteVolumeResourceId)"
        " || `null`",
    ),
    facts={
        "key_source": "properties.encryptionKeySource",
        "replication": f"{_REPLICATION}.endpointType",
        "clients": "properties.exportPolicy.rules[].allowedClients",
        "cool_tier": "properties.coolAccess",
    },
    source="https://learn.microsoft.com/rest/api/netapp/volumes/list",
)

backup = StoreType(
    "azure.netapp.backup",
    category=Category.BACKUP,
    listing=Listing(
        "Microsoft.NetApp:netAppAccounts/backupVaults/backups",
        items="value",
        params={"path": Text("{id}/backups")},
        of="microsoft.netapp/netappaccounts/backupvaults",
    ),
    id="id",
    label="name",
    region=PLACE_OF_PARENT,
    bytes="properties.size",
    created="properties.creationDate",
    encrypted="`true`",
    origin=Ref("azure.netapp.volume", "properties.volumeResourceId"),
    facts={"made_by": "properties.backupType"},
    source="https://learn.microsoft.com/rest/api/netapp/backups/list-by-vault",
)
