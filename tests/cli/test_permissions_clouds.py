"""`auditor permissions`: for each cloud, as the cloud takes it and as Terraform does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .calling import Shell

RESOURCES = {
    "aws": "aws_iam_policy",
    "azure": "azurerm_role_definition",
    "gcp": "google_organization_iam_custom_role",
}


def permitted(provider: str, policy: dict[str, Any]) -> list[str]:
    """The actions of a policy, whatever the cloud."""
    match provider:
        case "aws":
            return [action for statement in policy["Statement"] for action in statement["Action"]]
        case "azure":
            return list(policy["Actions"])
        case _:
            return list(policy["includedPermissions"])


def told_terraform(provider: str, document: dict[str, Any]) -> list[str]:
    """The actions of the same, as Terraform is told it."""
    ((resource, held),) = document["resource"].items()
    assert resource == RESOURCES[provider]
    ((_, told),) = held.items()
    match provider:
        case "aws":
            return permitted("aws", json.loads(told["policy"]))
        case "azure":
            return list(told["permissions"][0]["actions"])
        case _:
            return list(told["permissions"])


@pytest.mark.parametrize("provider", RESOURCES)
def test_both_forms_say_the_same(auditor: Shell, provider: str) -> None:
    policy = json.loads(auditor("permissions", provider).stdout)
    same = json.loads(auditor("permissions", provider, "--format", "json").stdout)
    document = json.loads(auditor("permissions", provider, "--format", "terraform").stdout)
    assert policy == same
    assert permitted(provider, policy) == told_terraform(provider, document)


@pytest.mark.parametrize(
    ("provider", "types", "there", "absent"),
    [
        ("azure", "azure.storage.account", "Microsoft.Storage/storageAccounts/read", "sql"),
        ("azure", "azure.sql.database", "Microsoft.Sql/servers/databases/read", "storage"),
        ("gcp", "gcp.storage.bucket", "storage.buckets.getIamPolicy", "healthcare"),
        ("gcp", "gcp.healthcare.*", "healthcare.datasets.list", "storage"),
    ],
)
def test_they_follow_the_types_selected(
    auditor: Shell, provider: str, types: str, there: str, absent: str
) -> None:
    told = auditor("permissions", provider, "--set", f"audit.types={types}").stdout
    actions = [one.lower() for one in permitted(provider, json.loads(told))]
    assert there.lower() in actions
    assert not [one for one in actions if absent in one]


def test_a_type_that_only_the_inventory_lists_is_allowed(auditor: Shell) -> None:
    told = auditor("permissions", "azure", "--set", "audit.types=azure.compute.disk").stdout
    actions = [one.lower() for one in json.loads(told)["Actions"]]
    assert "microsoft.compute/disks/read" in actions
    assert "microsoft.resourcegraph/resources/read" in actions
    assert "microsoft.authorization/permissions/read" in actions


@pytest.mark.parametrize("form", ["json", "terraform"])
def test_sampling_is_a_role_of_its_own(auditor: Shell, form: str) -> None:
    told = auditor("permissions", "aws", "--sample", "--format", form).stdout
    assert "s3:GetObject" in told
    assert "ec2:DescribeRegions" not in told


def test_a_form_that_is_none(auditor: Shell) -> None:
    told = auditor("permissions", "aws", "--format", "yaml")
    assert told.exit_code == 2
    assert "terraform" in told.stderr
