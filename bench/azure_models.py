"""Makes what the static check of Azure's declarations resolves against, and the table of versions.

    python -m venv sdks && sdks/bin/pip install $(python -m bench.azure_models)
    sdks/bin/python -m bench.azure_models checks/azure

An SDK is read, not imported. Of every type the newest stable version is taken that any SDK holds; a
preview only where nothing else is. The same SDKs give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from .azure_sdks import Read, Room, rooms

# The SDK of every namespace that a store type names, and its version.
SDKS = {
    "azure-mgmt-appconfiguration": "5.0.0",
    "azure-mgmt-applicationinsights": "4.1.0",
    "azure-mgmt-batch": "19.0.0",
    "azure-mgmt-botservice": "2.0.0",
    "azure-mgmt-cognitiveservices": "14.1.0",
    "azure-mgmt-communication": "3.0.0",
    "azure-mgmt-compute": "39.0.0",
    "azure-mgmt-confidentialledger": "1.0.1",
    "azure-mgmt-confluent": "2.1.0",
    "azure-mgmt-containerregistry": "15.0.0",
    "azure-mgmt-cosmosdb": "10.0.0",
    "azure-mgmt-cosmosdbforpostgresql": "1.0.0",
    "azure-mgmt-databox": "4.0.0",
    "azure-mgmt-databoxedge": "3.0.0",
    "azure-mgmt-databricks": "3.0.0",
    "azure-mgmt-datafactory": "10.0.0",
    "azure-mgmt-dataprotection": "2.2.0",
    "azure-mgmt-datashare": "1.0.1",
    "azure-mgmt-desktopvirtualization": "2.0.0",
    "azure-mgmt-digitaltwins": "7.0.0",
    "azure-mgmt-elastic": "3.0.0",
    "azure-mgmt-elasticsan": "2.0.0",
    "azure-mgmt-eventgrid": "10.4.0",
    "azure-mgmt-eventhub": "12.0.0",
    "azure-mgmt-fabric": "1.0.0",
    "azure-mgmt-fileshares": "1.0.0b1",
    "azure-mgmt-hdinsight": "9.0.1",
    "azure-mgmt-healthbot": "1.0.0",
    "azure-mgmt-healthcareapis": "2.1.0",
    "azure-mgmt-healthdataaiservices": "1.0.0",
    "azure-mgmt-iotcentral": "9.0.1",
    "azure-mgmt-iothub": "4.0.0",
    "azure-mgmt-keyvault": "14.1.0",
    "azure-mgmt-kusto": "4.0.0",
    "azure-mgmt-loganalytics": "14.0.0",
    "azure-mgmt-machinelearningservices": "1.0.1",
    "azure-mgmt-managementgroups": "2.0.0",
    "azure-mgmt-mongocluster": "1.2.0",
    "azure-mgmt-mongodbatlas": "1.0.0",
    "azure-mgmt-monitor": "7.0.0",
    "azure-mgmt-monitorworkspaces": "1.0.0",
    "azure-mgmt-mysqlflexibleservers": "1.0.0",
    "azure-mgmt-neonpostgres": "1.0.1",
    "azure-mgmt-netapp": "18.0.0",
    "azure-mgmt-oracledatabase": "4.0.0",
    "azure-mgmt-postgresqlflexibleservers": "3.0.0",
    "azure-mgmt-powerbidedicated": "2.0.0",
    "azure-mgmt-purestorageblock": "1.0.0",
    "azure-mgmt-purview": "1.0.1",
    "azure-mgmt-rdbms": "10.1.1",
    "azure-mgmt-recoveryservices": "4.3.0",
    "azure-mgmt-recoveryservicesbackup": "11.2.0",
    "azure-mgmt-recoveryservicessiterecovery": "2.0.0",
    "azure-mgmt-redis": "14.5.0",
    "azure-mgmt-redisenterprise": "3.1.0",
    "azure-mgmt-resource-subscriptions": "1.0.0",
    "azure-mgmt-resourcegraph": "8.0.1",
    "azure-mgmt-search": "9.2.0",
    "azure-mgmt-servicebus": "10.0.0",
    "azure-mgmt-signalr": "1.2.0",
    "azure-mgmt-sql": "4.0.0",
    "azure-mgmt-sqlvirtualmachine": "1.0.0",
    "azure-mgmt-storage": "25.3.0",
    "azure-mgmt-storagecache": "4.1.0",
    "azure-mgmt-storagemover": "3.1.0",
    "azure-mgmt-storagesync": "2.1.0",
    "azure-mgmt-streamanalytics": "1.0.0",
    "azure-mgmt-synapse": "2.0.0",
    "azure-mgmt-workloads": "1.0.0",
}  # fmt: skip

# What the SDKs hold, in hundreds of polymorphic shapes, and no store type will ask.
LEFT_OUT = ("microsoft.datafactory/factories/",)


# Types that no SDK holds, from the pages that Microsoft publishes of them: a shape of what a store
# type may ask, and the version. Epic's has no page but the inventory's own: no version to ask in.
# https://learn.microsoft.com/azure/templates/microsoft.analysisservices/2017-08-01/servers
# https://learn.microsoft.com/azure/templates/microsoft.videoindexer/2025-04-01/accounts
# https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources
_ENVELOPE = {"id": "s", "name": "s", "type": "s", "location": "s", "tags": ["m", "s"]}
_WITH_IDENTITY = {"resourceId": "s", "userAssignedIdentity": "s"}
BY_HAND: dict[str, tuple[str, dict[str, Any]]] = {
    "Microsoft.AnalysisServices/servers": (
        "2017-08-01",
        {
            "asAdministrators": {"members": ["l", "s"]},
            "backupBlobContainerUri": "s",
            "gatewayDetails": {"gatewayResourceId": "s", "gatewayObjectId": "s"},
            "ipV4FirewallSettings": {"enablePowerBIService": "b"},
            "provisioningState": "s",
            "serverFullName": "s",
            "state": "s",
        },
    ),
    "Microsoft.VideoIndexer/accounts": (
        "2025-04-01",
        {
            "accountId": "s",
            "openAiServices": _WITH_IDENTITY,
            "publicNetworkAccess": "s",
            "storageServices": _WITH_IDENTITY,
        },
    ),
    "Microsoft.Workloads/epicVirtualInstances": ("", {}),
}


@dataclass(slots=True)
class Type:
    """One resource type: the shapes of its GET and of its listing, all of one version."""

    name: str
    version: str
    get: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Snapshot:
    """Everything that is kept, as it is written."""

    rooms: dict[str, Room] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    definitions: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def take(self, room: Room) -> None:
        """Add the types of a room, where no newer version of them is held."""
        self.rooms[room.name] = room
        reads: dict[str, list[Read]] = defaultdict(list)
        for read in room.reads:
            if read.model in room.models:
                reads[read.type.lower()].append(read)
        for key, of in reads.items():
            version = max((r.version for r in of), key=age)
            held = self.types.get(key)
            if not key.startswith(LEFT_OUT) and (held is None or age(held.version) < age(version)):
                self.types[key] = self._type(room, of, version)

    def _type(self, room: Room, reads: Iterable[Read], version: str) -> Type:
        ordered = sorted(reads, key=lambda r: (r.listed, r.type, r.model))
        made = Type(ordered[0].type, version)
        for read in ordered:
            model, listed = self._item(room, read)
            held = made.listed if listed else made.get
            if model not in held:
                held.append(model)
        return made

    def _item(self, room: Room, read: Read) -> tuple[str, bool]:
        """The shape of one row of a listing, be it paged by the SDK or not."""
        members = room.members(read.model)
        match members.get("value"):
            case ["l", str(row)] if row[0] == "=" and "id" not in members:
                return f"{room.name}:{row[1:]}", True
        return f"{room.name}:{read.model}", read.listed

    def close(self) -> None:
        """Define whatever the types lead to."""
        wanted = [name for one in self.types.values() for name in (*one.get, *one.listed)]
        while wanted:
            name = wanted.pop()
            if name not in self.definitions:
                room = self.rooms[name.partition(":")[0]]
                shape = self._whole(room, room.members(name.partition(":")[2]))
                self.definitions[name] = shape
                wanted.extend(_led_to(shape))

    def _whole(self, room: Room, shape: Any) -> Any:
        """A shape whose names are those of the snapshot."""
        match shape:
            case dict():
                return {k: self._whole(room, v) for k, v in shape.items()}
            case list():
                return [shape[0], *(self._whole(room, one) for one in shape[1:])]
        name = f"{room.name}:{shape[1:]}"
        if shape[0] == "?":
            self.choices[name] = sorted(set(room.choices[shape[1:]]))
            return f"?{name}"
        if shape[0] == "=":
            return f"={name}" if shape[1:] in room.models else "a"
        return shape


def age(version: str) -> tuple[bool, str]:
    """Orders versions: any stable one is newer than every preview."""
    return not version.endswith("-preview"), version


def _led_to(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict | list):
        for one in shape.values() if isinstance(shape, dict) else shape[1:]:
            yield from _led_to(one)
    elif shape[0] == "=":
        yield shape[1:]


def versions(types: Mapping[str, Type]) -> dict[str, dict[str, str]]:
    """Per namespace: the version of most of its types under `""`, and those that differ."""
    spaces: dict[str, dict[str, str]] = defaultdict(dict)
    for key, one in sorted(types.items()):
        space, _, path = key.partition("/")
        if one.version:
            spaces[space][path] = one.version
    return {space: _short(told) for space, told in sorted(spaces.items())}


def _short(told: Mapping[str, str]) -> dict[str, str]:
    """What is not told by the nearest type above it; parents come before their children."""
    kept = {"": max(Counter(told.values()).items(), key=lambda one: (one[1], age(one[0])))[0]}
    for path, version in sorted(told.items()):
        above = path
        while above and above not in kept:
            above = above.rpartition("/")[0]
        if kept[above] != version:
            kept[path] = version
    return kept


def document(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as it is stored."""
    return {
        "sdks": SDKS,
        "types": {
            one.name: [one.version, one.get, one.listed]
            for _, one in sorted(snapshot.types.items())
        },
        "definitions": dict(sorted(snapshot.definitions.items())),
        "choices": dict(sorted(snapshot.choices.items())),
    }


