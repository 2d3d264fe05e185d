"""Where a method of a Google API is asked: host, version and path.

Most of Google's interfaces follow one rule, and a test holds it against their discovery documents:
`get` reads `{name}`, `list` reads a collection under `{parent}`. Only what differs is written down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from auditor.sdk import ApiError, Reason

# What stands before the path, where it is not `v1`: https://discovery.googleapis.com/discovery/v1/apis
_BASES = {
    "bigquery": "bigquery/v2",
    "bigtableadmin": "v2",
    "cloudfunctions": "v2",
    "cloudresourcemanager": "v3",
    "cloudtasks": "v2",
    "compute": "compute/v1",
    "dialogflow": "v3",
    "dlp": "v2",
    "firebasedatabase": "v1beta",
    "firebasestorage": "v1beta",
    "lifesciences": "v2beta",
    "logging": "v2",
    "monitoring": "v3",
    "notebooks": "v2",
    "run": "v2",
    "storage": "storage/v1",
    "tpu": "v2",
}
_TABLE = "projects/{projectId}/datasets/{datasetId}/tables"
_INSTANCE = "projects/{project}/instances/{instance}"
_TEMPLATES = {
    "bigquery:datasets.get": "projects/{projectId}/datasets/{datasetId}",
    "bigquery:datasets.list": "projects/{projectId}/datasets",
    "bigquery:tables.get": _TABLE + "/{tableId}",
    "bigquery:tables.list": _TABLE,
    "cloudasset:searchAllResources": "{+scope}:searchAllResources",
    "cloudresourcemanager:folders.list": "folders",
    "cloudresourcemanager:organizations.search": "organizations:search",
    "cloudresourcemanager:projects.list": "projects",
    "cloudresourcemanager:projects.search": "projects:search",
    "compute:disks.aggregatedList": "projects/{project}/aggregated/disks",
    "compute:disks.get": "projects/{project}/zones/{zone}/disks/{disk}",
    "compute:images.get": "projects/{project}/global/images/{image}",
    "compute:images.getIamPolicy": "projects/{project}/global/images/{resource}/getIamPolicy",
    "compute:images.list": "projects/{project}/global/images",
    "compute:instantSnapshots.aggregatedList": "projects/{project}/aggregated/instantSnapshots",
    "compute:machineImages.get": "projects/{project}/global/machineImages/{machineImage}",
    "compute:machineImages.list": "projects/{project}/global/machineImages",
    "compute:regionDisks.get": "projects/{project}/regions/{region}/disks/{disk}",
    "compute:snapshots.get": "projects/{project}/global/snapshots/{snapshot}",
    "compute:snapshots.getIamPolicy": "projects/{project}/global/snapshots/{resource}/getIamPolicy",
    "compute:snapshots.list": "projects/{project}/global/snapshots",
    "compute:storagePools.aggregatedList": "projects/{project}/aggregated/storagePools",
    "dataproc:projects.regions.clusters.get": (
        "projects/{projectId}/regions/{region}/clusters/{clusterName}"
    ),
    "dataproc:projects.regions.clusters.list": "projects/{projectId}/regions/{region}/clusters",
    "logging:folders.getSettings": "{+name}/settings",
    "logging:folders.sinks.get": "{+sinkName}",
    "logging:organizations.getSettings": "{+name}/settings",
    "logging:organizations.sinks.get": "{+sinkName}",
    "logging:projects.getCmekSettings": "{+name}/cmekSettings",
    "logging:projects.getSettings": "{+name}/settings",
    "logging:projects.sinks.get": "{+sinkName}",
    "pubsub:projects.snapshots.get": "{+snapshot}",
    "pubsub:projects.snapshots.list": "{+project}/snapshots",
    "pubsub:projects.subscriptions.get": "{+subscription}",
    "pubsub:projects.subscriptions.list": "{+project}/subscriptions",
    "pubsub:projects.topics.get": "{+topic}",
    "pubsub:projects.topics.list": "{+project}/topics",
    "sqladmin:Backups.ListBackups": "{+parent}/backups",
    "sqladmin:backupRuns.get": _INSTANCE + "/backupRuns/{id}",
    "sqladmin:backupRuns.list": _INSTANCE + "/backupRuns",
    "sqladmin:databases.list": _INSTANCE + "/databases",
    "sqladmin:instances.get": _INSTANCE,
    "sqladmin:instances.list": "projects/{project}/instances",
    "storage:anywhereCaches.list": "b/{bucket}/anywhereCaches",
    "storage:buckets.get": "b/{bucket}",
    "storage:buckets.getIamPolicy": "b/{bucket}/iam",
    "storage:buckets.getStorageLayout": "b/{bucket}/storageLayout",
    "storage:buckets.list": "b",
    "storage:managedFolders.list": "b/{bucket}/managedFolders",
    "storage:objects.get": "b/{bucket}/o/{object}",
    "storage:objects.list": "b/{bucket}/o",
    "storagetransfer:transferJobs.get": "{+jobName}",
    "storagetransfer:transferJobs.list": "transferJobs",
}
_HOLE = re.compile(r"\{(\+?)(\w+)\}")


def template(service: str, operation: str) -> str:
    """The path of a method, with holes: `{+name}` keeps the slashes of its value."""
    collection, _, verb = operation.rpartition(".")
    last = collection.rpartition(".")[2]
    told = _TEMPLATES.get(f"{service}:{operation}")
    if told is None and verb == "list":
        told = ("{+name}/" if last == "locations" else "{+parent}/") + last
    elif told is None and verb == "getIamPolicy":
        told = "{+resource}:getIamPolicy"
    elif told is None and verb.startswith("get"):
        told = "{+name}:" + verb if verb.endswith("Metrics") else "{+name}"
    elif told is None:
        raise ApiError(Reason.UNSUPPORTED, f"{service}:{operation}: where it is asked is not known")
    return f"{_BASES.get(service, 'v1')}/{told}"


def address(service: str, operation: str, params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The path of one question, and what remains of its parameters for the query."""
    rest = {name: value for name, value in params.items() if value is not None}

    def filled(hole: re.Match[str]) -> str:
        value = rest.pop(hole[2], None)
        segments = str(value).split("/") if hole[1] else [str(value)]
        if value is None or {"", ".", ".."} & set(segments):
            detail = f"{service}:{operation}: no path with this {hole[2]}"
            raise ApiError(Reason.MALFORMED, detail)
        return "/".join(quote(segment, safe=":@") for segment in segments)

    return _HOLE.sub(filled, template(service, operation)), {k: _plain(v) for k, v in rest.items()}


def _plain(value: Any) -> Any:
    """Truth in a query is spelt in lower case."""
    return str(value).lower() if isinstance(value, bool) else value
