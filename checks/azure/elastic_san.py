"""Azure Elastic SAN volumes, encrypted at rest as their volume group says, with which key."""

from __future__ import annotations

from auditor.sdk import GIB, Category, Folded, Listing, Part, Ref, Size, StoreType, Text

from ._forms import key_uri, reachable

_VAULT = "parent.properties.encryptionProperties.keyVaultProperties"
_KEY = (
    "(parent.properties.encryption != 'EncryptionAtRestWithPlatformKey'"
    f" && ({key_uri(f'{_VAULT}.keyVaultUri', f'{_VAULT}.keyName')})) || `null`"
)

volume = StoreType(
    "azure.elasticsan.volume",
    category=Category.BLOCK,
    listing=Listing(
        "Microsoft.ElasticSan:elasticSans/volumegroups",
        items="value",
        params={"path": Text("{id}/volumegroups")},
        of="microsoft.elasticsan/elasticsans",
        each=Listing(
            "Microsoft.ElasticSan:elasticSans/volumegroups/volumes",
            items="value",
            params={"path": Text("{id}/volumes")},
        ),
    ),
    id="id",
    label=Part("id", "/elasticSans/", 1),
    region=Folded("parent.parent.location"),
    bytes=Size("properties.sizeGiB", GIB),
    created="systemData.createdAt",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    origin=Ref("*", "properties.creationData.sourceId"),
    facts={
        "redundancy": "parent.parent.properties.sku.name",
        "attached_to": "properties.managedBy.resourceId",
        "publicly_accessible": reachable("parent.parent.properties.publicNetworkAccess"),
    },
    source="https://learn.microsoft.com/rest/api/elasticsan/volumes/list-by-volume-group",
)