def read() -> Snapshot:
    """Every SDK that is installed; it must be the one that is named here."""
    snapshot = Snapshot()
    for name, wanted in sorted(SDKS.items()):
        try:
            held = distribution(name)
        except PackageNotFoundError:
            sys.exit(f"{name} is not installed")
        if held.version != wanted:
            sys.exit(f"{name} {held.version} is installed, and {wanted} is named")
        short = name.removeprefix("azure-mgmt-").replace("-", ".")
        package = Path(str(held.locate_file("azure/mgmt"))).joinpath(*short.split("."))
        for room in rooms(package, short):
            snapshot.take(room)
    for kind, (version, properties) in BY_HAND.items():
        name = f"by hand:{kind}"
        snapshot.definitions[name] = {**_ENVELOPE, "properties": properties}
        snapshot.types[kind.lower()] = Type(kind, version, [name], [name])
    snapshot.close()
    return snapshot


def main(folder: Path) -> None:
    """Write the snapshot and the versions into a folder."""
    snapshot = read()
    told = json.dumps(document(snapshot), separators=(",", ":"), ensure_ascii=False)
    packed = gzip.compress(told.encode(), mtime=0)
    (folder / "models.json.gz").write_bytes(packed)
    table = json.dumps(versions(snapshot.types), indent=1)
    (folder / "versions.json").write_text(table + "\n")
    print(f"{len(snapshot.types)} types, {len(snapshot.definitions)} shapes, {len(packed)} bytes")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        print(*(f"{name}=={version}" for name, version in SDKS.items()))
