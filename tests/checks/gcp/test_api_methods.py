"""Where methods are asked: by rule, or by what is written down."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from auditor.declare import StoreType
from auditor.errors import ApiError
from auditor.operations import operations_of
from auditor.registry import resolve

address = resolve("auditor.checks.gcp._methods:address")
template = resolve("auditor.checks.gcp._methods:template")


@pytest.mark.parametrize(
    ("operation", "params", "path", "query"),
    [
        ("storage:buckets.get", {"bucket": "b-1", "projection": "noAcl"}, "storage/v1/b/b-1",
         {"projection": "noAcl"}),
        ("storage:buckets.get", {"bucket": "a/../b"}, "storage/v1/b/a%2F..%2Fb", {}),
        ("healthcare:projects.locations.datasets.list",
         {"parent": "projects/p/locations/-", "pageSize": 1000},
         "v1/projects/p/locations/-/datasets", {"pageSize": 1000}),
        ("cloudkms:projects.locations.keyRings.cryptoKeys.get",
         {"name": "projects/p/locations/l/keyRings/r/cryptoKeys/k"},
         "v1/projects/p/locations/l/keyRings/r/cryptoKeys/k", {}),
        ("bigquery:tables.get", {"projectId": "example.com:p", "datasetId": "d", "tableId": "t"},
         "bigquery/v2/projects/example.com:p/datasets/d/tables/t", {}),
        ("cloudasset:assets.list", {"parent": "organizations/1", "assetTypes": ["a", "b"]},
         "v1/organizations/1/assets", {"assetTypes": ["a", "b"]}),
        ("cloudresourcemanager:projects.list", {"parent": "folders/2", "showDeleted": True},
         "v3/projects", {"parent": "folders/2", "showDeleted": "true"}),
        ("pubsub:projects.topics.list", {"project": "projects/p"}, "v1/projects/p/topics", {}),
        ("logging:projects.locations.buckets.get", {"name": "projects/p/locations/l/buckets/b"},
         "v2/projects/p/locations/l/buckets/b", {}),
    ],
)  # fmt: skip
def test_addresses(operation, params, path, query):
    assert address(*operation.split(":"), params) == (path, query)


@pytest.mark.parametrize(
    "params",
    [{}, {"name": None}, {"name": ""}, {"name": "projects/../x"}, {"name": "projects//x"}],
)
def test_refuses_a_path_that_would_lead_elsewhere(params):
    with pytest.raises(ApiError, match="no path with this name"):
        address("cloudkms", "projects.locations.keyRings.get", params)


def test_what_is_written_down_is_as_the_discovery_documents_say():
    models = resolve("auditor.checks.gcp._models:models")()
    written = resolve("auditor.checks.gcp._methods:_TEMPLATES")
    told = {name: op.path for name in written if (op := models.operation(name)) is not None}
    ours = {name: template(*name.split(":")) for name in told}
    assert told
    assert {n: p.replace("{+", "{") for n, p in ours.items()} == {
        n: p.replace("{+", "{") for n, p in told.items()
    }


def test_what_store_types_ask_is_asked_where_the_discovery_documents_say():
    models = resolve("auditor.checks.gcp._models:models")()
    gcp = import_module("auditor.checks.gcp")
    asked: set[str] = set()
    for module in iter_modules(gcp.__path__, gcp.__name__ + "."):
        for kind in vars(import_module(module.name)).values():
            asked |= operations_of(kind) if isinstance(kind, StoreType) else set()
    known = {name: models.operation(name).path.replace("{+", "{") for name in asked}
    assert asked
    assert {n: template(*n.split(":")).replace("{+", "{") for n in known} == known


def test_refuses_a_method_of_no_known_form():
    with pytest.raises(ApiError, match="not known"):
        address("secretmanager", "projects.secrets.versions.access", {"name": "projects/p"})
