"""BigQuery: datasets, tables, transfers into them, and listings by which they are shared.

`EU` is a multi-region of member states, without London and Zurich
(https://docs.cloud.google.com/bigquery/docs/locations); `aws-…` and `azure-…` are other clouds.
Where a dataset is replicated to is told by its own INFORMATION_SCHEMA only, which nobody asks here.
"""

from __future__ import annotations

from typing import Any

from auditor.sdk import Ask, Category, Copies, Epoch, Grants, Ref, Role, StoreType, Text

from ._values import APPROVAL, LOCATION, bucket_of, full_name, key, last, project_of

_DOCS = "https://docs.cloud.google.com/bigquery/docs/reference"
_DATASET = "datasetReference"
_ENTRY = "view.projectId || dataset.dataset.projectId || routine.projectId"
_MEMBER = "iamMember || userByEmail || groupByEmail || domain"
_EVERYBODY = "specialGroup == 'allAuthenticatedUsers' || iamMember == 'allUsers'"
# another project whose views, datasets or routines are let in, or the project or domain of a member
_WHOSE: Any = (_ENTRY, project_of(_MEMBER))
_MILLISECONDS = 1000


def _named(form: str, table: str = "tableReference") -> Text:
    """A table by its project, its dataset and its own name."""
    parts = ("projectId", "datasetId", "tableId")
    return Text(form.format(*(f"{{{table}.{part}}}" for part in parts)))


dataset = StoreType(
    "gcp.bigquery.dataset",
    category=Category.WAREHOUSE,
    listing=None,
    row="bigquery.googleapis.com/Dataset",
    needs=("location", "access"),
    whole=Ask(
        "bigquery:datasets.get",
        {"projectId": f"{_DATASET}.projectId", "datasetId": f"{_DATASET}.datasetId"},
    ),
    id=(
        "asset.name",
        Text(
            f"//bigquery.{{partition}}/projects/{{{_DATASET}.projectId}}"
            f"/datasets/{{{_DATASET}.datasetId}}"
        ),
        "id",
    ),
    also=(
        "id",
        Text(f"{{{_DATASET}.projectId}}.{{{_DATASET}.datasetId}}"),
        Text(f"bq://{{{_DATASET}.projectId}}.{{{_DATASET}.datasetId}}"),
        Text(f"projects/{{{_DATASET}.projectId}}/datasets/{{{_DATASET}.datasetId}}"),
    ),
    label=f"{_DATASET}.datasetId",
    region=("location", "asset.location"),
    created=Epoch("creationTime", _MILLISECONDS),
    tags="labels",
    encrypted="`true`",
    key=key("defaultEncryptionConfiguration.kmsKeyName"),
    shares=(
        Grants(
            items="access",
            account=_WHOSE,
            public=_EVERYBODY,
            via="access",
        ),
    ),
    origin=Ref(
        "gcp.bigquery.dataset",
        Text(
            "{linkedDatasetSource.sourceDataset.projectId}"
            ".{linkedDatasetSource.sourceDataset.datasetId}"
        ),
    ),
    facts={
        "access_approval": APPROVAL,
        "type": "type",
        "external_source": "externalDatasetReference.externalSource || ''",
    },
    source=f"{_DOCS}/rest/v2/datasets",
)

table = StoreType(
    "gcp.bigquery.table",
    category=Category.WAREHOUSE,
    listing=None,
    row="bigquery.googleapis.com/Table",
    only="type != 'VIEW'",
    needs=("type",),
    whole=Ask(
        "bigquery:tables.get",
        {
            "projectId": "tableReference.projectId",
            "datasetId": "tableReference.datasetId",
            "tableId": "tableReference.tableId",
        },
    ),
    id=("asset.name", "selfLink", "id"),
    also=("id", _named("{0}.{1}.{2}"), _named("bq://{0}.{1}.{2}")),
    label="tableReference.tableId",
    region=("location", "asset.location"),
    bytes="numBytes",
    created=Epoch("creationTime", _MILLISECONDS),
    tags="labels",
    encrypted="`true`",
    key=key("encryptionConfiguration.kmsKeyName"),
    parent=Ref(
        "gcp.bigquery.dataset", Text("{tableReference.projectId}.{tableReference.datasetId}")
    ),
    origin=Ref(
        "*",
        (
            _named("{0}:{1}.{2}", "cloneDefinition.baseTableReference"),
            _named("{0}:{1}.{2}", "snapshotDefinition.baseTableReference"),
            bucket_of("externalDataConfiguration.sourceUris[0]"),
        ),
    ),
    facts={"type": "type"},
    source=f"{_DOCS}/rest/v2/tables",
)

transfer_config = StoreType(
    "gcp.bigquery.transfer_config",
    category=Category.WAREHOUSE,
    listing=None,
    row="bigquerydatatransfer.googleapis.com/TransferConfig",
    id=full_name("bigquerydatatransfer"),
    also=("name",),
    label="displayName",
    region=("datasetRegion", *LOCATION),
    encrypted="`true`",
    key=key("encryptionConfiguration.kmsKeyName"),
    copies=(
        Copies(items="[destinationDatasetId][?@]", role=Role.EXPORT, id=Text("{account}.{@}")),
    ),
    facts={"data_source": "dataSourceId", "disabled": "disabled || `false`"},
    source=f"{_DOCS}/datatransfer/rest/v1/projects.locations.transferConfigs",
)

listing = StoreType(
    "gcp.analyticshub.listing",
    category=Category.WAREHOUSE,
    listing=None,
    row="analyticshub.googleapis.com/Listing",
    id=full_name("analyticshub"),
    also=("name",),
    label="displayName",
    region=LOCATION,
    copies=(
        Copies(items="bigqueryDataset.effectiveReplicas", region="location"),
        Copies(items="bigqueryDataset.replicaLocations", region=last("@")),
    ),
    origin=Ref("gcp.bigquery.dataset", "bigqueryDataset.dataset"),
    facts={"discovery": "discoveryType", "state": "state"},
    source=f"{_DOCS}/analytics-hub/rest/v1/projects.locations.dataExchanges.listings",
)
