"""Azure Monitor: workspaces of logs, their dedicated clusters, Application Insights, Prometheus.

A workspace in a dedicated cluster is encrypted by the cluster's key. What a component of
Application Insights collects rests in its workspace, unless it is of the retired classic kind.
https://learn.microsoft.com/azure/azure-monitor/logs/customer-managed-keys
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Ref, Role, StoreType, Text

from ._forms import key_uri, reachable

_CLUSTER = "properties.features.clusterResourceId"
_OF_ITS_OWN = f"[{{id: id, cluster: {_CLUSTER}}}][?!cluster] | [0] && ''"  # no key but Microsoft's
_KEY = key_uri("properties.keyVaultProperties.keyVaultUri", "properties.keyVaultProperties.keyName")
_cluster = Ask("Microsoft.OperationalInsights:clusters", {"path": _CLUSTER})
_exports = Ask(
    "Microsoft.OperationalInsights:workspaces/dataExports", {"path": Text("{id}/dataExports")}
)
_REPLICATED = Copies(
    items="properties.replication && [properties.replication][?enabled]",
    region=Folded("location"),
)

workspace = StoreType(
    "azure.loganalytics.workspace",
    category=Category.LOG,
    listing=None,
    row="microsoft.operationalinsights/workspaces",
    needs=("properties.replication.enabled",),
    whole=Ask("Microsoft.OperationalInsights:workspaces", {"path": "id"}),
    id="id",
    also=("properties.customerId",),
    label="name",
    region=Folded("location"),
    created="properties.createdDate",
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", (_OF_ITS_OWN, _cluster[_KEY])),
    copies=(
        _REPLICATED,
        Copies(
            items=_exports["value[?properties.enable].properties.destination.resourceId"],
            role=Role.EXPORT,
            id="@",
        ),
    ),
    facts={
        "geo_redundant": "properties.replication.enabled",
        "kept_days": "properties.retentionInDays",
        "publicly_accessible": reachable("properties.publicNetworkAccessForQuery"),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/workspaces",
)

cluster = StoreType(
    "azure.loganalytics.cluster",
    category=Category.LOG,
    listing=None,
    row="microsoft.operationalinsights/clusters",
    needs=("properties.replication.enabled",),
    whole=Ask("Microsoft.OperationalInsights:clusters", {"path": "id"}),
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdDate",
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _KEY),
    copies=(_REPLICATED,),
    facts={
        "geo_redundant": "properties.replication.enabled",
        "encrypted_twice": "properties.isDoubleEncryptionEnabled",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/clusters",
)

component = StoreType(
    "azure.appinsights.component",
    category=Category.LOG,
    listing=None,
    row="microsoft.insights/components",
    id="id",
    also=("properties.AppId",),
    label="name",
    region=Folded("location"),
    created="properties.CreationDate",
    tags="tags",
    encrypted="`true`",
    copies=(Copies(items="properties.WorkspaceResourceId", id="@"),),
    facts={
        "addresses_masked": "!(properties.DisableIpMasking)",
        "kept_days": "properties.RetentionInDays",
        "publicly_accessible": reachable("properties.publicNetworkAccessForQuery"),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.insights/components",
)

prometheus = StoreType(
    "azure.monitor.workspace",
    category=Category.LOG,
    listing=None,
    row="microsoft.monitor/accounts",
    id="id",
    also=("properties.accountId",),
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    facts={"publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.monitor/accounts",
)
