"""Azure Key Vault and Managed HSM: evidence of custody, by the control plane alone.

A store names its key by an address that does not say in which account the vault is, so keys are
listed in the vaults that the inventory knows; a key of a vault outside the audit stays out of
scope. Whether material was imported is not told there: what a vault holds, the provider's service
holds. The contents of a vault go to the paired region too, but for Brazil South and West US 3.
https://learn.microsoft.com/azure/key-vault/general/disaster-recovery-guidance
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Epoch, Folded, Listing, Paired, Ref, StoreType, Text

from ._forms import reachable

_KTY = "properties.kty"
_MATERIAL = f"({_KTY} == 'RSA-HSM' || {_KTY} == 'EC-HSM') && 'hsm' || {_KTY} && 'provider'"
_ENABLED = "properties.attributes.enabled"
_STATE = f"{_ENABLED} == `true` && 'enabled' || {_ENABLED} == `false` && 'disabled' || `null`"
_ALONE = "location != 'brazilsouth' && location != 'westus3'"
_key = Ask("Microsoft.KeyVault:vaults/keys", {"path": "id"})

vault = StoreType(
    "azure.keyvault.vault",
    category=Category.KEY,
    listing=None,
    row="microsoft.keyvault/vaults",
    id="id",
    also=("properties.vaultUri",),
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    copies=(Copies(items=f"[@][?{_ALONE}]", region=Paired(Folded("location"))),),
    facts={
        "flavour": "properties.sku.name",  # premium: keys may lie in shared HSMs
        "hsm_pool": "properties.hsmPoolResourceId || ''",
        "purge_protected": "properties.enablePurgeProtection || `false`",
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults",
)

key = StoreType(
    "azure.keyvault.key",
    category=Category.KEY,
    listing=Listing(
        "Microsoft.KeyVault:vaults/keys",
        items="value",
        params={"path": Text("{id}/keys")},
        of="microsoft.keyvault/vaults",
    ),
    id=("properties.keyUri", "id"),
    also=("properties.keyUriWithVersion", "id"),
    label="name",
    region=Folded("parent.location"),
    created=Epoch("properties.attributes.created"),
    tags="tags",
    parent=Ref("azure.keyvault.vault", "parent.id"),
    copies=(Copies(items=f"[parent][?{_ALONE}]", region=Paired(Folded("location"))),),
    facts={
        "manager": "'customer'",
        "material": (_MATERIAL, _key[_MATERIAL]),
        "state": (_STATE, _key[_STATE]),
        "exportable": "properties.attributes.exportable || `false`",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults/keys",
)

managed_hsm = StoreType(
    "azure.keyvault.managed_hsm",
    category=Category.KEY,
    listing=None,
    row="microsoft.keyvault/managedhsms",
    id="id",
    also=("properties.hsmUri",),
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    copies=(Copies(items="properties.regions[?!isPrimary]", region=Folded("name")),),
    facts={
        "flavour": "sku.name || ''",
        "multi_region": "length(properties.regions || `[]`) > `1`",
        "purge_protected": "properties.enablePurgeProtection || `false`",
        "root_held_by_the_customer": "properties.securityDomainProperties.activationStatus",
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.keyvault/managedhsms",
)

hsm_key = StoreType(
    "azure.keyvault.hsm_key",
    category=Category.KEY,
    listing=Listing(
        "Microsoft.KeyVault:managedHSMs/keys",
        items="value",
        params={"path": Text("{id}/keys")},
        of="microsoft.keyvault/managedhsms",
    ),
    id=("properties.keyUri", "id"),
    also=("properties.keyUriWithVersion", "id"),
    label="name",
    region=Folded("parent.location"),
    created=Epoch("properties.attributes.created"),
    tags="tags",
    parent=Ref("azure.keyvault.managed_hsm", "parent.id"),
    copies=(Copies(items="parent.properties.regions[?!isPrimary]", region=Folded("name")),),
    facts={
        "manager": "'customer'",
        "material": "'hsm'",
        "multi_region": "length(parent.properties.regions || `[]`) > `1`",
        "state": _STATE,
        "exportable": "properties.attributes.exportable || `false`",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.keyvault/managedhsms/keys",
)
