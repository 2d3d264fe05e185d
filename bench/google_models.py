"""The discovery documents of the services that are declared, in one small file.

    python -m bench.google_models [--check]

Reads the documents that google-api-python-client carries (installed in an environment of its own;
an audit never needs it) and writes `checks/gcp/models.json.gz`: of each service the methods that
only read, and the schemas that they lead to. Same documents, same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

_SNAPSHOT = Path(__file__).parent.parent / "checks" / "gcp" / "models.json.gz"
_LIBRARY = "google-api-python-client"
_DOCUMENTS = (
    "accessapproval.v1", "aiplatform.v1", "alloydb.v1", "analyticshub.v1", "artifactregistry.v1",
    "assuredworkloads.v1", "backupdr.v1", "bigquery.v2", "bigquerydatatransfer.v1",
    "bigtableadmin.v2", "cloudasset.v1", "cloudkms.v1", "cloudresourcemanager.v3", "composer.v1",
    "compute.v1", "datafusion.v1", "dataplex.v1", "dataproc.v1", "datastream.v1",
    "discoveryengine.v1", "documentai.v1", "file.v1", "firestore.v1", "gkebackup.v1",
    "healthcare.v1", "logging.v2", "looker.v1", "managedkafka.v1", "memcache.v1", "metastore.v1",
    "netapp.v1", "notebooks.v2", "pubsub.v1", "redis.v1", "secretmanager.v1", "spanner.v1",
    "sqladmin.v1", "storage.v1", "storagetransfer.v1", "vmwareengine.v1",
)  # fmt: skip
# of a service with many more: the resources that stores are listed and asked with
_ONLY = {
    "aiplatform": ("datasets", "featureOnlineStores", "featurestores", "indexes", "models"),
    "compute": ("disks", "regionDisks", "snapshots", "images", "machineImages", "zones", "regions",
                "instantSnapshots", "storagePools", "regionInstantSnapshots"),
    "discoveryengine": ("dataStores",),
    "dataplex": ("lakes", "zones", "assets", "entryGroups"),
}  # fmt: skip
_BASIC = {
    "string": "string", "boolean": "boolean", "integer": "number", "number": "number", "any": "any"
}  # fmt: skip
_NUMERALS = ("int64", "uint64")  # numbers that JSON writes as text
_MOMENTS = ("google-datetime", "date-time")


def snapshot() -> dict[str, Any]:
    """The services, as the documents of the installed library describe them."""
    home = distribution(_LIBRARY)
    folder = Path(str(home.locate_file("googleapiclient"))) / "discovery_cache" / "documents"
    services = {}
    for name in _DOCUMENTS:
        document = json.loads((folder / f"{name}.json").read_text("utf-8"))
        services[name.partition(".")[0]] = _service(document)
    return {"library": f"{_LIBRARY} {home.version}", "services": services}


def _service(document: Mapping[str, Any]) -> dict[str, Any]:
    prefix, only = f"{document['name']}.", _ONLY.get(document["name"])
    methods = {}
    for method in _methods(document):
        name = method["id"].removeprefix(prefix).removeprefix("sql.")
        resource = name.split(".")[-2] if "." in name else name
        if _looks(method) and (only is None or resource in only):
            methods[name] = _method(method, document["servicePath"])
    wanted = sorted({m["response"] for m in methods.values()})
    return {
        "version": document["version"],
        "revision": document["revision"],
        "root": document["rootUrl"],
        "methods": methods,
        "schemas": _reached(document["schemas"], wanted),
    }


def _methods(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _methods(inner)


def _looks(method: Mapping[str, Any]) -> bool:
    reads = method["httpMethod"] == "GET" or method["id"].endswith(".getIamPolicy")
    return reads and "response" in method


def _method(method: Mapping[str, Any], base: str) -> dict[str, Any]:
    parameters = method.get("parameters", {})
    return {
        "http": method["httpMethod"],
        "path": f"{base}{method['path']}",
        "parameters": {name: shape(p) for name, p in sorted(parameters.items())},
        "required": sorted(name for name, p in parameters.items() if p.get("required")),
        "response": method["response"]["$ref"],
    }


def _reached(schemas: Mapping[str, Any], wanted: list[str]) -> dict[str, Any]:
    """The schemas that are wanted and those that they name, in the order of their names."""
    found: dict[str, Any] = {}
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = shape(schemas[name])
            waiting.extend(_named(schemas[name]))
    return dict(sorted(found.items()))


def _named(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for value in schema.values():
            yield from _named(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _named(value)


def shape(schema: Mapping[str, Any]) -> Any:
    """A schema as `"kind"`, `"#name"`, `[item]`, `{"map": item}`, `{"of": members}`, choices."""
    if schema.get("repeated"):
        return [shape({**schema, "repeated": False})]
    if "$ref" in schema:
        return f"#{schema['$ref']}"
    kind = schema.get("type", "any")
    if kind == "array":
        return [shape(schema["items"])]
    if kind != "object":
        return _scalar(schema, kind)
    if "properties" in schema:
        return {"of": {name: shape(s) for name, s in sorted(schema["properties"].items())}}
    inner = schema.get("additionalProperties")
    return {"map": shape(inner)} if inner else {"of": {}}


def _scalar(schema: Mapping[str, Any], kind: str) -> Any:
    if schema.get("format") in _NUMERALS:
        return "number"
    if schema.get("format") in _MOMENTS:
        return "timestamp"
    if kind == "string" and schema.get("enum"):
        return {"choices": schema["enum"]}
    return _BASIC[kind]


def packed(models: Mapping[str, Any]) -> bytes:
    """The bytes of a snapshot: no clock and no name of a file is in them."""
    text = json.dumps(models, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return gzip.compress(text.encode("ascii"), compresslevel=9, mtime=0)


def main() -> None:
    """Write the snapshot, or say whether it is what the installed documents give."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    made = packed(snapshot())
    if not arguments.check:
        _SNAPSHOT.write_bytes(made)
    elif gzip.decompress(_SNAPSHOT.read_bytes()) != gzip.decompress(made):
        raise SystemExit(f"{_SNAPSHOT.name} is not what the installed documents give")
    print(f"{_SNAPSHOT.name}: {len(made)} bytes")


if __name__ == "__main__":
    main()
