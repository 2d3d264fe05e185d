"""Google Cloud NetApp Volumes.

A volume says only that it is replicated; where to, its replications say. A backup is kept in the
region of its vault, which may be another than the volume's.
"""

from __future__ import annotations

from auditor.sdk import GIB, Ask, Category, Copies, Part, Ref, Size, StoreType

from ._values import LOCATION, full_name, key, last

_replications = Ask("netapp:projects.locations.volumes.replications.list", {"parent": "name"})
# an empty text where Google keeps the key: there is none to ask for
_MANAGED = "[{type: encryptionType, key: ''}][?type == 'SERVICE_MANAGED'].key | [0]"
_kms = Ask("netapp:projects.locations.kmsConfigs.get", {"name": "kmsConfig"})

volume = StoreType(
    "gcp.netapp.volume",
    category=Category.FILE,
    listing=None,
    row="netapp.googleapis.com/Volume",
    id=full_name("netapp"),
    also=("name",),
    label="shareName",
    region=LOCATION,
    bytes=Size("usedGib", GIB),
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key((_MANAGED, _kms["cryptoKeyName"])),
    copies=(
        Copies(
            items=_replications["replications[?role == 'SOURCE']"],
            id="destinationVolume",
            region=Part("destinationVolume", "/", 3),
        ),
        Copies(
            items=_replications["replications[?role == 'DESTINATION']"],
            id="sourceVolume",
            region=Part("sourceVolume", "/", 3),
        ),
        Copies(items="[replicaZone][?@]", region="@"),
    ),
    facts={"replicated": "hasReplication", "encryption": "encryptionType"},
    source="https://docs.cloud.google.com/netapp/volumes/docs/reference/rest/v1/projects.locations.volumes",
)

backup = StoreType(
    "gcp.netapp.backup",
    category=Category.BACKUP,
    listing=None,
    row="netapp.googleapis.com/Backup",
    id=full_name("netapp"),
    also=("name",),
    label="name",
    region=(last("backupRegion"), *LOCATION),
    bytes="chainStorageBytes",
    created="createTime",
    tags="labels",
    encrypted="`true`",
    origin=Ref("gcp.netapp.volume", "sourceVolume"),
    facts={"volume_region": "volumeRegion"},
    source="https://docs.cloud.google.com/netapp/volumes/docs/reference/rest/v1/projects.locations.backupVaults.backups",
)
