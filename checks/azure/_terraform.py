"""The stores that the azurerm provider of Terraform and OpenTofu tells, resource by resource.

A row is the attributes of one instance in a state; `id` is the ARM id, which names the account.
What has a resource of its own (replication, a customer's key, a failover group) may be declared
there and not be seen here: when it is empty, it is not "none"
(https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs). Paths are those of
version 4. Connection strings and access keys, of which most resources have several, are never read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.sdk import (
    GIB,
    Copies,
    Folded,
    Grants,
    Paired,
    Part,
    Ref,
    Role,
    Row,
    Size,
    Text,
    Unsaid,
    Value,
)

MORE_COPIES = Copies(items=Unsaid("copies"), id="@")
CMK = "customer_managed_key[0].key_vault_key_id"


def row(type_: str, **values: Any) -> Row:
    """A resource: what all tell, and what is read besides; `region=""` where none is told."""
    told = {
        "id": "id",
        "account": Part("id", "/", 2),
        "region": Folded("location"),
        "label": "name",
        "tags": "tags",
    }
    facts = {f"facts.{name}": value for name, value in values.pop("facts", {}).items()}
    said = {name: value for name, value in {**told, **values, **facts}.items() if value != ""}
    return Row("terraform", f"azurerm_{type_}", said)


def said(path: str, name: str) -> Value:
    """A value that is told only when there is something to tell."""
    return (f"{path} || `null`", Unsaid(name))


def key_of(path: Value) -> Ref:
    return Ref("azure.keyvault.key", path)


def in_pair(holds: str, role: Role = Role.BACKUP) -> Copies:
    """The copy in the paired region, of a store for which a test holds."""
    items = f"(({holds}) && {{region: location}}) || `null`"
    return Copies(items=items, role=role, region=Paired(Folded("region")))


def _none(path: str) -> Value:
    """An empty list where a test says that there is none."""
    return f"(({path}) && `[[]]`) | [0]"


_ZONE = (
    Folded("[edge_zone][?@] | [0]"),
    Folded("location"),
)  # an edge zone lies elsewhere than its region
_KIND = "account_replication_type || ''"
_GEO = f"ends_with({_KIND}, 'GRS') || ends_with({_KIND}, 'GZRS')"
_SET = "azure.compute.disk_encryption_set"

STORES: Mapping[str, tuple[Row, ...]] = {
    "azure.storage.account": (
        row(
            "storage_account",
            also=("name",),
            region=_ZONE,
            encrypted="`true`",
            key=key_of(said(f"({CMK} || customer_managed_key[0].managed_hsm_key_id)", "key")),
            copies=(
                Copies(
                    items=f"(({_GEO}) && {{to: secondary_location, from: location}}) || `null`",
                    region=(Folded("to"), Paired(Folded("from"))),
                ),
                MORE_COPIES,
            ),
            facts={
                "redundancy": Text("{account_tier}_{account_replication_type}"),
                "kind": "account_kind",
            },
        ),
    ),
    "azure.storage.blob_container": (
        row(
            "storage_container",
            id=("[resource_manager_id][?@] | [0]", "id"),
            account=(Part("resource_manager_id", "/", 2), Part("storage_account_id", "/", 2)),
            region="",
            tags="",
            encrypted="`true`",
            shares=(
                Grants(
                    items=(_none("container_access_type == 'private'"), Unsaid("shares")),
                    account="@",
                ),
            ),
            parent=Ref("azure.storage.account", ("storage_account_id", "storage_account_name")),
        ),
    ),
    "azure.storage.file_share": (
        row(
            "storage_share",
            id=("[resource_manager_id][?@] | [0]", "id"),
            account=(Part("resource_manager_id", "/", 2), Part("storage_account_id", "/", 2)),
            region="",
            tags="",
            encrypted="`true`",
            parent=Ref("azure.storage.account", ("storage_account_id", "storage_account_name")),
        ),
    ),
    "azure.compute.disk": (
        row(
            "managed_disk",
            region=_ZONE,
            bytes=Size("disk_size_gb", GIB),
            encrypted="`true`",
            key=Ref(_SET, "disk_encryption_set_id || secure_vm_disk_encryption_set_id"),
            origin=Ref("*", "source_resource_id || gallery_image_reference_id"),
            facts={"redundancy": "storage_account_type"},
        ),
    ),
    "azure.compute.snapshot": (
        row(
            "snapshot",
            bytes=Size("disk_size_gb", GIB),
            encrypted="`true`",
            origin=Ref("*", "source_resource_id"),
            facts={"made_by": "create_option", "incremental": "incremental_enabled"},
        ),
    ),
    "azure.compute.image": (
        row("image", bytes=Size("os_disk[0].size_gb", GIB), encrypted="`true`"),
    ),
    "azure.compute.gallery_image_version": (
        row(
            "shared_image_version",
            encrypted="`true`",
            label=Part("id", "/galleries/", 1),
            copies=(Copies(items="target_region", region=Folded("name")),),
            key=Ref(_SET, "target_region[].disk_encryption_set_id | [0]"),
            origin=Ref("*", "managed_image_id || os_disk_snapshot_id"),
            facts={"replication": "replication_mode"},
        ),
    ),
    "azure.compute.disk_encryption_set": (
        row(
            "disk_encryption_set",
            also=("id",),
            tags="",
            facts={
                "manager": "((key_vault_key_id || managed_hsm_key_id) && 'customer') || `null`",
                "material": "(managed_hsm_key_id && 'hsm') || `null`",
                "multi_region": "`false`",
                "key": "key_vault_key_url || managed_hsm_key_id",
                "encryption": "encryption_type",
                "cross_tenant_client": "federated_client_id || ''",
            },
        ),
    ),
    "azure.netapp.volume": (
        row(
            "netapp_volume",
            bytes=Size("storage_quota_in_gb", GIB),
            encrypted="`true`",
            origin=Ref(
                "azure.netapp.volume", "data_protection_replication[0].remote_volume_resource_id"
            ),
        ),
    ),
}
