"""Makes what the static check of Azure's declarations resolves against, and the table of versions.

    python -m venv sdks && sdks/bin/pip install -r bench/azure_models.txt
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
SDKS = Path(__file__).with_suffix(".txt")

# What the SDKs hold, in hundreds of polymorphic shapes, and no store type will ask.
LEFT_OUT = ("microsoft.datafactory/factories/",)


# Types that no SDK holds, from the pages that Microsoft publishes of them: a shape of what a store
# type may ask, and the version. Epic's has no page but the inventory's own: no version to ask in.
# https://learn.microsoft.com/azure/templates/microsoft.analysisservices/2017-08-01/servers
# https://learn.microsoft.com/azure/templates/microsoft.videoindexer/2025-04-01/accounts
# https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources
_ENVELOPE: dict[str, Any] = {
    **dict.fromkeys(("id", "name", "type", "location"), "s"),
    "tags": ["m", "s"],
    "sku": {"name": "s", "tier": "s", "capacity": "n"},
}
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
        "sdks": sdks(),
        "types": {
            one.name: [one.version, one.get, one.listed]
            for _, one in sorted(snapshot.types.items())
        },
        "definitions": dict(sorted(snapshot.definitions.items())),
        "choices": dict(sorted(snapshot.choices.items())),
    }


def sdks() -> dict[str, str]:
    """The SDKs that are named, and their versions."""
    return dict(line.split("==") for line in SDKS.read_text().split())


def read() -> Snapshot:
    """Every SDK that is installed; it must be the one that is named here."""
    snapshot = Snapshot()
    for name, wanted in sorted(sdks().items()):
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
    main(Path(sys.argv[1]))
