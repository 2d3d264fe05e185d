"""Azure Data Explorer: clusters and their databases.

A cluster says which tenants' people may sign in, beside its own: "*" is every tenant, and is the
default; that they can read needs a role in a database besides, so only tenants that are named are
told as shares (https://learn.microsoft.com/azure/data-explorer/cross-tenant-query-and-commands).
A database that follows one of another cluster has its data there. Who follows a database can only
be asked by an action, and is not: that it is followed is a fact of it.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Grants, Listing, Ref, StoreType, Text

from ._forms import key_uri, reachable
from ._values import PLACE, PLACE_OF_PARENT

_VAULT = "properties.keyVaultProperties"
_KEY = key_uri(f"{_VAULT}.keyVaultUri", f"{_VAULT}.keyName")
_KEY_OF_CLUSTER = key_uri(f"parent.{_VAULT}.keyVaultUri", f"parent.{_VAULT}.keyName")

cluster = StoreType(
    "azure.kusto.cluster",
    category=Category.WAREHOUSE,
    listing=None,
    row="microsoft.kusto/clusters",
    needs=("properties.uri",),
    whole=Ask("Microsoft.Kusto:clusters", {"path": "id"}),
    id="id",
    label="name",
    region=PLACE,
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    shares=(
        Grants(
            items="properties.trustedExternalTenants[?value != '*' && value != 'MyTenantOnly']",
            account="value",
            us="tenantId",
            via="trusted_tenants",
        ),
    ),
    facts={
        "publicly_accessible": reachable(),
        "trusted_tenants": "properties.trustedExternalTenants[].value",
        "local_disks_encrypted": "properties.enableDiskEncryption",
        "state": "properties.state",
    },
    source="https://learn.microsoft.com/rest/api/azurerekusto/clusters/list",
)

database = StoreType(
    "azure.kusto.database",
    category=Category.WAREHOUSE,
    listing=Listing(
        "Microsoft.Kusto:clusters/databases",
        items="value",
        params={"path": Text("{id}/databases")},
        of="microsoft.kusto/clusters",
    ),
    id="id",
    label="name",
    region=(PLACE, PLACE_OF_PARENT),
    bytes="properties.statistics.size",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", (_KEY, _KEY_OF_CLUSTER)),
    origin=Ref("azure.kusto.cluster", "properties.leaderClusterResourceId"),
    parent=Ref("azure.kusto.cluster", "parent.id"),
    facts={"kind": "kind", "followed": "properties.isFollowed"},
    source="https://learn.microsoft.com/rest/api/azurerekusto/databases/list-by-cluster",
)
