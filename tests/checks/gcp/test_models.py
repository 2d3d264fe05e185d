"""What the snapshot of the discovery documents says, and what may not be asked."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files
from typing import Any

import pytest

from auditor.registry import resolve
from bench.google_models import packed, shape

MODELS = resolve("auditor.checks.gcp._models:models")()
SCHEMAS = resolve("auditor.checks.gcp._assets:SCHEMAS")
only_looks = resolve("auditor.checks.gcp._models:only_looks")
KEPT = files("auditor.checks.gcp") / "models.json.gz"


@pytest.mark.parametrize(
    ("name", "path", "required", "items"),
    [
        ("storage:buckets.get", "storage/v1/b/{bucket}", ("bucket",), ()),
        (
            "healthcare:projects.locations.datasets.list",
            "v1/{+parent}/datasets",
            ("parent",),
            ("datasets",),
        ),
        ("sqladmin:instances.list", "v1/projects/{project}/instances", ("project",), ("items",)),
        (
            "compute:disks.aggregatedList",
            "compute/v1/projects/{project}/aggregated/disks",
            ("project",),
            ("items", "unreachables"),
        ),
        ("cloudasset:assets.list", "v1/{+parent}/assets", ("parent",), ("assets",)),
    ],
)
def test_a_method_is_told(
    name: str, path: str, required: tuple[str, ...], items: tuple[str, ...]
) -> None:
    operation = MODELS.operation(name)
    assert (operation.path, operation.required, operation.page_items) == (path, required, items)
    assert operation.paged is bool(items)
    assert operation.reads


@pytest.mark.parametrize("name", ["storage:buckets.delete", "storage:buckets", "nothing:a.get", ""])
def test_what_writes_or_is_not_there_is_no_operation(name: str) -> None:
    assert MODELS.operation(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "storage:objects.get",
        "storage:objects.list",
        "bigquery:tabledata.list",
        "bigquery:jobs.getQueryResults",
        "firestore:projects.databases.documents.get",
        "secretmanager:projects.secrets.versions.access",
        "healthcare:projects.locations.datasets.fhirStores.fhir.read",
        "healthcare:projects.locations.datasets.fhirStores.fhir.Patient-everything",
        "healthcare:projects.locations.datasets.dicomStores.studies.retrieveStudy",
        "healthcare:projects.locations.datasets.dicomStores.searchForStudies",
        "healthcare:projects.locations.datasets.hl7V2Stores.messages.get",
        "healthcare:projects.locations.datasets.consentStores.consents.list",
        "redis:projects.locations.instances.getAuthString",
        "redis:projects.locations.clusters.tokenAuthUsers.authTokens.get",
        "firestore:projects.databases.userCreds.get",
        "sqladmin:users.list",
        "analyticshub:projects.locations.dataExchanges.listings.getIamPolicy",
    ],
)
def test_what_looks_inside_is_not_asked(name: str) -> None:
    operation = MODELS.operation(name)
    assert operation is None or not operation.reads


def test_nothing_of_a_record_or_a_message_is_asked() -> None:
    asked = [name for name in MODELS.operations() if MODELS.operation(name).reads]
    inside = (".fhir.", ".studies.", ".messages.", ".documents.", ":objects.", ":tabledata.")
    assert len(asked) > 500
    assert [name for name in asked if any(part in name for part in inside)] == []


OPENS = re.compile(r"auth.?string|password|secret|token(?!s?$)|token$|credential|privatekey", re.I)
# Said of what may be kept, or given and never told again.
SAID_ONLY = {"containsSecrets", "secretType", "secrets", "rootPassword", "nextPageToken"}


def test_no_answer_that_may_be_asked_for_holds_a_secret() -> None:
    """At its head, or in the rows that it lists."""
    found = set()
    for name in MODELS.operations():
        operation = MODELS.operation(name)
        if not operation.reads:
            continue
        told = operation.output.members
        rows = [told[items].item.members for items in operation.page_items if items in told]
        names = {n for members in (told, *rows) if members for n in members}
        found |= {f"{name}: {n}" for n in names - SAID_ONLY if OPENS.search(n)}
    assert found == set()


@pytest.mark.parametrize("asset_type", sorted(SCHEMAS))
def test_a_row_is_the_resource_and_what_is_said_of_its_asset(asset_type: str) -> None:
    row = MODELS.row(asset_type)
    assert row.kind == "structure"
    assert len(row.members) > 3
    assert row.members["asset"].members["name"].kind == "string"


def test_a_type_whose_resource_is_not_known_has_no_row() -> None:
    assert MODELS.row("compute.googleapis.com/Nothing") is None


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "string", "format": "int64"}, "number"),
        ({"type": "string", "format": "google-datetime"}, "timestamp"),
        ({"type": "string", "enum": ["A", "B"]}, {"choices": ["A", "B"]}),
        ({"type": "array", "items": {"$ref": "Thing"}}, ["#Thing"]),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, {"map": "boolean"}),
        ({"type": "object", "properties": {"a": {"type": "any"}}}, {"of": {"a": "any"}}),
        ({"type": "string", "repeated": True}, ["string"]),
        ({"type": "object"}, {"of": {}}),
    ],
)
def test_a_schema_is_made_small(schema: dict[str, Any], told: Any) -> None:
    assert shape(schema) == told


def test_the_snapshot_is_small_and_its_bytes_depend_on_nothing_else() -> None:
    bytes_ = KEPT.read_bytes()
    assert len(bytes_) < 400_000
    assert packed({"a": 1}) == packed({"a": 1})
    assert gzip.decompress(bytes_).startswith(b'{"library":"google-api-python-client ')
