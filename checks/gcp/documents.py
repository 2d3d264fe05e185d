"""Document AI processors, data stores for search, and Looker.

`eu` and `us` are multi-regions. A data store that is configured for FHIR was
made for health data.
"""

from __future__ import annotations

from auditor.sdk import Category, Copies, Role, StoreType

from ._values import LOCATION, bucket_of, full_name, key

processor = StoreType(
    "gcp.documentai.processor",
    category=Category.OBJECT,
    listing=None,
    row="documentai.googleapis.com/Processor",
    id=full_name("documentai"),
    also=("name",),
    label="displayName",
    region=LOCATION,
    created="createTime",
    encrypted="`true`",
    key=key("kmsKeyName"),
    facts={"type": "type"},
    source="https://docs.cloud.google.com/document-ai/docs/reference/rest/v1/projects.locations.processors",
)

data_store = StoreType(
    "gcp.discoveryengine.data_store",
    category=Category.SEARCH,
    listing=None,
    row="discoveryengine.googleapis.com/DataStore",
    id=full_name("discoveryengine"),
    also=("name",),
    label="displayName",
    region=LOCATION,
    created="createTime",
    encrypted="`true`",
    key=key("cmekConfig.kmsKey || kmsKeyName"),
    facts={
        "content": "contentConfig",
        "made_for_fhir": "!(!(healthcareFhirConfig)) || industryVertical == 'HEALTHCARE_FHIR'",
    },
    source="https://docs.cloud.google.com/generative-ai-app-builder/docs/reference/rest/v1/projects.locations.collections.dataStores",
)

looker = StoreType(
    "gcp.looker.instance",
    category=Category.WAREHOUSE,
    listing=None,
    row="looker.googleapis.com/Instance",
    id=full_name("looker"),
    also=("name",),
    label="name",
    region=LOCATION,
    created="createTime",
    encrypted="`true`",
    key=key("encryptionConfig.kmsKeyName"),
    copies=(
        Copies(items="[periodicExportConfig][?gcsUri]", role=Role.EXPORT, id=bucket_of("gcsUri")),
    ),
    facts={"public_ip": "publicIpEnabled"},
    source="https://docs.cloud.google.com/looker/docs/reference/rest/v1/projects.locations.instances",
)
