"""What the discovery documents say of a method and of a resource: what declarations are checked by.

They are read from a snapshot (`bench/google_models.py` makes it). Only tests and plugin authors
import it: an audit never does.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from ._assets import SCHEMAS

# What looks inside a store is refused by name: rows, messages, entries, versions of secrets, what
# an object or a record holds (https://docs.cloud.google.com/iam/docs/permissions-reference).
_CONTENT = (
    "storage:objects.", "storage:folders.", "storage:managedFolders.", "bigquery:tabledata.",
    "bigquery:jobs.", "bigquery:rowAccessPolicies.", "firestore:projects.databases.documents.",
    "secretmanager:projects.secrets.versions.",
    "secretmanager:projects.locations.secrets.versions.",
    "artifactregistry:projects.locations.repositories.files.",
    "healthcare:projects.locations.datasets.fhirStores.fhir.",
    "healthcare:projects.locations.datasets.dicomStores.studies.",
    "healthcare:projects.locations.datasets.dicomStores.searchFor",
    "healthcare:projects.locations.datasets.hl7V2Stores.messages.",
    "healthcare:projects.locations.datasets.dataMapper",
    "healthcare:projects.locations.datasets.annotationStores.annotations.",
    "healthcare:projects.locations.datasets.consentStores.attributeDefinitions.",
    "healthcare:projects.locations.datasets.consentStores.con",
    "healthcare:projects.locations.datasets.consentStores.userDataMappings.",
    "spanner:projects.instances.databases.sessions.", "dataproc:projects.regions.jobs.",
    "aiplatform:projects.locations.datasets.dataItems.",
    "aiplatform:projects.locations.datasets.savedQueries.",
    "documentai:projects.locations.processors.dataset.", "compute:instances.getSerialPortOutput",
    "healthcare:projects.locations.datasets.dicomStores.dicomWeb.",
)  # fmt: skip
# So is what hands over the keys to one: passwords, tokens, what a client signs in with.
_SECRETS = (
    "redis:projects.locations.instances.getAuthString",
    "redis:projects.locations.clusters.tokenAuthUsers.",
    "alloydb:projects.locations.clusters.users.", "sqladmin:users.",
    "firestore:projects.databases.userCreds.", "netapp:projects.locations.activeDirectories.",
    "composer:projects.locations.environments.userWorkloadsSecrets.",
)  # fmt: skip
_VERBS = ("get", "list", "aggregatedlist", "search", "fetch", "query")

# Codes that mean "there is none": the canonical one, and the reason that is told where the service
# was never switched on (https://docs.cloud.google.com/apis/design/errors)
_REFUSALS = ("NOT_FOUND", "SERVICE_DISABLED")
_TOKENS = ("pageToken",)
_KEPT = ("nextPageToken", "unreachable", "kind", "etag", "id", "selfLink", "warning", "warnings")


def only_looks(operation: str) -> bool:
    """Whether `service:resource.method` neither writes nor reads what a store contains.

    Nor what opens one: an answer that holds a secret is never asked for.
    """
    method = operation.rpartition(".")[2].rpartition(":")[2]
    return method.lower().startswith(_VERBS) and not operation.startswith((*_CONTENT, *_SECRETS))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A schema of one service, its references followed when they are needed."""

    of: Any
    schemas: Mapping[str, Any] = field(repr=False)

    @property
    def _told(self) -> Any:
        told = self.of
        while isinstance(told, str) and told.startswith("#"):
            told = self.schemas[told[1:]]
        return told

    @property
    def kind(self) -> str:
        """structure, list, map, string, number, boolean, timestamp or any."""
        told = self._told
        if isinstance(told, str):
            return told
        if isinstance(told, list):
            return "list"
        if "choices" in told:
            return "string"
        return "map" if "map" in told else "structure" if told["of"] else "any"

    @property
    def members(self) -> Mapping[str, _Shape]:
        """The members of a structure."""
        told = self._told
        members = told.get("of", {}) if isinstance(told, dict) else {}
        return {name: _Shape(of, self.schemas) for name, of in members.items()}

    @property
    def item(self) -> _Shape:
        """What a list or a map holds."""
        told = self._told
        return _Shape(told[0] if isinstance(told, list) else told["map"], self.schemas)

    @property
    def choices(self) -> Sequence[str]:
        """The values that a string may take, when the document lists them."""
        told = self._told
        return tuple(told.get("choices", ())) if isinstance(told, dict) else ()


