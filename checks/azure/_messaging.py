"""What a namespace of Event Hubs and one of Service Bus share: one resource shape, two services.

Data are always encrypted, by the provider's key or by the first of the customer's. Locations copy
the data; the alias of a disaster recovery pairs namespaces whose settings alone are copied.
https://learn.microsoft.com/azure/event-hubs/event-hubs-geo-dr
"""

from __future__ import annotations

from auditor.sdk import Ask, Copies, Folded, Ref, Text, Value

from ._forms import key_uri, reachable

_GEO = "properties.geoDataReplication.locations"
_KEY = "properties.encryption.keyVaultProperties[0]"

KEY = Ref("azure.keyvault.key", key_uri(f"{_KEY}.keyVaultUri", f"{_KEY}.keyName"))
# only the Premium tier copies data: another has no locations to tell
TOLD = f"sku.name && sku.name != 'Premium' || {_GEO} || `null`"
REPLICAS = Copies(items=f"{_GEO}[?roleType != 'Primary']", region=Folded("locationName"))


def said_of(namespace: str) -> dict[str, Value]:
    """The facts of a namespace of this operation: its tier, its pair, who reaches it."""
    aliases = Ask(
        f"{namespace}/disasterRecoveryConfigs", {"path": Text("{id}/disasterRecoveryConfigs")}
    )
    return {
        "flavour": "sku.name || ''",
        "geo_redundant": f"({TOLD}) && length({_GEO} || `[]`) > `1`",
        "settings_copied_to": aliases["value[0].properties.partnerNamespace || ''"],
        "publicly_accessible": reachable(),
    }
