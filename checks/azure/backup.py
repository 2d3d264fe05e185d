"""Azure Backup and Site Recovery: vaults, what is backed up in them, and machines replicated.

A vault is geo-redundant unless it was created otherwise, so a row that does not tell its redundancy
is asked again, and what stays untold is unknown. An instance of a Backup vault is told under its
vault: its backups rest there, not where its source does.
https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
"""

from __future__ import annotations

from auditor.sdk import (
    Ask,
    Category,
    Copies,
    Folded,
    Listing,
    Paired,
    Ref,
    StoreType,
    Text,
)

from ._forms import reachable

_REDUNDANCY = "properties.redundancySettings.standardTierStorageRedundancy"
_GEO = f"{_REDUNDANCY} != 'LocallyRedundant' && {_REDUNDANCY} != 'ZoneRedundant'"
_CROSS_REGION = "properties.redundancySettings.crossRegionRestore"
_CROSS_SUBSCRIPTION = (
    "properties.restoreSettings.crossSubscriptionRestoreSettings.crossSubscriptionRestoreState"
)
_IMMUTABLE = "properties.securitySettings.immutabilitySettings.state"

vault = StoreType(
    "azure.recoveryservices.vault",
    category=Category.BACKUP,
    listing=None,
    row="microsoft.recoveryservices/vaults",
    needs=(_REDUNDANCY,),
    whole=Ask("Microsoft.RecoveryServices:vaults", {"path": "id"}),
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",  # https://learn.microsoft.com/azure/backup/backup-encryption
    key=Ref("azure.keyvault.key", "properties.encryption.keyVaultProperties.keyUri"),
    copies=(Copies(items=f"{_REDUNDANCY} && [@][?{_GEO}]", region=Paired(Folded("location"))),),
    facts={
        "geo_redundant": f"{_REDUNDANCY} && ({_GEO})",
        "redundancy": _REDUNDANCY,
        "restores_in_the_pair": f"{_CROSS_REGION} && {_CROSS_REGION} != 'Disabled'",
        "restores_to_other_accounts": _CROSS_SUBSCRIPTION,
        "takes_other_regions": "properties.regionOfChoiceSettings.status",
        "locked": f"{_IMMUTABLE} && {_IMMUTABLE} == 'Locked'",
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.recoveryservices/vaults",
)

protected_item = StoreType(
    "azure.recoveryservices.protected_item",
    category=Category.BACKUP,
    listing=None,
    row="microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
    id="id",
    label="properties.friendlyName",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    origin=Ref("*", "properties.sourceResourceId"),
    parent=Ref("azure.recoveryservices.vault", "properties.vaultId"),
    facts={
        "of": "properties.workloadType",
        "kept_by": "properties.policyName || ''",
        "state": "properties.protectionState",
        "archived_too": "properties.isArchiveEnabled",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
)

_DETAILS = "properties.providerSpecificDetails"

# The disks of a machine, in the region that it would be started in.
replicated_item = StoreType(
    "azure.siterecovery.replicated_item",
    category=Category.BACKUP,
    listing=None,
    row=(
        "microsoft.recoveryservices/vaults/replicationfabrics/"
        "replicationprotectioncontainers/replicationprotecteditems"
    ),
    id="id",
    label="properties.friendlyName",
    region=(
        Folded(f"{_DETAILS}.recoveryFabricLocation"),
        Folded(f"{_DETAILS}.initialRecoveryFabricLocation"),
        Folded(f"{_DETAILS}.targetLocation"),
    ),
    origin=Ref("*", f"{_DETAILS}.fabricObjectId"),
    facts={
        "flavour": f"{_DETAILS}.instanceType",
        "from": f"{_DETAILS}.primaryFabricLocation || {_DETAILS}.initialPrimaryFabricLocation",
    },
    source="https://learn.microsoft.com/rest/api/site-recovery/replication-protected-items/get",
)

_STORAGE = "properties.storageSettings"
_ANY_GEO = f"{_STORAGE}[?type=='GeoRedundant']"
_LOCK = "properties.securitySettings.immutabilitySettings.state"
_CRR = "properties.featureSettings.crossRegionRestoreSettings.state"
_CSR = "properties.featureSettings.crossSubscriptionRestoreSettings.state"

backup_vault = StoreType(
    "azure.dataprotection.backup_vault",
    category=Category.BACKUP,
    listing=None,
    row="microsoft.dataprotection/backupvaults",
    needs=(_STORAGE,),
    whole=Ask("Microsoft.DataProtection:backupVaults", {"path": "id"}),
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    key=Ref(
        "azure.keyvault.key",
        "properties.securitySettings.encryptionSettings.keyVaultProperties.keyUri",
    ),
    copies=(
        Copies(items="properties.replicatedRegions", region=Folded("@")),
        Copies(  # the pair, unless the regions themselves are told
            items=f"{_STORAGE} && [@][?{_ANY_GEO} && !(properties.replicatedRegions)]",
            region=Paired(Folded("location")),
        ),
    ),
    facts={
        "geo_redundant": f"{_STORAGE} && !(!({_ANY_GEO}))",
        "redundancy": f"join(', ', {_STORAGE}[].type || `[]`)",
        "restores_in_the_pair": f"{_CRR} && {_CRR} != 'Disabled'",
        "restores_to_other_accounts": _CSR,
        "locked": f"{_LOCK} && {_LOCK} == 'Locked'",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.dataprotection/backupvaults",
)

backup_instance = StoreType(
    "azure.dataprotection.backup_instance",
    category=Category.BACKUP,
    listing=Listing(
        "Microsoft.DataProtection:backupVaults/backupInstances",
        items="value",
        params={"path": Text("{id}/backupInstances")},
        of="microsoft.dataprotection/backupvaults",
    ),
    id="id",
    label="properties.friendlyName || name",
    region=Folded("parent.location"),
    tags="tags",
    encrypted="`true`",
    origin=Ref("*", "properties.dataSourceInfo.resourceID"),
    parent=Ref("azure.dataprotection.backup_vault", "parent.id"),
    facts={
        "of": "properties.dataSourceInfo.datasourceType",
        "source_region": "properties.dataSourceInfo.resourceLocation || ''",
        "state": "properties.currentProtectionState",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.dataprotection/backupvaults/backupinstances",
)
