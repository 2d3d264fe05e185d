"""Cloud Storage buckets.

A location is a region in capitals (`EUROPE-WEST9`), a predefined pair of regions (`EUR4`: two of
the four that begin so keep a copy outside the Union) or a continent (`EU`). A pair that was chosen
has the location of its continent; its two regions are told in `customPlacementConfig`
(https://docs.cloud.google.com/storage/docs/locations). A moved bucket tells where it is now. A
cache keeps copies of objects in a zone.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Role, StoreType, Text

from ._values import APPROVAL, key, let_in

_PLACED = "customPlacementConfig.dataLocations"
# the zone that a cache lies in can be in another country only where the bucket lies in several
_NONE = "[locationType][?@ == ''].{zone: @}"
_IN_REGION = f"[{{type: locationType, none: {_NONE}}}][?type == 'region'].none | [0]"
_caches = Ask("storage:anywhereCaches.list", {"bucket": "name"})
_REGION = "(contains(location || '', '-') && location) || `null`"

bucket = StoreType(
    "gcp.storage.bucket",
    category=Category.OBJECT,
    listing=None,
    row="storage.googleapis.com/Bucket",
    needs=("location",),
    whole=Ask("storage:buckets.get", {"bucket": "name"}),
    id=Text("//storage.{partition}/{name}"),
    also=("name", Text("gs://{name}"), Text("projects/{account}/buckets/{name}")),
    label="name",
    region=(Folded(f"{_PLACED}[0]"), Folded(_REGION), "location", "asset.location"),
    created="timeCreated",
    tags="labels",
    encrypted="`true`",
    key=key("encryption.defaultKmsKeyName"),
    copies=(
        Copies(items=(_IN_REGION, _caches["items[?state == 'running']"]), region="zone"),
        Copies(items=f"{_PLACED}[1:]", region=Folded("@")),
        Copies(items="[logging][?logBucket]", role=Role.LOG, id="logBucket"),
    ),
    shares=let_in(Ask("storage:buckets.getIamPolicy", {"bucket": "name"})),
    facts={
        "access_approval": APPROVAL,
        "location_type": "locationType",
        "turbo_replication": "rpo && rpo == 'ASYNC_TURBO'",
        "public_access_blocked": (
            "iamConfiguration.publicAccessPrevention"
            " && iamConfiguration.publicAccessPrevention == 'enforced'"
        ),
        "uniform_access": "iamConfiguration.uniformBucketLevelAccess.enabled",
    },
    source="https://docs.cloud.google.com/storage/docs/json_api/v1/buckets",
)
