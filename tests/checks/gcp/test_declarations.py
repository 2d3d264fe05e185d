"""Every Google declaration resolves in the discovery documents; any word misspelt is reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from auditor.conformance import check_declaration, check_declarations
from auditor.declare import Ask, StoreType
from auditor.registry import resolve
from tests.checks.aws.test_declarations import variants

GOOGLE = import_module("auditor.checks.gcp")
MODELS = resolve("auditor.checks.gcp._models:models")()


def declared() -> Iterator[StoreType]:
    for module in iter_modules(GOOGLE.__path__, GOOGLE.__name__ + "."):
        if not module.name.rpartition(".")[2].startswith("_"):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, StoreType):
                    yield value


TYPES = {store_type.name: store_type for store_type in declared()}
ALL = sorted(TYPES)


def test_every_declaration_resolves() -> None:
    assert check_declarations(declared(), MODELS) == []


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
