"""The least that an audit needs to be allowed, computed from what its declarations ask.

The name of an operation is mostly that of its permission; where it is not, the tables below say
so. Source: the service authorization reference,
https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

# boto3's name of a service → the prefix of its permissions
_PREFIXES = {
    "efs": "elasticfilesystem",
    "opensearch": "es",
    "opensearchserverless": "aoss",
    "s3control": "s3",
    "docdb": "rds",
    "neptune": "rds",
    "emr": "elasticmapreduce",
    "amp": "aps",
    "cloudcontrol": "cloudformation",
}

# operation → permission, where the names differ:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
_RENAMED = {
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListDirectoryBuckets": "s3express:ListAllMyDirectoryBuckets",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:ListBucketInventoryConfigurations": "s3:GetInventoryConfiguration",
    "s3:GetBucketInventoryConfiguration": "s3:GetInventoryConfiguration",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
}

# What finds the accounts and the regions; `sts:GetCallerIdentity` needs no permission.
DISCOVERY = (
    "ec2:DescribeRegions",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
)
MEASURES = ("cloudwatch:GetMetricData",)
_FREE = ("sts:GetCallerIdentity",)


def action(operation: str) -> str:
    """The permission that an operation needs: `s3:ListBuckets` → `s3:ListAllMyBuckets`."""
    if operation in _RENAMED:
        return _RENAMED[operation]
    service, _, name = operation.partition(":")
    return f"{_PREFIXES.get(service, service)}:{name}"


def policy(operations: Iterable[str], *, alone: bool = False) -> dict[str, Any]:
    """The policy document that allows the operations, and nothing else.

    Discovery and measures come along, unless the operations stand `alone`.
    """
    asked = {*operations, *(() if alone else (*DISCOVERY, *MEASURES))} - set(_FREE)
    actions = sorted(set(map(action, asked)))
    by_service = groupby(actions, key=lambda a: a.partition(":")[0])
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": _sid(service), "Effect": "Allow", "Action": list(listed), "Resource": "*"}
            for service, listed in by_service
        ],
    }


def terraform(operations: Iterable[str], *, alone: bool = False) -> dict[str, Any]:
    """The same policy for Terraform, as the JSON that a `.tf.json` file holds.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy
    """
    name = "auditor_content" if alone else "auditor"
    document = policy(operations, alone=alone)
    told = {
        "name": name.replace("_", "-"),
        "description": "Reads what an audit of data residency asks, and nothing else.",
        "policy": json.dumps(document, separators=(",", ":")),
    }
    return {"resource": {"aws_iam_policy": {name: told}}}


def _sid(service: str) -> str:
    """A statement's name: letters and digits only."""
    return "Read" + "".join(word.capitalize() for word in re.split(r"[^a-z0-9]+", service))
