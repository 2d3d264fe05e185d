"""Azure HDInsight: the cluster works on accounts that it names; its own disks pass with it."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Ref, StoreType

from ._forms import key_uri

_DISKS = "properties.diskEncryptionProperties"

cluster = StoreType(
    "azure.hdinsight.cluster",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.hdinsight/clusters",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdDate",
    tags="tags",
    key=Ref("azure.keyvault.key", key_uri(f"{_DISKS}.vaultUri", f"{_DISKS}.keyName")),
    copies=(Copies(items="properties.storageProfile.storageaccounts[].resourceId", id="@"),),
    facts={
        "flavour": "properties.clusterDefinition.kind || ''",
        "encrypted_at_host": f"{_DISKS}.encryptionAtHost",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.hdinsight/clusters",
)
