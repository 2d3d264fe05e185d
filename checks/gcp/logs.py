"""Cloud Logging: buckets of logs, and the sinks that send logs elsewhere.

`_Default` and `_Required` lie in `global`, which is no place, unless the organization chose one
before the project was made (https://docs.cloud.google.com/logging/docs/default-settings).
"""

from __future__ import annotations

from auditor.sdk import Category, Copies, Role, StoreType, Text

from ._values import LOCATION, full_name, key

_DOCS = "https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2"

bucket = StoreType(
    "gcp.logging.bucket",
    category=Category.LOG,
    listing=None,
    row="logging.googleapis.com/LogBucket",
    id=full_name("logging"),
    also=("name",),
    label="name",
    region=LOCATION,
    created="createTime",
    encrypted="`true`",
    key=key("cmekSettings.kmsKeyVersionName || cmekSettings.kmsKeyName"),
    facts={"retention_days": "retentionDays", "locked": "locked || `false`"},
    source=f"{_DOCS}/projects.locations.buckets",
)

sink = StoreType(
    "gcp.logging.sink",
    category=Category.LOG,
    listing=None,
    row="logging.googleapis.com/LogSink",
    id=("asset.name", "resourceName", "name"),
    also=("resourceName",),
    label="name",
    created="createTime",
    copies=(Copies(items="[destination][?@]", role=Role.EXPORT, id=Text("//{@}")),),
    facts={"disabled": "disabled || `false`"},
    source=f"{_DOCS}/projects.sinks",
)
