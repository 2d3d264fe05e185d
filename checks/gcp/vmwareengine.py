"""VMware Engine: a private cloud and its data store lie in a zone, or are stretched over two."""

from __future__ import annotations

from auditor.sdk import Category, Copies, StoreType

from ._values import LOCATION, full_name, key, last

_STRETCHED = "managementCluster.stretchedClusterConfig"

private_cloud = StoreType(
    "gcp.vmwareengine.private_cloud",
    category=Category.BLOCK,
    listing=None,
    row="vmwareengine.googleapis.com/PrivateCloud",
    id=full_name("vmwareengine"),
    also=("name",),
    label="name",
    region=LOCATION,
    created="createTime",
    encrypted="`true`",
    key=key("encryptionConfig.cryptoKeyName"),
    copies=(
        Copies(
            items=f"[{_STRETCHED}.preferredLocation, {_STRETCHED}.secondaryLocation][?@]",
            region=last("@"),
        ),
    ),
    facts={"type": "type"},
    source="https://docs.cloud.google.com/vmware-engine/docs/reference/rest/v1/projects.locations.privateClouds",
)
