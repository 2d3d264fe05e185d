"""Azure Managed Instance for Apache Cassandra: the data centres of its clusters.

A cluster is where it is managed from; each of its data centres says where its own data are. What
is replicated to a data centre outside Azure is told by the cluster only as that there is one.
"""

from __future__ import annotations

from auditor.sdk import Category, Folded, Listing, Ref, StoreType, Text

data_center = StoreType(
    "azure.cosmosdb.cassandra_data_center",
    category=Category.NOSQL,
    listing=Listing(
        "Microsoft.DocumentDB:cassandraClusters/dataCenters",
        items="value",
        params={"path": Text("{id}/dataCenters")},
        of="microsoft.documentdb/cassandraclusters",
    ),
    id="id",
    label="name",
    region=Folded("properties.dataCenterLocation"),
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.managedDiskCustomerKeyUri"),
    facts={
        "backup_key": "properties.backupStorageCustomerKeyUri",
        "nodes": "properties.nodeCount",
        "replicated": "parent.properties.autoReplicate",
        "data_centres_outside": "parent.properties.externalDataCenters",
    },
    source="https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/cassandra-data-centers/list",
)
