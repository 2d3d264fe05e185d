"""Azure Container Registry: images, which may carry data, and the regions they are copied to."""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Grants, Ref, StoreType, Text

from ._forms import reachable

_ANONYMOUS = "properties.anonymousPullEnabled"
_replications = Ask(
    "Microsoft.ContainerRegistry:registries/replications", {"path": Text("{id}/replications")}
)

registry = StoreType(
    "azure.containerregistry.registry",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.containerregistry/registries",
    needs=(_ANONYMOUS,),
    whole=Ask("Microsoft.ContainerRegistry:registries", {"path": "id"}),
    id="id",
    also=("properties.loginServer",),
    label="name",
    region=Folded("location"),
    created="properties.creationDate",
    tags="tags",
    encrypted="`true`",  # https://learn.microsoft.com/azure/container-registry/tutorial-enable-customer-managed-keys
    key=Ref("azure.keyvault.key", "properties.encryption.keyVaultProperties.keyIdentifier"),
    copies=(  # the registry's own region is among them
        Copies(items=_replications["value"], id="id", region=Folded("location")),
    ),
    shares=(
        Grants(
            items=f"{_ANONYMOUS} != `null` && [@][?{_ANONYMOUS}] || `null`",
            account="''",
            public="`true`",
            via="anonymous pull",
        ),
    ),
    facts={
        "flavour": "sku.name || ''",
        "exports_let": "properties.policies.exportPolicy.status",
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.containerregistry/registries",
)

replication = StoreType(
    "azure.containerregistry.replication",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.containerregistry/registries/replications",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    facts={"answers_there": "properties.regionEndpointEnabled"},
    source="https://learn.microsoft.com/azure/templates/microsoft.containerregistry/registries/replications",
)
