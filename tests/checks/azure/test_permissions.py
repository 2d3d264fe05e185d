"""The role that is printed allows what is asked, exists, and only looks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

from auditor.declare import StoreType
from auditor.operations import operations_of
from auditor.registry import resolve

AZURE = import_module("auditor.checks.azure")
MODELS = resolve("auditor.checks.azure._models:models")()
policy = resolve("auditor.checks.azure._permissions:policy")
action = resolve("auditor.checks.azure._permissions:action")
terraform = resolve("auditor.checks.azure._permissions:terraform")
CONTENT = "Microsoft.Storage:storageAccounts/blobServices/containers/blobs"

# Those that have another name than their type, or whose type no GET tells.
BY_PAGE = {
    "Microsoft.Authorization/permissions/read",
    "Microsoft.DocumentDB/locations/restorableDatabaseAccounts/read",
    "Microsoft.ResourceGraph/resources/read",
}


def asked() -> Iterator[str]:
    """Every operation and every row that the declarations name."""
    for module in iter_modules(AZURE.__path__, AZURE.__name__ + "."):
        if not module.name.rpartition(".")[2].startswith("_"):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, StoreType):
                    yield from operations_of(value)
                    yield from filter(None, (value.row, getattr(value.listing, "of", "")))


ASKED = frozenset(asked())
ROLE = policy(ASKED)
ALWAYS = policy(())["Actions"]


@pytest.mark.parametrize(
    ("operation", "permission"),
    [
        ("Microsoft.Storage:storageAccounts", "Microsoft.Storage/storageAccounts/read"),
        ("microsoft.sql/servers/databases", "microsoft.sql/servers/databases/read"),
        (
            "Microsoft.DocumentDB:restorableDatabaseAccounts",
            "Microsoft.DocumentDB/locations/restorableDatabaseAccounts/read",
        ),
    ],
)
def test_the_permission_of_a_type(operation: str, permission: str) -> None:
    assert action(operation) == permission


@pytest.mark.parametrize("operation", sorted(ASKED))
def test_what_is_asked_is_allowed(operation: str) -> None:
    assert action(operation).lower() in {one.lower() for one in ROLE["Actions"]}


@pytest.mark.parametrize("permission", ROLE["Actions"])
def test_what_is_allowed_exists_and_only_looks(permission: str) -> None:
    kind, _, verb = permission.rpartition("/")
    assert verb == "read"
    assert "*" not in permission
    assert permission in BY_PAGE or MODELS.row(kind) is not None
    found = MODELS.operation(kind.replace("/", ":", 1))
    assert found is None or found.reads


def test_discovery_is_allowed_whatever_is_asked() -> None:
    assert ALWAYS == [
        "Microsoft.Authorization/permissions/read",
        "Microsoft.Management/managementGroups/descendants/read",
        "Microsoft.Management/managementGroups/read",
        "Microsoft.ResourceGraph/resources/read",
        "Microsoft.Resources/subscriptions/read",
    ]


def test_only_what_is_asked_is_allowed() -> None:
    fewer = policy(["Microsoft.Storage:storageAccounts", "microsoft.sql/servers"])
    assert set(fewer["Actions"]) - set(ALWAYS) == {
        "Microsoft.Storage/storageAccounts/read",
        "microsoft.sql/servers/read",
    }
    assert (fewer["NotActions"], fewer["DataActions"], fewer["NotDataActions"]) == ([], [], [])


def test_a_type_that_is_asked_and_listed_is_allowed_once() -> None:
    both = policy(["microsoft.cache/redis", "Microsoft.Cache:redis"], alone=True)
    assert both["Actions"] == ["Microsoft.Cache/redis/read"]


def test_content_is_read_by_a_role_of_its_own() -> None:
    sampling = policy([CONTENT], alone=True)
    assert sampling["Actions"] == []
    assert sampling["DataActions"] == [
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"
    ]
    # a role with data actions cannot be assigned to a management group
    assert sampling["AssignableScopes"] == ["/subscriptions/{subscription}"]
    assert sampling["Name"] != ROLE["Name"]


def test_the_document_is_one_that_azure_takes() -> None:
    assert list(ROLE) == [
        "Name",
        "IsCustom",
        "Description",
        "Actions",
        "NotActions",
        "DataActions",
        "NotDataActions",
        "AssignableScopes",
    ]
    # https://learn.microsoft.com/azure/role-based-access-control/custom-roles#custom-role-limits
    assert len(ROLE["Name"]) <= 128
    assert len(json.dumps(ROLE)) < 2**20
    assert ROLE["AssignableScopes"] == [
        "/providers/Microsoft.Management/managementGroups/{managementGroup}"
    ]
    assert all(re.fullmatch(r"\w+\.\w+(/\w+)+", one) for one in ROLE["Actions"])
    folded = [one.lower() for one in ROLE["Actions"]]
    assert folded == sorted(set(folded))


def test_the_order_of_what_is_asked_does_not_matter() -> None:
    assert policy(sorted(ASKED, reverse=True)) == ROLE == policy(sorted(ASKED))


@pytest.mark.parametrize("alone", [False, True])
def test_terraform_is_told_the_same_role(alone: bool) -> None:
    asked = [CONTENT] if alone else ASKED
    ((name, told),) = terraform(asked, alone=alone)["resource"]["azurerm_role_definition"].items()
    role = policy(asked, alone=alone)
    assert name == ("auditor_content" if alone else "auditor")
    assert (told["name"], told["description"]) == (role["Name"], role["Description"])
    assert told["permissions"] == [
        {
            "actions": role["Actions"],
            "not_actions": [],
            "data_actions": role["DataActions"],
            "not_data_actions": [],
        }
    ]
    assert told["assignable_scopes"] == [told["scope"]] == ["${var.scope}"]
