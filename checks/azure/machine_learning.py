"""Azure Machine Learning: data, models and logs rest in resources that a workspace names."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Ref, Role, StoreType

workspace = StoreType(
    "azure.machinelearning.workspace",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.machinelearningservices/workspaces",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.creationTime",
    tags="tags",
    encrypted="`true`",  # https://learn.microsoft.com/azure/machine-learning/concept-data-encryption
    key=Ref("azure.keyvault.key", "properties.encryption.keyVaultProperties.keyIdentifier"),
    copies=(
        Copies(items="properties.storageAccount", id="@"),
        Copies(items="properties.containerRegistry", id="@"),
        Copies(items="properties.applicationInsights", role=Role.LOG, id="@"),
    ),
    facts={
        "flavour": "kind || ''",
        "said_sensitive": "properties.hbiWorkspace",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.machinelearningservices/workspaces",
)
