"""What else the azurerm provider tells: analytics, messages, vaults, health services."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import Copies, Folded, Part, Ref, Role, Row

from ._terraform import CMK, MORE_COPIES, in_pair, key_of, row, said

STORES: Mapping[str, tuple[Row, ...]] = {
    "azure.synapse.workspace": (
        row(
            "synapse_workspace",
            encrypted="`true`",
            key=key_of("customer_managed_key[0].key_versionless_id"),
        ),
    ),
    "azure.synapse.sql_pool": (
        row(
            "synapse_sql_pool",
            label=Part("id", "/workspaces/", 1),
            region="",
            encrypted="data_encrypted",
            origin=Ref("*", "recovery_database_id || restore[0].source_database_id"),
            parent=Ref("azure.synapse.workspace", "synapse_workspace_id"),
            facts={"backup_redundancy": "storage_account_type"},
        ),
    ),
    "azure.fabric.capacity": (row("fabric_capacity"),),
    "azure.databricks.workspace": (
        row(
            "databricks_workspace",
            encrypted="`true`",
            key=key_of(said("managed_services_cmk_key_vault_key_id", "key")),
        ),
    ),
    "azure.eventhub.namespace": (
        row("eventhub_namespace", encrypted="`true`", facts={"flavour": "sku"}),
    ),
    "azure.servicebus.namespace": (
        row(
            "servicebus_namespace",
            encrypted="`true`",
            key=key_of(said(CMK, "key")),
            facts={"flavour": "sku"},
        ),
    ),
    "azure.eventgrid.topic": (row("eventgrid_topic"),),
    "azure.eventgrid.domain": (row("eventgrid_domain"),),
    "azure.eventgrid.namespace": (row("eventgrid_namespace"),),
    "azure.recoveryservices.vault": (
        row(
            "recovery_services_vault",
            encrypted="`true`",
            key=key_of("encryption[0].key_id"),
            copies=(in_pair("storage_mode_type == 'GeoRedundant'", Role.REPLICA),),
            facts={
                "geo_redundant": "storage_mode_type && storage_mode_type == 'GeoRedundant'",
                "redundancy": "storage_mode_type",
                "restores_in_the_pair": "cross_region_restore_enabled",
                "locked": "immutability && immutability == 'Locked'",
            },
        ),
    ),
    "azure.dataprotection.backup_vault": (
        row(
            "data_protection_backup_vault",
            encrypted="`true`",
            copies=(
                in_pair("redundancy == 'GeoRedundant'", Role.REPLICA),
                MORE_COPIES,
            ),
        ),
    ),
    "azure.loganalytics.workspace": (row("log_analytics_workspace", encrypted="`true`"),),
    "azure.loganalytics.cluster": (row("log_analytics_cluster", encrypted="`true`"),),
    "azure.appinsights.component": (row("application_insights", encrypted="`true`"),),
    "azure.containerregistry.registry": (
        row(
            "container_registry",
            encrypted="`true`",
            key=key_of("encryption[0].key_vault_key_id"),
            copies=(Copies(items="georeplications", region=Folded("location")),),
        ),
    ),
    "azure.machinelearning.workspace": (
        row("machine_learning_workspace", encrypted="`true`", key=key_of("encryption[0].key_id")),
    ),
    "azure.cognitiveservices.account": (
        row("cognitive_account", encrypted="`true`", key=key_of(said(CMK, "key"))),
        row("ai_services", encrypted="`true`", key=key_of(said(CMK, "key"))),
    ),
    "azure.keyvault.vault": (
        row(
            "key_vault",
            also=("vault_uri",),
            encrypted="`true`",
            facts={"flavour": "sku_name", "purge_protected": "purge_protection_enabled"},
        ),
    ),
    "azure.keyvault.key": (
        row(
            "key_vault_key",
            id="versionless_id",
            also=("id", "resource_versionless_id"),
            account=Part("resource_versionless_id", "/", 2),
            region="",
            parent=Ref("azure.keyvault.vault", "key_vault_id"),
            facts={
                "manager": "'customer'",
                "material": "((key_type == 'RSA-HSM' || key_type == 'EC-HSM') && 'hsm')"
                " || (key_type && 'provider') || `null`",
            },
        ),
    ),
    "azure.keyvault.managed_hsm": (
        row(
            "key_vault_managed_hardware_security_module",
            also=("hsm_uri",),
            encrypted="`true`",
            facts={"flavour": "sku_name", "purge_protected": "purge_protection_enabled"},
        ),
    ),
    "azure.healthcareapis.workspace": (row("healthcare_workspace"),),
    "azure.healthcareapis.fhir_service": (
        row(
            "healthcare_fhir_service",
            encrypted="`true`",
            copies=(
                Copies(
                    items="[configuration_export_storage_account_name][?@]",
                    role=Role.EXPORT,
                    id="@",
                ),
            ),
            facts={"flavour": "kind"},
        ),
    ),
    "azure.healthcareapis.dicom_service": (
        row(
            "healthcare_dicom_service",
            also=("service_url",),
            encrypted="`true`",
            key=key_of("encryption_key_url"),
            copies=(Copies(items="storage[].storage_account_id", id="@"),),
        ),
    ),
    "azure.healthcareapis.iot_connector": (row("healthcare_medtech_service"),),
    "azure.healthcareapis.api_for_fhir": (
        row(
            "healthcare_service",
            encrypted="`true`",
            key=key_of("cosmosdb_key_vault_key_versionless_id"),
        ),
    ),
}
