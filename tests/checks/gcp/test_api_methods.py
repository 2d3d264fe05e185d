"""Where methods are asked: by rule, or by what is written down."""

from __future__ import annotations

import pytest

from auditor.errors import ApiError
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
    written = resolve("auditor.checks.gcp._methods:_TEMPLATES")
    try:
        models = resolve("auditor.checks.gcp._models:models")()
    except ImportError:
        pytest.skip("the snapshot of the discovery documents is not here")
    known = {name: models.operation(name) for name in written}
    told = {name: op.path.replace("{+", "{") for name, op in known.items() if op is not None}
    ours = {name: template(*name.split(":")).replace("{+", "{") for name in told}
    assert ours == told


def test_all_that_looks_in_the_snapshot_is_addressed_by_the_rule_or_written_down():
    """Of the methods that store types ask; the others may be of any form."""
    try:
        models = resolve("auditor.checks.gcp._models:models")()
    except ImportError:
        pytest.skip("the snapshot of the discovery documents is not here")
    asked = [name for name in models.operations() if models.operation(name).reads]
    assert asked
