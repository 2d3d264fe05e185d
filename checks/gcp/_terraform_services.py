"""What else the google provider of Terraform tells: health data, analytics, documents, models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.sdk import Copies, Part, Ref, Role, Row, Text

from ._terraform import MORE_COPIES, exported_to, key_of, row

_STREAMED = "stream_configs[].bigquery_destination[].dataset_uri"


def _health_store(type_: str, **values: Any) -> Row:
    return row(
        f"healthcare_{type_}",
        "healthcare",
        account=Part("dataset", "/", 1),
        region=Part("dataset", "/", 3),
        parent=Ref("gcp.healthcare.dataset", "dataset"),
        **values,
    )


_composer = row(
    "composer_environment",
    "composer",
    region="region",
    key=key_of("config[0].encryption_config[0].kms_key_name"),
    copies=(
        exported_to("config[0].dag_gcs_prefix"),
        Copies(
            items="config[].recovery_config[].scheduled_snapshots_config[] | [?enabled]",
            role=Role.BACKUP,
            id=Part("snapshot_location", "/", 2),
        ),
    ),
)

_dataproc = row(
    "dataproc_cluster",
    "dataproc",
    region="region",
    key=key_of("cluster_config[0].encryption_config[0].kms_key_name"),
    copies=(
        Copies(items="cluster_config[].bucket | [?@]", role=Role.EXPORT, id="@"),
        Copies(items="cluster_config[].temp_bucket | [?@]", role=Role.EXPORT, id="@"),
    ),
)

_metastore = row(
    "dataproc_metastore_service",
    "metastore",
    created="create_time",
    key=key_of("encryption_config[0].kms_key"),
    copies=(
        exported_to("artifact_gcs_uri"),
        Copies(
            items="scheduled_backup[?enabled]",
            role=Role.BACKUP,
            id=Part("backup_location", "/", 2),
        ),
    ),
)

STORES: Mapping[str, tuple[Row, ...]] = {
    "gcp.healthcare.dataset": (
        row(
            "healthcare_dataset",
            "healthcare",
            tags="",
            key=key_of("encryption_spec[0].kms_key_name"),
        ),
    ),
    "gcp.healthcare.fhir_store": (
        _health_store(
            "fhir_store",
            copies=(Copies(items=f"{_STREAMED} || `[]`", role=Role.EXPORT, id="@"), MORE_COPIES),
            facts={"version": "version"},
        ),
    ),
    "gcp.healthcare.dicom_store": (_health_store("dicom_store"),),
    "gcp.healthcare.hl7v2_store": (_health_store("hl7_v2_store"),),
    "gcp.healthcare.consent_store": (_health_store("consent_store"),),
    "gcp.composer.environment": (_composer,),
    "gcp.dataproc.cluster": (_dataproc,),
    "gcp.metastore.service": (_metastore,),
    "gcp.datafusion.instance": (
        row(
            "data_fusion_instance",
            "datafusion",
            region="region",
            created="create_time",
            key=key_of("crypto_key_config[0].key_reference"),
            copies=(exported_to("gcs_bucket"),),
        ),
    ),
    "gcp.managedkafka.cluster": (
        row(
            "managed_kafka_cluster",
            "managedkafka",
            label="cluster_id",
            created="create_time",
            key=key_of("gcp_config[0].kms_key"),
        ),
    ),
    "gcp.documentai.processor": (
        row(
            "document_ai_processor",
            "documentai",
            label="display_name",
            tags="",
            key=key_of("kms_key_name"),
            facts={"type": "type"},
        ),
    ),
    "gcp.looker.instance": (
        row(
            "looker_instance",
            "looker",
            region="region",
            tags="",
            created="create_time",
            key=key_of("encryption_config[0].kms_key_name"),
        ),
    ),
    "gcp.vertexai.dataset": (
        row(
            "vertex_ai_dataset",
            "aiplatform",
            "name",
            label="display_name",
            region="region",
            created="create_time",
            key=key_of("encryption_spec[0].kms_key_name"),
        ),
    ),
    "gcp.vertexai.index": (
        row(
            "vertex_ai_index",
            "aiplatform",
            label="display_name",
            region="region",
            created="create_time",
        ),
    ),
    "gcp.vertexai.featurestore": (
        row(
            "vertex_ai_featurestore",
            "aiplatform",
            region="region",
            created="create_time",
            key=key_of("encryption_spec[0].kms_key_name"),
        ),
    ),
    "gcp.vertexai.feature_online_store": (
        row(
            "vertex_ai_feature_online_store",
            "aiplatform",
            region="region",
            created="create_time",
        ),
    ),
    "gcp.notebooks.instance": (
        row(
            "workbench_instance",
            "notebooks",
            created="create_time",
            key=key_of("gce_setup[0].data_disks[0].kms_key || gce_setup[0].boot_disk[0].kms_key"),
        ),
    ),
    "gcp.datastream.stream": (
        row(
            "datastream_stream",
            "datastream",
            label="display_name",
            key=key_of("customer_managed_encryption_key"),
        ),
    ),
    "gcp.bigquery.transfer_config": (
        row(
            "bigquery_data_transfer_config",
            "bigquerydatatransfer",
            "name",
            label="display_name",
            tags="",
            key=key_of("encryption_configuration[0].kms_key_name"),
            copies=(
                Copies(
                    items="[destination_dataset_id][?@]",
                    role=Role.EXPORT,
                    id=Text("{account}.{@}"),
                ),
            ),
            facts={"data_source": "data_source_id", "disabled": "disabled || `false`"},
        ),
    ),
    "gcp.vmwareengine.private_cloud": (
        row("vmwareengine_private_cloud", "vmwareengine", tags="", facts={"type": "type"}),
    ),
    "gcp.analyticshub.listing": (
        row(
            "bigquery_analytics_hub_listing",
            "analyticshub",
            label="display_name",
            tags="",
            encrypted="",
            origin=Ref("gcp.bigquery.dataset", "bigquery_dataset[0].dataset"),
            facts={"discovery": "discovery_type"},
        ),
    ),
}
