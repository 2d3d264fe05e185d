"""Which resource of which API an asset type is: `service:Schema` in its discovery document.

Source: https://docs.cloud.google.com/asset-inventory/docs/asset-types, which names the API resource
of each asset type.
"""

from __future__ import annotations

SCHEMAS = {
    "aiplatform.googleapis.com/Dataset": "aiplatform:GoogleCloudAiplatformV1Dataset",
    "aiplatform.googleapis.com/FeatureOnlineStore": (
        "aiplatform:GoogleCloudAiplatformV1FeatureOnlineStore"
    ),
    "aiplatform.googleapis.com/Featurestore": "aiplatform:GoogleCloudAiplatformV1Featurestore",
    "aiplatform.googleapis.com/Index": "aiplatform:GoogleCloudAiplatformV1Index",
    "aiplatform.googleapis.com/Model": "aiplatform:GoogleCloudAiplatformV1Model",
    "alloydb.googleapis.com/Backup": "alloydb:Backup",
    "alloydb.googleapis.com/Cluster": "alloydb:Cluster",
    "analyticshub.googleapis.com/Listing": "analyticshub:Listing",
    "artifactregistry.googleapis.com/Repository": "artifactregistry:Repository",
    "assuredworkloads.googleapis.com/Workload": (
        "assuredworkloads:GoogleCloudAssuredworkloadsV1Workload"
    ),
    "backupdr.googleapis.com/Backup": "backupdr:Backup",
    "backupdr.googleapis.com/BackupVault": "backupdr:BackupVault",
    "bigquery.googleapis.com/Dataset": "bigquery:Dataset",
    "bigquery.googleapis.com/Table": "bigquery:Table",
    "bigquerydatatransfer.googleapis.com/TransferConfig": "bigquerydatatransfer:TransferConfig",
    "bigtableadmin.googleapis.com/Backup": "bigtableadmin:Backup",
    "bigtableadmin.googleapis.com/Cluster": "bigtableadmin:Cluster",
    "cloudkms.googleapis.com/CryptoKey": "cloudkms:CryptoKey",
    "cloudkms.googleapis.com/EkmConnection": "cloudkms:EkmConnection",
    "composer.googleapis.com/Environment": "composer:Environment",
    "compute.googleapis.com/Disk": "compute:Disk",
    "compute.googleapis.com/Image": "compute:Image",
    "compute.googleapis.com/InstantSnapshot": "compute:InstantSnapshot",
    "compute.googleapis.com/MachineImage": "compute:MachineImage",
    "compute.googleapis.com/RegionDisk": "compute:Disk",
    "compute.googleapis.com/Snapshot": "compute:Snapshot",
    "datafusion.googleapis.com/Instance": "datafusion:Instance",
    "dataplex.googleapis.com/Asset": "dataplex:GoogleCloudDataplexV1Asset",
    "dataplex.googleapis.com/Lake": "dataplex:GoogleCloudDataplexV1Lake",
    "dataproc.googleapis.com/Cluster": "dataproc:Cluster",
    "datastream.googleapis.com/Stream": "datastream:Stream",
    "discoveryengine.googleapis.com/DataStore": (
        "discoveryengine:GoogleCloudDiscoveryengineV1DataStore"
    ),
    "documentai.googleapis.com/Processor": "documentai:GoogleCloudDocumentaiV1Processor",
    "file.googleapis.com/Backup": "file:Backup",
    "file.googleapis.com/Instance": "file:Instance",
    "firestore.googleapis.com/Backup": "firestore:GoogleFirestoreAdminV1Backup",
    "firestore.googleapis.com/Database": "firestore:GoogleFirestoreAdminV1Database",
    "gkebackup.googleapis.com/Backup": "gkebackup:Backup",
    "healthcare.googleapis.com/ConsentStore": "healthcare:ConsentStore",
    "healthcare.googleapis.com/Dataset": "healthcare:Dataset",
    "healthcare.googleapis.com/DicomStore": "healthcare:DicomStore",
    "healthcare.googleapis.com/FhirStore": "healthcare:FhirStore",
    "healthcare.googleapis.com/Hl7V2Store": "healthcare:Hl7V2Store",
    "logging.googleapis.com/LogBucket": "logging:LogBucket",
    "logging.googleapis.com/LogSink": "logging:LogSink",
    "looker.googleapis.com/Instance": "looker:Instance",
    "managedkafka.googleapis.com/Cluster": "managedkafka:Cluster",
    "memcache.googleapis.com/Instance": "memcache:Instance",
    "metastore.googleapis.com/Service": "metastore:Service",
    "netapp.googleapis.com/Backup": "netapp:Backup",
    "netapp.googleapis.com/Volume": "netapp:Volume",
    "notebooks.googleapis.com/Instance": "notebooks:Instance",
    "pubsub.googleapis.com/Snapshot": "pubsub:Snapshot",
    "pubsub.googleapis.com/Subscription": "pubsub:Subscription",
    "pubsub.googleapis.com/Topic": "pubsub:Topic",
    "redis.googleapis.com/Cluster": "redis:Cluster",
    "redis.googleapis.com/Instance": "redis:Instance",
    "secretmanager.googleapis.com/Secret": "secretmanager:Secret",
    "spanner.googleapis.com/Backup": "spanner:Backup",
    "spanner.googleapis.com/Database": "spanner:Database",
    "spanner.googleapis.com/Instance": "spanner:Instance",
    "sqladmin.googleapis.com/Backup": "sqladmin:Backup",
    "sqladmin.googleapis.com/Instance": "sqladmin:DatabaseInstance",
    "storage.googleapis.com/Bucket": "storage:Bucket",
    "storagetransfer.googleapis.com/TransferJob": "storagetransfer:TransferJob",
    "vmwareengine.googleapis.com/PrivateCloud": "vmwareengine:PrivateCloud",
}
