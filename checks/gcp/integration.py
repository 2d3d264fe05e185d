"""What moves and prepares data: Data Fusion, Datastream, Dataplex, Managed Kafka.

A Data Fusion instance may carry an accelerator for health data; a stream keeps what is under way.
"""

from __future__ import annotations

from auditor.sdk import GIB, Category, Copies, Ref, Role, Size, StoreType

from ._values import LOCATION, bucket_of, full_name, key

data_fusion = StoreType(
    "gcp.datafusion.instance",
    category=Category.WAREHOUSE,
    listing=None,
    row="datafusion.googleapis.com/Instance",
    id=full_name("datafusion"),
    also=("name",),
    label="name",
    region=LOCATION,
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("cryptoKeyConfig.keyReference"),
    copies=(Copies(items="[gcsBucket][?@]", role=Role.EXPORT, id=bucket_of("@")),),
    facts={
        "healthcare_accelerator": (
            "length(accelerators[?acceleratorType == 'HEALTHCARE'] || `[]`) > `0`"
        ),
    },
    source="https://docs.cloud.google.com/data-fusion/docs/reference/rest/v1/projects.locations.instances",
)

datastream = StoreType(
    "gcp.datastream.stream",
    category=Category.STREAM,
    listing=None,
    row="datastream.googleapis.com/Stream",
    id=full_name("datastream"),
    also=("name",),
    label="displayName",
    region=LOCATION,
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("customerManagedEncryptionKey"),
    facts={
        "from": "sourceConfig.sourceConnectionProfile",
        "to": "destinationConfig.destinationConnectionProfile",
    },
    source="https://docs.cloud.google.com/datastream/docs/reference/rest/v1/projects.locations.streams",
)

dataplex_asset = StoreType(
    "gcp.dataplex.asset",
    category=Category.WAREHOUSE,
    listing=None,
    row="dataplex.googleapis.com/Asset",
    id=full_name("dataplex"),
    also=("name",),
    label="displayName",
    region=LOCATION,
    created="createTime",
    tags="labels",
    origin=Ref("*", "resourceSpec.name"),
    facts={"holds": "resourceSpec.type"},
    source="https://docs.cloud.google.com/dataplex/docs/reference/rest/v1/projects.locations.lakes.zones.assets",
)

kafka = StoreType(
    "gcp.managedkafka.cluster",
    category=Category.STREAM,
    listing=None,
    row="managedkafka.googleapis.com/Cluster",
    id=full_name("managedkafka"),
    also=("name",),
    label="name",
    region=LOCATION,
    bytes=Size("brokerCapacityConfig.diskSizeGib", GIB),
    created="createTime",
    tags="labels",
    encrypted="`true`",
    key=key("gcpConfig.kmsKey"),
    source="https://docs.cloud.google.com/managed-service-for-apache-kafka/docs/reference/rest/v1/projects.locations.clusters",
)
