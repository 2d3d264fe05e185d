"""The stores that the google provider of Terraform and OpenTofu tells, resource by resource.

A row is the attributes of one instance in a state. Most ids are names of the resource, from
`projects/` on; with the service before it, such a name is the one that Google's inventory uses
(https://docs.cloud.google.com/asset-inventory/docs/asset-names). Who is let in is always declared
by resources of their own, and some replicas are: when they are not seen, they are not "none"
(https://registry.terraform.io/providers/hashicorp/google/latest/docs).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.sdk import (
    GIB,
    Copies,
    Folded,
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


def row(type_: str, service: str, name: str = "id", **values: Any) -> Row:
    """A resource of a service: what all tell, and what is read besides."""
    told = {
        "id": Text(f"//{service}.{{partition}}/{{{name}}}"),
        "also": (name,),
        "account": "project",
        "region": "location",
        "label": "name",
        "tags": ("terraform_labels", "labels"),  # those of the provider's own too, in the first
        "encrypted": "`true`",
    }
    facts = {f"facts.{fact}": value for fact, value in values.pop("facts", {}).items()}
    said = {name: value for name, value in {**told, **values, **facts}.items() if value != ""}
    return Row("terraform", f"google_{type_}", said)


def key_of(path: Value) -> Ref:
    """A key of the customer's, without the version that is in use."""
    return Ref("gcp.kms.crypto_key", Part(path, "/cryptoKeyVersions/", 0))


def last(path: Value) -> Part:
    """The last part of a path: of a zone's address, the zone."""
    return Part(path, "/", -1)


def exported_to(path: str) -> Copies:
    """A bucket that data are written to, told as `gs://bucket/prefix`."""
    return Copies(items=f"[{path}][?@]", role=Role.EXPORT, id=Part("@", "/", 2))


def none_where(test: str) -> Value:
    """An empty list where a test says that there is none."""
    return f"(({test}) && `[[]]`) | [0]"


_PLACED = "custom_placement_config[0].data_locations"
_REGION = "(contains(location || '', '-') && location) || `null`"
_LEVEL = "version_template[0].protection_level"
_ZONED = (last("zone"),)

_bucket = row(
    "storage_bucket",
    "storage",
    "name",
    also=("name", Text("gs://{name}")),
    # a pair that was chosen has the location of its continent: its first region is told
    region=(
        Folded(f"{_PLACED}[0]"),
        Folded("(contains(location || '', '-') && location) || `null`"),
        "location",
    ),
    created="time_created",
    key=key_of("encryption[0].default_kms_key_name"),
    copies=(
        Copies(items=f"{_PLACED}[1:]", region=Folded("@")),
        Copies(items="logging", role=Role.LOG, id="log_bucket"),
    ),
    facts={
        "turbo_replication": "rpo && rpo == 'ASYNC_TURBO'",
        "public_access_blocked": (
            "public_access_prevention && public_access_prevention == 'enforced'"
        ),
        "uniform_access": "uniform_bucket_level_access",
    },
)

_disk = row(
    "compute_disk",
    "compute",
    region=_ZONED,
    bytes=Size("size", GIB),
    created="creation_timestamp",
    key=key_of("disk_encryption_key[0].kms_key_self_link"),
    origin=Ref("*", "source_disk || snapshot || image"),
)

_region_disk = row(
    "compute_region_disk",
    "compute",
    region=last("region"),
    bytes=Size("size", GIB),
    created="creation_timestamp",
    key=key_of("disk_encryption_key[0].kms_key_name"),
    copies=(Copies(items="replica_zones", region=last("@")), MORE_COPIES),
    origin=Ref("*", "source_disk || snapshot"),
)


def _stored(type_: str, key: str, origin: str, size: str) -> Row:
    """A snapshot or an image: where it lies is told, and is one place or several."""
    return row(
        type_,
        "compute",
        region="storage_locations[0]",
        bytes=size,
        created="creation_timestamp",
        key=key_of(key),
        copies=(Copies(items="storage_locations[1:]", region="@"),),
        origin=Ref("*", origin),
    )


