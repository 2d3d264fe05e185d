"""The role that is printed allows what is asked, and only looks."""

from __future__ import annotations

import re

import pytest

from auditor.operations import operations_of
from auditor.registry import resolve
from tests.checks.gcp.test_declarations import TYPES

action = resolve("auditor.checks.gcp._permissions:action")
policy = resolve("auditor.checks.gcp._permissions:policy")
terraform = resolve("auditor.checks.gcp._permissions:terraform")
only_looks = resolve("auditor.checks.gcp._models:only_looks")

OPERATIONS = frozenset(op for kind in TYPES.values() for op in operations_of(kind))
ROLE = policy(OPERATIONS)
ALLOWED = ROLE["includedPermissions"]


@pytest.mark.parametrize(
    ("operation", "permission"),
    [
        ("storage:buckets.getIamPolicy", "storage.buckets.getIamPolicy"),
        ("healthcare:projects.locations.datasets.list", "healthcare.datasets.list"),
        ("healthcare:projects.locations.datasets.fhirStores.list", "healthcare.fhirStores.list"),
        ("healthcare:projects.locations.list", "healthcare.locations.list"),
        ("sqladmin:instances.get", "cloudsql.instances.get"),
        ("bigtableadmin:projects.instances.clusters.list", "bigtable.clusters.list"),
        ("firestore:projects.databases.get", "datastore.databases.get"),
        ("cloudkms:projects.locations.keyRings.cryptoKeys.get", "cloudkms.cryptoKeys.get"),
        ("spanner:projects.instanceConfigs.get", "spanner.instanceConfigs.get"),
        ("netapp:projects.locations.volumes.replications.list", "netapp.replications.list"),
        ("cloudresourcemanager:projects.search", "resourcemanager.projects.get"),
        ("cloudresourcemanager:folders.list", "resourcemanager.folders.list"),
        ("cloudasset:assets.list", "cloudasset.assets.listResource"),
        ("accessapproval:projects.getAccessApprovalSettings", "accessapproval.settings.get"),
    ],
)
def test_the_permission_of_a_method(operation: str, permission: str) -> None:
    assert action(operation) == permission


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_what_is_asked_is_allowed_and_only_looks(operation: str) -> None:
    assert action(operation) in ALLOWED
    assert only_looks(operation)


@pytest.mark.parametrize("permission", ALLOWED)
def test_what_is_allowed_only_looks(permission: str) -> None:
    verb = permission.rpartition(".")[2]
    assert verb in (
        "get", "list", "getIamPolicy", "listResource", "searchAllResources", "use"
    )  # fmt: skip
    assert verb != "use" or permission == "serviceusage.services.use"


def test_discovery_is_allowed_whatever_is_asked() -> None:
    assert policy(())["includedPermissions"] == [
        "cloudasset.assets.listResource",
        "cloudasset.assets.searchAllResources",
        "resourcemanager.folders.list",
        "resourcemanager.organizations.get",
        "resourcemanager.projects.get",
        "resourcemanager.projects.list",
        "serviceusage.services.use",
    ]


def test_only_what_is_asked_is_allowed() -> None:
    always = {*policy(())["includedPermissions"]}
    fewer = policy(["storage:buckets.get", "storage.googleapis.com/Bucket"])
    assert {*fewer["includedPermissions"]} - always == {"storage.buckets.get"}


def test_content_is_a_role_of_its_own() -> None:
    role = policy(["storage:objects.list", "storage:objects.get"], alone=True)
    assert role["includedPermissions"] == ["storage.objects.get", "storage.objects.list"]
    assert role["title"] != ROLE["title"]


def test_the_role_is_one_that_google_takes() -> None:
    assert list(ROLE) == ["title", "description", "stage", "includedPermissions"]
    # https://docs.cloud.google.com/iam/docs/choose-role-type: the limits of custom roles
    assert len(ROLE["title"]) <= 100
    assert len(ALLOWED) <= 3000
    assert len(ROLE["title"] + ROLE["description"] + "".join(ALLOWED)) <= 64 * 1024
    assert sorted(set(ALLOWED)) == ALLOWED
    assert all(re.fullmatch(r"[a-z]+(\.[A-Za-z0-9]+){2}", one) for one in ALLOWED)


@pytest.mark.parametrize("alone", [False, True])
def test_terraform_is_told_the_same_role(alone: bool) -> None:
    roles = terraform(OPERATIONS, alone=alone)["resource"]["google_organization_iam_custom_role"]
    ((name, role),) = roles.items()
    told = policy(OPERATIONS, alone=alone)
    assert role["permissions"] == told["includedPermissions"]
    assert re.fullmatch(r"[a-zA-Z0-9_.]{3,64}", role["role_id"])
    assert name == role["role_id"]


def test_the_order_of_what_is_asked_does_not_matter() -> None:
    assert policy(sorted(OPERATIONS, reverse=True)) == ROLE
