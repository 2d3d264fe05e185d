"""Azure AI services: accounts, what models are deployed in them, bots, and video indexing.

What an account keeps rests where it lies, but a deployment may have its prompts worked on further:
`Global…` anywhere in the world, `DataZone…` anywhere in the zone of the account (the European
Union, or the United States).
https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/deployment-types
"""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Listing, Ref, StoreType, Text

from ._forms import key_uri, reachable

_KEY = "properties.encryption.keyVaultProperties"
_SKU = "sku.name"

account = StoreType(
    "azure.cognitiveservices.account",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.cognitiveservices/accounts",
    id="id",
    also=("properties.endpoint",),
    label="name",
    region=Folded("location"),
    created="properties.dateCreated",
    tags="tags",
    encrypted="`true`",  # https://learn.microsoft.com/azure/ai-services/encryption/cognitive-services-encryption-keys-portal
    key=Ref("azure.keyvault.key", key_uri(f"{_KEY}.keyVaultUri", f"{_KEY}.keyName")),
    copies=(
        Copies(items="properties.locations.regions", region=Folded("name")),
        Copies(items="properties.userOwnedStorage[].resourceId", id="@"),
    ),
    facts={
        "flavour": "kind || ''",
        "global_service": "location == 'global'",
        "publicly_accessible": reachable(),
        "outbound_restricted": "properties.restrictOutboundNetworkAccess",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.cognitiveservices/accounts",
)

deployment = StoreType(
    "azure.cognitiveservices.deployment",
    category=Category.OBJECT,
    listing=Listing(
        "Microsoft.CognitiveServices:accounts/deployments",
        items="value",
        params={"path": Text("{id}/deployments")},
        of="microsoft.cognitiveservices/accounts",
    ),
    id="id",
    label="name",
    region=Folded("parent.location"),
    encrypted="`true`",
    parent=Ref("azure.cognitiveservices.account", "parent.id"),
    facts={
        "model": "properties.model.name",
        "flavour": _SKU,
        "processed_in": (
            f"starts_with({_SKU} || '', 'Global') && 'world'"
            f" || starts_with({_SKU} || '', 'DataZone') && 'zone'"
            f" || {_SKU} && 'region'"
        ),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.cognitiveservices/accounts/deployments",
)

# `global`, or `westeurope` where the bot keeps its data in Europe
bot = StoreType(
    "azure.botservice.bot",
    category=Category.LOG,
    listing=None,
    row="microsoft.botservice/botservices",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    key=Ref("azure.keyvault.key", "properties.cmekKeyVaultUrl"),
    copies=(Copies(items="properties.storageResourceId", id="@"),),
    facts={
        "flavour": "kind || ''",
        "global_service": "location == 'global'",
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.botservice/botservices",
)

# the media rest in an account of the customer's, which the resource names
video_indexer = StoreType(
    "azure.videoindexer.account",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.videoindexer/accounts",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    copies=(Copies(items="properties.storageServices.resourceId", id="@"),),
    source="https://learn.microsoft.com/azure/templates/microsoft.videoindexer/accounts",
)
