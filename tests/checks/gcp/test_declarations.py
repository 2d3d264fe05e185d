"""Every Google declaration resolves in the discovery documents; any word misspelt is reported."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from auditor.conformance import check_declaration, check_declarations
from auditor.declare import Ask, StoreType
from auditor.errors import ApiError
from auditor.model import CoverageState, Reason, Scope
from auditor.registry import resolve
from auditor.survey import Survey
from tests.checks.declared import declared, variants
from tests.engine.clouds import Cloud, Kept

GOOGLE = import_module("auditor.checks.gcp")
MODELS = resolve("auditor.checks.gcp._models:models")()


TYPES = {store_type.name: store_type for store_type in declared("gcp")}
ALL = sorted(TYPES)


def test_every_declaration_resolves() -> None:
    assert check_declarations(declared("gcp"), MODELS) == []


@pytest.mark.parametrize(
    "name",
    [
        "storage.bucket",
        "bigquery.dataset",
        "bigquery.table",
        "bigquery.transfer_config",
        "analyticshub.listing",
        "sql.instance",
        "sql.backup",
        "spanner.instance",
        "bigtable.cluster",
        "firestore.database",
        "filestore.instance",
        "netapp.volume",
        "compute.disk",
        "compute.region_disk",
        "compute.snapshot",
        "compute.image",
        "compute.machine_image",
        "backupdr.backup_vault",
        "redis.instance",
        "memcache.instance",
        "alloydb.cluster",
        "dataproc.cluster",
        "dataplex.asset",
        "composer.environment",
        "pubsub.topic",
        "logging.bucket",
        "logging.sink",
        "artifactregistry.repository",
        "vertexai.dataset",
        "kms.crypto_key",
        "healthcare.dataset",
        "healthcare.fhir_store",
        "healthcare.dicom_store",
        "healthcare.hl7v2_store",
        "healthcare.consent_store",
    ],
)
def test_promised_types_are_there(name: str) -> None:
    assert f"gcp.{name}" in TYPES


@pytest.mark.parametrize("name", ALL)
def test_health_services_alone_declare_health_data(name: str) -> None:
    assert TYPES[name].holds_health is name.startswith("gcp.healthcare.")


@pytest.mark.parametrize("name", ALL)
def test_every_type_is_a_row_of_the_inventory_or_a_key(name: str) -> None:
    assert bool(TYPES[name].row) is (name != "gcp.kms.crypto_key")
    assert not TYPES[name].row or MODELS.row(TYPES[name].row) is not None


@pytest.mark.parametrize("name", ALL)
def test_health_stores_alone_are_listed_by_themselves(name: str) -> None:
    assert (TYPES[name].listing is not None) is name.startswith("gcp.healthcare.")


BUCKET = TYPES["gcp.storage.bucket"]


def asking(operation: str, params: dict[str, Any], path: str = "@", **more: Any) -> StoreType:
    return replace(BUCKET, facts={"it": Ask(operation, params, **more)[path]})


MISTAKES = {
    "operation": (asking("storage:buckets.read", {"bucket": "name"}), "no such operation"),
    "parameter": (asking("storage:buckets.get", {"name": "name"}), "no parameter 'name'"),
    "parameter left out": (asking("storage:buckets.get", {}), "bucket must be given"),
    "row": (replace(BUCKET, row="storage.googleapis.com/Object"), "storage.googleapis.com/Object"),
    "path": (replace(BUCKET, created="createTime"), "no 'createTime' among"),
    "asset": (replace(BUCKET, region="asset.region"), "no 'region' among"),
    "need": (replace(BUCKET, needs=("place",)), "no 'place' among"),
    "absent code": (
        asking("storage:buckets.get", {"bucket": "name"}, absent=("GONE",)),
        "GONE is no known refusal",
    ),
    "content": (
        asking("storage:objects.get", {"bucket": "name", "object": "name"}),
        "writes, or reads what",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_reported(mistake: str) -> None:
    store_type, told = MISTAKES[mistake]
    found = check_declarations([store_type], MODELS)
    assert any(told in problem for problem in found), found


@pytest.mark.parametrize("name", ALL)
def test_every_word_misspelt_is_reported(name: str) -> None:
    tried = list(variants(TYPES[name]))
    missed = [(where, wrong) for where, wrong in tried if not check_declaration(wrong, MODELS)]
    assert len(tried) > 5
    assert missed == []


# ------------------------------------------------------------------ stores of health data, listed

PROJECT = Scope(provider="gcp", partition="googleapis.com", account="chu", region="")
PLACES = ("europe-west9", "us-central1")
CRYPTO_KEY = TYPES["gcp.kms.crypto_key"]


def _datasets(params: Any, region: str, count: int) -> dict[str, Any]:
    place = params["parent"]
    return {"datasets": [{"name": f"{place}/datasets/dpi", "encryptionSpec": {"kmsKeyName": "k"}}]}


def _stores(params: Any, region: str, count: int) -> Any:
    if "us-central1" in params["parent"]:
        return ApiError(Reason.DENIED, "fhirStores.list", code="PERMISSION_DENIED")
    return {"fhirStores": [{"name": f"{params['parent']}/fhirStores/patients", "version": "R4"}]}


HEALTH = {
    "healthcare:projects.locations.list": {
        "locations": [{"name": f"projects/chu/locations/{p}", "locationId": p} for p in PLACES]
    },
    "healthcare:projects.locations.datasets.list": _datasets,
    "healthcare:projects.locations.datasets.get": {"encryptionSpec": {"kmsKeyName": "k"}},
    "healthcare:projects.locations.datasets.fhirStores.list": _stores,
    "healthcare:projects.locations.datasets.fhirStores.getIamPolicy": {},
    "healthcare:projects.locations.datasets.getIamPolicy": {},
    "cloudresourcemanager:projects.get": {"name": "projects/42"},
    "accessapproval:projects.getAccessApprovalSettings": {},
    "cloudkms:projects.locations.keyRings.cryptoKeys.get": {"name": "k"},
}


def surveyed(name: str, answers: dict[str, Any]) -> Kept:
    sink, kinds = Kept(), {name: TYPES[name], CRYPTO_KEY.name: CRYPTO_KEY}
    Survey(Cloud(answers), sink, kinds, keep=lambda _, value: value, threads=4, attempts=1).run(
        [(PROJECT, TYPES[name])]
    )
    return sink


def test_datasets_are_listed_place_by_place() -> None:
    sink = surveyed("gcp.healthcare.dataset", HEALTH)
    assert sorted(str(store.region) for store in sink.stores) == list(PLACES)
    assert {store.key for store in sink.stores} == {"k"}
    assert [c.state for c in sink.coverage.values()] == [CoverageState.READ]


def test_stores_are_listed_dataset_by_dataset_and_one_refusal_is_a_gap() -> None:
    sink = surveyed("gcp.healthcare.fhir_store", HEALTH)
    assert [(store.region, store.key, store.parent) for store in sink.stores] == [
        ("europe-west9", "k", "projects/chu/locations/europe-west9/datasets/dpi")
    ]
    assert [c.state for c in sink.coverage.values()] == [CoverageState.PARTIAL]


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("SERVICE_DISABLED", CoverageState.READ),
        ("PERMISSION_DENIED", CoverageState.UNREAD),
    ],
)
def test_a_project_without_the_service_has_none(code: str, state: CoverageState) -> None:
    refused = ApiError(Reason.NOT_ENABLED, "locations.list", code=code)
    sink = surveyed(
        "gcp.healthcare.dataset", {**HEALTH, "healthcare:projects.locations.list": refused}
    )
    assert sink.stores == []
    assert [c.state for c in sink.coverage.values()] == [state]
