"""What the snapshot of Azure's models answers, and the versions that go with it."""

from __future__ import annotations

import gzip
import json
from importlib import import_module
from importlib.resources import files
from typing import Any

import pytest

from auditor.conformance_paths import shape_at
from auditor.registry import resolve

MODELS = resolve("auditor.checks.azure._models:models")()
version_of = resolve("auditor.checks.azure._versions:version_of")
PACKED = files("auditor.checks.azure").joinpath("models.json.gz").read_bytes()
HELD = json.loads(gzip.decompress(PACKED))


def at(shape: Any, path: str) -> tuple[Any, list[str]]:
    problems: list[str] = []
    return shape_at(path, shape, problems), problems


ROWS = [
    ("microsoft.storage/storageaccounts", "properties.secondaryLocation", "string"),
    ("microsoft.storage/storageaccounts", "sku.name", "string"),
    ("microsoft.storage/storageaccounts", "properties.encryption.keyvaultproperties.keyvaulturi",
     "string"),
    ("microsoft.storage/storageaccounts", "properties.creationTime", "timestamp"),
    ("microsoft.storage/storageaccounts", "tags", "map"),
    ("microsoft.storage/storageaccounts", "subscriptionId", "string"),
    ("microsoft.storage/storageaccounts", "zones", "list"),
    ("microsoft.compute/disks", "properties.diskSizeBytes", "number"),
    ("microsoft.compute/galleries/images/versions",
     "properties.publishingProfile.targetRegions[].regionalReplicaCount", "list"),
    ("microsoft.sql/servers/databases", "properties.requestedBackupStorageRedundancy", "string"),
    ("microsoft.dbforpostgresql/flexibleservers", "properties.backup.geoRedundantBackup",
     "string"),
    ("microsoft.documentdb/databaseaccounts", "properties.locations[].locationName", "list"),
    ("microsoft.documentdb/databaseaccounts",
     "properties.backupPolicy.periodicModeProperties.backupStorageRedundancy", "string"),
    ("microsoft.recoveryservices/vaults",
     "properties.redundancySettings.standardTierStorageRedundancy", "string"),
    ("microsoft.dataprotection/backupvaults", "properties.storageSettings[].type", "list"),
    ("microsoft.eventgrid/topics", "properties.dataResidencyBoundary", "string"),
    ("microsoft.healthcareapis/workspaces/fhirservices",
     "properties.exportConfiguration.storageAccountName", "string"),
    ("microsoft.healthdataaiservices/deidservices", "properties.serviceUrl", "string"),
    ("microsoft.healthbot/healthbots", "properties.botManagementPortalLink", "string"),
    ("microsoft.synapse/workspaces", "properties.defaultDataLakeStorage.accountUrl", "string"),
    ("microsoft.insights/components", "properties.WorkspaceResourceId", "string"),
    ("microsoft.analysisservices/servers", "properties.backupBlobContainerUri", "string"),
    ("microsoft.workloads/epicvirtualinstances", "location", "string"),
    # one of the shapes that may stand in a place
    ("microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
     "properties.sourceResourceId", "string"),
    ("microsoft.documentdb/databaseaccounts",
     "properties.backupPolicy.continuousModeProperties.tier", "string"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "path", "kind"), ROWS)
def test_a_row_has_what_it_is_known_to_have(row: str, path: str, kind: str) -> None:
    found, problems = at(MODELS.row(row), path)
    assert (found.kind, problems) == (kind, [])


@pytest.mark.parametrize(("row", "path", "kind"), ROWS)
def test_a_letter_too_many_is_told(row: str, path: str, kind: str) -> None:
    assert at(MODELS.row(row), path + "x")[1]


def test_types_are_named_in_any_case() -> None:
    one = MODELS.operation("Microsoft.Storage:storageAccounts")
    other = MODELS.operation("microsoft.storage:STORAGEACCOUNTS")
    assert set(one.output.members) == set(other.output.members)
    assert MODELS.row("Microsoft.Storage/storageAccounts") is not None


@pytest.mark.parametrize(
    "operation",
    [
        "Microsoft.Storage:storageAccounts/blobServices/containers",
        "Microsoft.Storage:storageAccounts/fileServices/shares",
        "Microsoft.Sql:servers/failoverGroups",
        "Microsoft.Sql:servers/databases/backupLongTermRetentionPolicies",
        "Microsoft.NetApp:netAppAccounts/backupVaults/backups",
        "Microsoft.Cache:redisEnterprise/databases",
        "Microsoft.Kusto:clusters/databases",
        "Microsoft.Resources:subscriptions",
    ],
)
def test_a_listing_gives_rows_by_pages(operation: str) -> None:
    found = MODELS.operation(operation)
    assert (found.paged, found.page_items) == (True, ("value",))
    assert at(found.output, "value[].id")[1] == []
    assert at(found.output, "nextLink")[0].kind == "string"


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("Microsoft.Storage:storageAccounts", "properties.primaryLocation"),
        # the one child of its kind: `…/default`, `…/vaultstorageconfig`, `…/current`
        ("Microsoft.Storage:storageAccounts/blobServices", "properties.deleteRetentionPolicy.days"),
        ("Microsoft.RecoveryServices:vaults/backupstorageconfig",
         "properties.crossRegionRestoreFlag"),
        ("Microsoft.Sql:servers/databases/transparentDataEncryption", "properties.state"),
    ],
)  # fmt: skip
def test_the_resource_itself_is_told(operation: str, path: str) -> None:
    assert at(MODELS.operation(operation).output, path)[1] == []


