"""Azure Storage: accounts, with their blob containers and file shares.

The redundancy is the end of the SKU's name: LRS and ZRS stay in the region, the others keep a copy
in the secondary location, which is the paired region
(https://learn.microsoft.com/azure/storage/common/storage-redundancy). Everything is encrypted at
rest, and that cannot be turned off
(https://learn.microsoft.com/azure/storage/common/storage-service-encryption). A Data Lake (Gen2)
is an account with a hierarchical namespace; what an account lets the public read is said by each
of its containers, and counts only where the account allows it at all.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Grants, Listing, Paired, Ref, StoreType, Text

from ._forms import key_uri, reachable
from ._values import PLACE_OF_PARENT

_account = "microsoft.storage/storageaccounts"
_SKU = "sku.name || ''"
_GEO = f"ends_with({_SKU}, 'GRS') || ends_with({_SKU}, 'GZRS')"
_VAULT = "properties.encryption.keyvaultproperties"
_ALLOWS = "properties.allowBlobPublicAccess"
_UNSUPPORTED = ("FeatureNotSupportedForAccount",)  # a kind of account without such a service


def _key(row: str = "") -> str:
    """The customer's key of an account, none where the account uses Microsoft's."""
    vault = f"{row}{_VAULT}"
    uri = key_uri(f"{vault}.keyvaulturi", f"{vault}.keyname")
    return f"({row}properties.encryption.keySource != 'Microsoft.Storage' && ({uri})) || `null`"


def _blocked(allows: str) -> str:
    """Whether the public is let in nowhere; not told where the account does not tell."""
    return f"[{{allows: {allows}}}][?allows != `null`].[!allows][] | [0]"


_replication = Ask(
    "Microsoft.Storage:storageAccounts/objectReplicationPolicies",
    {"path": Text("{id}/objectReplicationPolicies")},
    absent=_UNSUPPORTED,
)

account = StoreType(
    "azure.storage.account",
    category=Category.OBJECT,
    listing=None,
    row=_account,
    needs=("sku.name", "properties.primaryLocation", "properties.encryption.keySource"),
    whole=Ask("Microsoft.Storage:storageAccounts", {"path": "id"}),
    id="id",
    also=("name",),
    label="name",
    region=(
        Folded("extendedLocation.name"),
        Folded("properties.primaryLocation"),
        Folded("location"),
    ),
    created="properties.creationTime",
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _key()),
    copies=(
        Copies(
            items=(
                f"(({_GEO}) && {{secondary: properties.secondaryLocation,"
                " primary: properties.primaryLocation}) || `null`"
            ),
            region=(Folded("secondary"), Paired(Folded("primary"))),
        ),
        # a policy is told by both ends; the copy of the destination is then itself
        Copies(items=_replication["value[].properties"], id="destinationAccount"),
    ),
    shares=(
        Grants(
            items="properties.networkAcls.resourceAccessRules",
            account="tenantId",
            us="tenantId",
            via="network_rule",
        ),
    ),
    facts={
        "geo_redundant": f"sku.name && ({_GEO})",
        "redundancy": "sku.name",
        "redundancy_in_change": "properties.storageAccountSkuConversionStatus.targetSkuName",
        "kind": "kind",
        "data_lake": "properties.isHnsEnabled",
        "key_source": "properties.encryption.keySource",
        "last_failover": "properties.lastGeoFailoverTime",
        "publicly_accessible": reachable(),
        "public_access_blocked": _blocked(_ALLOWS),
        "shared_keys_allowed": "properties.allowSharedKeyAccess",
        "cross_tenant_replication_allowed": "properties.allowCrossTenantReplication",
        "sftp": "properties.isSftpEnabled",
    },
    source="https://learn.microsoft.com/rest/api/storagerp/storage-accounts/list",
)

_OWN_SCOPE = "'$account-encryption-key'"
_scope = Ask(
    "Microsoft.Storage:storageAccounts/encryptionScopes",
    {"path": Text("{parent.id}/encryptionScopes/{properties.defaultEncryptionScope}")},
)
_ALLOWED = f"parent.{_ALLOWS} != `false`"

blob_container = StoreType(
    "azure.storage.blob_container",
    category=Category.OBJECT,
    listing=Listing(
        "Microsoft.Storage:storageAccounts/blobServices/containers",
        items="value",
        params={"path": Text("{id}/blobServices/default/containers")},
        absent=_UNSUPPORTED,
        of=_account,
    ),
    id="id",
    also=(Text("{parent.name}/{name}"),),
    label="name",
    region=PLACE_OF_PARENT,
    encrypted="`true`",
    key=Ref(
        "azure.keyvault.key",
        (  # the account's key ('' where it is Microsoft's), unless a scope of its own is named
            f"[{{scope: properties.defaultEncryptionScope || {_OWN_SCOPE},"
            f" key: ({_key('parent.')}) || ''}}][?scope == {_OWN_SCOPE}].key | [0]",
            _scope["properties.keyVaultProperties.keyUri"],
        ),
    ),
    shares=(
        Grants(
            items=(
                f"({_ALLOWED} && properties.publicAccess != 'None' && properties.publicAccess)"
                " || `null`"
            ),
            account="@",
            public="@ != 'None'",
            via="public_access",
        ),
    ),
    parent=Ref("azure.storage.account", "parent.id"),
    facts={
        "public_access_blocked_above": _blocked(f"parent.{_ALLOWS}"),
        "public_access": "properties.publicAccess",
        "encryption_scope": "properties.defaultEncryptionScope",
        "immutable": "properties.hasImmutabilityPolicy",
        "modified": "properties.lastModifiedTime",
    },
    source="https://learn.microsoft.com/rest/api/storagerp/blob-containers/list",
)

file_share = StoreType(
    "azure.storage.file_share",
    category=Category.FILE,
    listing=Listing(
        "Microsoft.Storage:storageAccounts/fileServices/shares",
        items="value",
        params={"path": Text("{id}/fileServices/default/shares")},
        absent=_UNSUPPORTED,
        of=_account,
    ),
    id="id",
    label="name",
    region=PLACE_OF_PARENT,
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _key("parent.")),
    parent=Ref("azure.storage.account", "parent.id"),
    facts={
        "protocol": "properties.enabledProtocols",
        "quota_gib": "properties.shareQuota",
        "modified": "properties.lastModifiedTime",
    },
    source="https://learn.microsoft.com/rest/api/storagerp/file-shares/list",
)