@dataclass(frozen=True, slots=True)
class _Operation:
    """One method of a service."""

    name: str
    method: Mapping[str, Any]
    schemas: Mapping[str, Any] = field(repr=False)

    @property
    def path(self) -> str:
        """The template of its path, the version of the API at its head."""
        return str(self.method["path"])

    @property
    def inputs(self) -> Mapping[str, _Shape]:
        """Its parameters."""
        return {name: _Shape(of, self.schemas) for name, of in self.method["parameters"].items()}

    @property
    def required(self) -> Collection[str]:
        """The parameters that must be given."""
        return tuple(self.method["required"])

    @property
    def output(self) -> _Shape:
        """Its answer."""
        return _Shape(f"#{self.method['response']}", self.schemas)

    @property
    def errors(self) -> Collection[str]:
        """The codes of refusal that every service may give for what is not there."""
        return _REFUSALS

    @property
    def paged(self) -> bool:
        """Whether its answer may be one page of several."""
        return any(token in self.method["parameters"] for token in _TOKENS)

    @property
    def page_items(self) -> Sequence[str]:
        """The lists and maps that its pages hold."""
        if not self.paged:
            return ()
        told = self.output.members
        return tuple(n for n, s in told.items() if s.kind in ("list", "map") and n not in _KEPT)

    @property
    def reads(self) -> bool:
        """Whether it neither writes nor reads what a store contains, nor what opens one."""
        return self.method["http"] == "GET" and only_looks(self.name)


@dataclass(frozen=True, slots=True)
class _Row:
    """A resource as the inventory tells it: its schema, and what is said of the asset beside it."""

    resource: _Shape
    kind: str = "structure"
    choices: tuple[str, ...] = ()

    @property
    def members(self) -> Mapping[str, Any]:
        """The members of the resource, and the asset's own under `asset`."""
        return {**self.resource.members, "asset": _Shape(_ASSET, {})}

    @property
    def item(self) -> _Shape:
        """Nothing: a row is no list."""
        return _Shape("any", {})


_ASSET = {
    "of": {
        **dict.fromkeys(("name", "type", "location", "project", "number", "parent"), "string"),
        "updated": "timestamp",
    }
}


class _Models:
    """The services of the snapshot."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.library: str = snapshot["library"]
        self._services: Mapping[str, Any] = snapshot["services"]

    def operation(self, name: str) -> _Operation | None:
        """The method that `service:resource.method` names, if there is one that only reads."""
        service, _, method = name.partition(":")
        known = self._services.get(service)
        if known is None or method not in known["methods"]:
            return None
        return _Operation(name, known["methods"][method], known["schemas"])

    def operations(self) -> Collection[str]:
        """The names of all methods of the snapshot."""
        return [f"{s}:{m}" for s, known in self._services.items() for m in known["methods"]]

    def row(self, asset_type: str) -> _Row | None:
        """A row of the inventory, by the asset type; None where its resource is not known."""
        service, _, schema = SCHEMAS.get(asset_type, "").partition(":")
        known = self._services.get(service)
        if known is None or schema not in known["schemas"]:
            return None
        return _Row(_Shape(f"#{schema}", known["schemas"]))


@cache
def models() -> _Models:
    """The discovery documents of the snapshot."""
    kept = files(__package__) / "models.json.gz"
    return _Models(json.loads(gzip.decompress(kept.read_bytes())))