STORES: Mapping[str, tuple[Row, ...]] = {
    "gcp.storage.bucket": (_bucket,),
    "gcp.compute.disk": (_disk,),
    "gcp.compute.region_disk": (_region_disk,),
    "gcp.compute.snapshot": (
        _stored(
            "compute_snapshot",
            "snapshot_encryption_key[0].kms_key_self_link",
            "source_disk",
            "storage_bytes",
        ),
    ),
    "gcp.compute.image": (
        _stored(
            "compute_image",
            "image_encryption_key[0].kms_key_self_link",
            "source_disk || source_snapshot || source_image",
            "archive_size_bytes",
        ),
    ),
    "gcp.compute.instant_snapshot": (
        row(
            "compute_instant_snapshot",
            "compute",
            region=_ZONED,
            created="creation_timestamp",
            origin=Ref("*", "source_disk"),
        ),
    ),
    "gcp.filestore.instance": (
        row(
            "filestore_instance",
            "file",
            region="location || zone",
            bytes=Size("file_shares[0].capacity_gb", GIB),
            created="create_time",
            key=key_of("kms_key_name"),
            copies=(
                Copies(
                    items="effective_replication[].replicas[] || `[]`",
                    id="peer_instance",
                    region=Part("peer_instance", "/", 3),
                ),
                MORE_COPIES,
            ),
            facts={"replication_role": "effective_replication[0].role"},
        ),
    ),
    "gcp.filestore.backup": (
        row(
            "filestore_backup",
            "file",
            created="create_time",
            key=key_of("kms_key_name"),
            origin=Ref("gcp.filestore.instance", "source_instance"),
        ),
    ),
    "gcp.netapp.volume": (
        row(
            "netapp_volume",
            "netapp",
            created="create_time",
            facts={"replicated": "has_replication", "encryption": "encryption_type"},
        ),
    ),
    "gcp.netapp.backup": (
        row(
            "netapp_backup",
            "netapp",
            region=(last("[backup_region][?@] | [0]"), "location"),
            created="create_time",
            origin=Ref("gcp.netapp.volume", "source_volume"),
            facts={"volume_region": "volume_region"},
        ),
    ),
    "gcp.artifactregistry.repository": (
        row(
            "artifact_registry_repository",
            "artifactregistry",
            created="create_time",
            key=key_of("kms_key_name"),
            facts={"format": "format", "mode": "mode"},
        ),
    ),
    "gcp.backupdr.backup_vault": (
        row(
            "backup_dr_backup_vault",
            "backupdr",
            label="backup_vault_id",
            created="create_time",
            facts={"access_restriction": "access_restriction"},
        ),
    ),
    "gcp.logging.bucket": (
        row(
            "logging_project_bucket_config",
            "logging",
            label="bucket_id",
            tags="",
            key=key_of("cmek_settings[0].kms_key_name"),
            facts={"retention_days": "retention_days", "locked": "locked"},
        ),
    ),
    "gcp.logging.sink": (
        row(
            "logging_project_sink",
            "logging",
            region="",
            tags="",
            encrypted="",
            copies=(Copies(items="[destination][?@]", role=Role.EXPORT, id=Text("//{@}")),),
            facts={"disabled": "disabled"},
        ),
    ),
    "gcp.kms.crypto_key": (
        row(
            "kms_crypto_key",
            "cloudkms",
            id="id",
            account=Part("id", "/", 1),
            region=Part("id", "/", 3),
            encrypted="",
            tags="",
            facts={
                "manager": "'customer'",
                "owner": Part("id", "/", 1),
                "protection_level": _LEVEL,
                # elsewhere, what was imported into one version is not told
                "material": f"(starts_with({_LEVEL} || '', 'EXTERNAL') && 'external')"
                " || (import_only && 'imported') || `null`",
            },
        ),
    ),
}
