"""The least that an audit needs to be allowed, computed from what its declarations ask.

The name of a type is that of its permission; where it is not, the table below says so. What the
inventory tells is what may be read of the resources themselves. Sources:
https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
https://learn.microsoft.com/azure/governance/resource-graph/overview#permissions-in-azure-resource-graph
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# What finds the subscriptions, asks the inventory, and what may be read at all.
DISCOVERY = (
    "Microsoft.Authorization:permissions",
    "Microsoft.Management:managementGroups",
    "Microsoft.Management:managementGroups/descendants",
    "Microsoft.ResourceGraph:resources",
    "Microsoft.Resources:subscriptions",
)

# What is read inside a store, by a role of its own: a data action, not one of management.
# https://learn.microsoft.com/azure/role-based-access-control/permissions/storage
_CONTENT = ("microsoft.storage/storageaccounts/blobservices/containers/blobs/read",)

# A role with data actions cannot be assigned to a management group, and no role can name two:
# https://learn.microsoft.com/azure/role-based-access-control/custom-roles#custom-role-limits
_EVERYWHERE = "/providers/Microsoft.Management/managementGroups/{managementGroup}"
_SOMEWHERE = "/subscriptions/{subscription}"

# type → that of its permission, where the names differ:
# https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-permissions
_RENAMED = {
    "microsoft.documentdb/restorabledatabaseaccounts": (
        "Microsoft.DocumentDB/locations/restorableDatabaseAccounts"
    ),
}


def action(operation: str) -> str:
    """The permission to read a type: `Microsoft.Sql:servers` → `Microsoft.Sql/servers/read`.

    A type is named as an operation or as a row of the inventory.
    """
    kind = operation.replace(":", "/", 1)
    return f"{_RENAMED.get(kind.lower(), kind)}/read"


def policy(operations: Iterable[str], *, alone: bool = False) -> dict[str, Any]:
    """The role definition that allows the operations and rows, and nothing else.

    Discovery comes along, unless the operations stand `alone`. The words in braces are for the
    reader to fill in; `az role definition create --role-definition` takes the rest as it is.
    """
    asked = {*operations, *(() if alone else DISCOVERY)}
    named = {one.lower(): one for one in sorted(map(action, asked), reverse=True)}
    content = [one for key, one in sorted(named.items()) if key in _CONTENT]
    return {
        "Name": "Auditor: content of stores"
        if content
        else "Auditor: what stores say of themselves",
        "IsCustom": True,
        "Description": "Reads what an audit of data residency asks, and nothing else.",
        "Actions": [one for key, one in sorted(named.items()) if key not in _CONTENT],
        "NotActions": [],
        "DataActions": content,
        "NotDataActions": [],
        "AssignableScopes": [_SOMEWHERE if content else _EVERYWHERE],
    }


def terraform(operations: Iterable[str], *, alone: bool = False) -> dict[str, Any]:
    """The same role for Terraform, as the JSON that a `.tf.json` file holds.

    https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_definition
    """
    role = policy(operations, alone=alone)
    place = "/subscriptions/…" if alone else "/providers/Microsoft.Management/managementGroups/…"
    permissions = {
        "actions": role["Actions"],
        "not_actions": role["NotActions"],
        "data_actions": role["DataActions"],
        "not_data_actions": role["NotDataActions"],
    }
    return {
        "variable": {"scope": {"type": "string", "description": place}},
        "resource": {
            "azurerm_role_definition": {
                "auditor_content" if alone else "auditor": {
                    "name": role["Name"],
                    "description": role["Description"],
                    "scope": "${var.scope}",
                    "assignable_scopes": ["${var.scope}"],
                    "permissions": [permissions],
                }
            }
        },
    }