@pytest.mark.parametrize(
    "operation",
    [
        "Microsoft.Storage:storageAccounts/listKeys",
        "Microsoft.Storage:storageAccounts/ListAccountSas",
        "Microsoft.Compute:disks/beginGetAccess",
        "Microsoft.DocumentDB:databaseAccounts/listKeys",
        "Microsoft.Storage:storageAccount",
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Workloads:epicVirtualInstances",  # known by the inventory alone
        "",
    ],
)
def test_what_cannot_be_read_is_no_operation(operation: str) -> None:
    assert MODELS.operation(operation) is None


@pytest.mark.parametrize(
    ("operation", "looks"),
    [
        ("Microsoft.AppConfiguration:configurationStores", True),
        ("Microsoft.AppConfiguration:configurationStores/keyValues", False),
        ("Microsoft.DocumentDB:databaseAccounts", True),
        ("Microsoft.DocumentDB:databaseAccounts/readonlykeys", False),
        ("Microsoft.KeyVault:vaults/keys", True),  # the public part, and what it may be used for
        ("Microsoft.KeyVault:vaults/secrets", False),
        ("Microsoft.Automation:automationAccounts/variables", False),
        ("Microsoft.ContainerInstance:containerGroups/containers/logs", False),
        ("Microsoft.Sql:servers/databases/sqlVulnerabilityAssessments/scans/scanResults", False),
        ("Microsoft.Web:sites", True),
        ("Microsoft.Web:sites/config", False),
    ],
)
def test_a_read_that_hands_over_keys_or_content_is_refused(operation: str, looks: bool) -> None:
    assert MODELS.operation(operation).reads is looks


def test_what_is_refused_by_name_is_there() -> None:
    refused = import_module("auditor.checks.azure._models")._CONTENT
    known = [kind.lower() for kind in HELD["types"]]
    assert [one for one in refused if not any(kind.startswith(one) for kind in known)] == []


def test_a_shape_may_hold_itself() -> None:
    held = [name for name, shape in HELD["definitions"].items() if f"={name}" in json.dumps(shape)]
    assert held  # and it is walked as far as it is asked, and no further
    made = import_module("auditor.checks.azure._models")._Shape(f"={held[0]}", HELD)
    assert made.kind == "structure"


# ------------------------------------------------------------------ the snapshot as it is stored


def test_the_snapshot_is_small_and_says_what_it_was_made_from() -> None:
    assert len(PACKED) < 600_000
    assert PACKED[4:8] == bytes(4)  # no time
    assert HELD["sdks"]["azure-mgmt-storage"]
    assert list(HELD) == ["sdks", "types", "definitions", "choices"]


def test_the_sdks_are_those_that_are_named() -> None:
    bench = import_module("bench.azure_models")
    assert bench.sdks() == HELD["sdks"]


def test_the_snapshot_is_in_order() -> None:
    assert sorted(HELD["definitions"]) == list(HELD["definitions"])
    assert sorted(HELD["types"], key=str.lower) == list(HELD["types"])


def leads(shape: Any) -> list[str]:
    if isinstance(shape, dict):
        return [one for inner in shape.values() for one in leads(inner)]
    if isinstance(shape, list):
        return [one for inner in shape[1:] for one in leads(inner)]
    return [shape]


def test_everything_that_is_led_to_is_there() -> None:
    for shape in HELD["definitions"].values():
        for one in leads(shape):
            known = HELD["definitions"] if one[0] == "=" else HELD["choices"]
            assert one in "snbta" if len(one) == 1 else one[1:] in known
    for _, get, listed in HELD["types"].values():
        assert {*get, *listed} <= set(HELD["definitions"])


# ------------------------------------------------------------------ versions


def test_a_type_is_asked_in_the_version_of_its_shape() -> None:
    told = {kind: version for kind, (version, *_) in HELD["types"].items() if version}
    assert {kind: version_of(kind.replace("/", ":", 1)) for kind in told} == told


def test_no_preview_is_asked_where_a_stable_version_is_known() -> None:
    previews = {
        kind.lower() for kind, (version, *_) in HELD["types"].items() if "preview" in version
    }
    assert previews == {
        "microsoft.insights/components/linkedstorageaccounts",
        "microsoft.insights/deletedworkbooks",
    }


def test_a_namespace_without_a_version_is_refused() -> None:
    with pytest.raises(KeyError):
        version_of("Microsoft.Storages:storageAccounts")
