"""The least that an audit needs to be allowed, computed from what its declarations ask.

The permission of a method is mostly its service, its resource and itself; where it is not, the
tables below say so. Sources: https://docs.cloud.google.com/iam/docs/permissions-reference and
https://docs.cloud.google.com/asset-inventory/docs/access-control for what the inventory asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# the name of a service in discovery documents → that in its permissions
_PREFIXES = {
    "bigquerydatatransfer": "bigquery",
    "bigtableadmin": "bigtable",
    "cloudresourcemanager": "resourcemanager",
    "firestore": "datastore",
    "sqladmin": "cloudsql",
}

# method → permission, where the names differ
_RENAMED = {
    "accessapproval:projects.getAccessApprovalSettings": "accessapproval.settings.get",
    "cloudasset:assets.list": "cloudasset.assets.listResource",
    "cloudasset:searchAllResources": "cloudasset.assets.searchAllResources",
    "cloudresourcemanager:organizations.search": "resourcemanager.organizations.get",
    "cloudresourcemanager:projects.search": "resourcemanager.projects.get",
}

# What finds the projects, and lists what is in them.
DISCOVERY = (
    "cloudasset:assets.list",
    "cloudasset:searchAllResources",
    "cloudresourcemanager:folders.list",
    "cloudresourcemanager:organizations.search",
    "cloudresourcemanager:projects.get",
    "cloudresourcemanager:projects.list",
    "cloudresourcemanager:projects.search",
)
_USE = "serviceusage.services.use"  # of the project whose quota is drawn on
_CONTENT = ("storage.objects.get", "storage.objects.list")
_TITLES = {
    False: "Auditor: what stores say of themselves",
    True: "Auditor: content of stores",
}


def action(operation: str) -> str:
    """The permission of a method: its service, the last resource of its name, and its verb."""
    if operation in _RENAMED:
        return _RENAMED[operation]
    service, _, method = operation.partition(":")
    return ".".join((_PREFIXES.get(service, service), *method.split(".")[-2:]))


def policy(operations: Iterable[str], *, alone: bool = False) -> dict[str, Any]:
    """The custom role that allows the operations, and nothing else.

    `gcloud iam roles create … --organization=… --file=…` takes it as it is. Discovery comes along,
    unless the operations stand `alone`. What is a row of the inventory needs no more than that.
    """
    asked = {one for one in operations if ":" in one}.union(() if alone else DISCOVERY)
    permissions = {action(one) for one in asked}.union(() if alone else (_USE,))
    return {
        "title": _TITLES[not permissions.isdisjoint(_CONTENT)],
        "description": "Reads what an audit of data residency asks, and nothing else.",
        "stage": "GA",
        "includedPermissions": sorted(permissions),
    }


def terraform(operations: Iterable[str], *, alone: bool = False) -> dict[str, Any]:
    """The same role for Terraform, as the JSON that a `.tf.json` file holds."""
    role = policy(operations, alone=alone)
    name = "auditor_content" if alone else "auditor"
    return {
        "variable": {"organization": {"type": "string"}},
        "resource": {
            "google_organization_iam_custom_role": {
                name: {
                    "org_id": "${var.organization}",
                    "role_id": name,
                    "title": role["title"],
                    "description": role["description"],
                    "stage": role["stage"],
                    "permissions": role["includedPermissions"],
                }
            }
        },
    }
