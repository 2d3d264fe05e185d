"""Azure for health: Health Data Services, API for FHIR, de-identification, bots, Epic.

What the FHIR and DICOM services hold is encrypted by the provider, and by a key of the customer's
where one is named. They have no second region of their own; API for FHIR could be given one by the
support team, which its resource does not tell.
https://learn.microsoft.com/azure/healthcare-apis/business-continuity-disaster-recovery
https://learn.microsoft.com/azure/healthcare-apis/azure-api-for-fhir/disaster-recovery
"""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, Ref, Role, StoreType

from ._forms import key_uri, reachable

_CMK = "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl"
_EXPORTS = Copies(
    items="properties.exportConfiguration.storageAccountName", role=Role.EXPORT, id="@"
)
_BOT = "properties.keyVaultProperties"
_SMART = "properties.authenticationConfiguration.smartIdentityProviders[].authority"

workspace = StoreType(
    "azure.healthcareapis.workspace",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.healthcareapis/workspaces",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={"publicly_accessible": reachable()},
    holds_health=True,
    source="https://learn.microsoft.com/azure/templates/microsoft.healthcareapis/workspaces",
)

fhir_service = StoreType(
    "azure.healthcareapis.fhir_service",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.healthcareapis/workspaces/fhirservices",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _CMK),
    copies=(_EXPORTS,),
    facts={
        "flavour": "kind || ''",
        "publicly_accessible": reachable(),
        "imports_from": "properties.importConfiguration.integrationDataStore || ''",
        "other_identity_providers": f"join(', ', {_SMART} || `[]`)",
        "origins_let_in": "join(', ', properties.corsConfiguration.origins || `[]`)",
    },
    holds_health=True,
    source="https://learn.microsoft.com/azure/templates/microsoft.healthcareapis/workspaces/fhirservices",
)

dicom_service = StoreType(
    "azure.healthcareapis.dicom_service",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.healthcareapis/workspaces/dicomservices",
    id="id",
    also=("properties.serviceUrl",),
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", _CMK),
    copies=(  # the images lie in the customer's own data lake, where one was named
        Copies(items="properties.storageConfiguration.storageResourceId", id="@"),
    ),
    facts={
        "publicly_accessible": reachable(),
        "origins_let_in": "join(', ', properties.corsConfiguration.origins || `[]`)",
    },
    holds_health=True,
    source="https://learn.microsoft.com/azure/templates/microsoft.healthcareapis/workspaces/dicomservices",
)

iot_connector = StoreType(
    "azure.healthcareapis.iot_connector",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.healthcareapis/workspaces/iotconnectors",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={  # it passes on what devices send: the bytes rest in the hub and the FHIR service
        "reads_from": (
            "properties.ingestionEndpointConfiguration.fullyQualifiedEventHubNamespace || ''"
        )
    },
    holds_health=True,
    source="https://learn.microsoft.com/azure/templates/microsoft.healthcareapis/workspaces/iotconnectors",
)

api_for_fhir = StoreType(
    "azure.healthcareapis.api_for_fhir",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.healthcareapis/services",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    key=Ref("azure.keyvault.key", "properties.cosmosDbConfiguration.keyVaultKeyUri"),
    copies=(_EXPORTS,),
    facts={
        "flavour": "kind || ''",
        "geo_redundant": "`null`",  # a second region is given on request, and not told here
        "publicly_accessible": reachable(),
        "imports_from": "properties.importConfiguration.integrationDataStore || ''",
        "key_of_another_tenant": (
            "properties.cosmosDbConfiguration.crossTenantCmkApplicationId || ''"
        ),
        "origins_let_in": "join(', ', properties.corsConfiguration.origins || `[]`)",
    },
    holds_health=True,
    source="https://learn.microsoft.com/azure/templates/microsoft.healthcareapis/services",
)

deid_service = StoreType(
    "azure.healthdataaiservices.deid_service",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.healthdataaiservices/deidservices",
    id="id",
    also=("properties.serviceUrl",),
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={"publicly_accessible": reachable()},
    holds_health=True,
    source="https://learn.microsoft.com/azure/templates/microsoft.healthdataaiservices/deidservices",
)

health_bot = StoreType(
    "azure.healthbot.bot",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.healthbot/healthbots",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted=f"{_BOT}.keyName && `true`",
    key=Ref("azure.keyvault.key", key_uri(f"{_BOT}.keyVaultUri", f"{_BOT}.keyName")),
    facts={"flavour": "sku.name || ''"},
    holds_health=True,
    source="https://learn.microsoft.com/azure/templates/microsoft.healthbot/healthbots",
)

# Only the inventory knows it; what its properties hold is not published.
epic_virtual_instance = StoreType(
    "azure.workloads.epic_virtual_instance",
    category=Category.HEALTH,
    listing=None,
    row="microsoft.workloads/epicvirtualinstances",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    holds_health=True,
    source="https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources",
)
