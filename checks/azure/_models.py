"""What Azure's models say of a resource: what declarations are checked against.

`models.json.gz` is made by `bench/azure_models.py` from the SDKs that Microsoft publishes, and says
which. Only tests and plugin authors read it: an audit never does.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_KINDS = {"s": "string", "n": "number", "b": "boolean", "t": "timestamp", "a": "any"}
_COMPOUND = {"l": "list", "m": "map"}

# Codes that mean "there is none", or "not here", whatever the resource provider:
# https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
_REFUSALS = ("NotFound", "ParentResourceNotFound", "ResourceGroupNotFound", "ResourceNotFound")
# and those of one provider; a kind of storage account may have no blobs, or no files, at all:
# https://github.com/Azure/azure-rest-api-specs/issues/23852
_REFUSALS_OF = {"microsoft.storage": ("FeatureNotSupportedForAccount",)}

# What a GET hands over of what a store contains, of what runs, or of the keys to it.
_CONTENT = (
    "microsoft.apimanagement/service/contenttypes/contentitems",
    "microsoft.apimanagement/service/namedvalues",
    "microsoft.appconfiguration/configurationstores/keyvalues",
    "microsoft.automation/automationaccounts/jobs/",
    "microsoft.automation/automationaccounts/variables",
    "microsoft.containerinstance/containergroups/containers/logs",
    "microsoft.containerservice/managedclusters/commandresults",
    "microsoft.documentdb/databaseaccounts/readonlykeys",
    "microsoft.keyvault/vaults/secrets",
    "microsoft.sql/servers/databases/sqlvulnerabilityassessments",
    "microsoft.sql/servers/databases/vulnerabilityassessments",
    "microsoft.sql/servers/sqlvulnerabilityassessments",
    "microsoft.web/publishingusers",
    "microsoft.web/sites/",
)

# The columns of a Resource Graph row that every resource has, as that service spells them:
# https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language
_COLUMNS = dict.fromkeys(
    ("id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId",
     "managedBy"), "s",
) | {"tags": ["m", "s"], "zones": ["l", "s"]}  # fmt: skip
_TOLD = ("sku", "plan", "properties", "identity", "extendedLocation")  # as the resource has them


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape of the snapshot in the words of the conformance check; it may refer to itself."""

    of: Any
    held: Mapping[str, Any] = field(repr=False)

    @property
    def _plain(self) -> Any:
        """What is written, once a reference is followed."""
        if isinstance(self.of, str) and self.of[0] == "=":
            return self.held["definitions"][self.of[1:]]
        return self.of

    @property
    def kind(self) -> str:
        """structure, list, map, string, number, boolean, timestamp or any."""
        match self._plain:
            case dict():
                return "structure"
            case ["u", first, *_]:
                return _Shape(first, self.held).kind
            case [str(compound), _]:
                return _COMPOUND[compound]
            case str(scalar) if scalar[0] != "?":
                return _KINDS[scalar]
        return "string"

    @property
    def members(self) -> Mapping[str, _Shape]:
        """The members of a structure."""
        match self._plain:
            case dict(told):
                return {name: _Shape(one, self.held) for name, one in told.items()}
            case ["u", *several]:
                return _merged([_Shape(one, self.held) for one in several])
        return {}

    @property
    def item(self) -> _Shape:
        """What a list or a map holds."""
        match self._plain:
            case ["u", *several]:
                return _Shape(
                    ["u", *(_Shape(one, self.held).item.of for one in several)], self.held
                )
            case [_, held]:
                return _Shape(held, self.held)
        return _Shape("a", self.held)

    @property
    def choices(self) -> Sequence[str]:
        """The values that a string may take."""
        match self._plain:
            case ["u", *several]:
                each = [_Shape(one, self.held).choices for one in several]
                return tuple(c for one in each for c in one) if all(each) else ()
            case str(name) if name[0] == "?":
                return tuple(self.held["choices"][name[1:]])
        return ()


def _merged(several: Sequence[_Shape]) -> Mapping[str, _Shape]:
    """The members of any of several shapes; what two tell apart may be either."""
    made: dict[str, _Shape] = {}
    for shape in several:
        for name, one in shape.members.items():
            held = made.get(name)
            if held is None or held.of == one.of:
                made[name] = one
            else:
                made[name] = _Shape(["u", held.of, one.of], one.held)
    return made


@dataclass(frozen=True, slots=True)
class _Operation:
    """The GET of a resource, or of the list of those that lie under a path."""

    type: str
    output: _Shape
    listed: bool

    @property
    def inputs(self) -> Mapping[str, _Shape]:
        """Its parameters: the path that is asked, whole."""
        return {"path": _Shape("s", {})}

    @property
    def required(self) -> Collection[str]:
        """The parameters that must be given."""
        return ("path",)

    @property
    def errors(self) -> Collection[str]:
        """The codes of refusal that are known of it."""
        space = self.type.lower().partition("/")[0]
        return (*_REFUSALS, *_REFUSALS_OF.get(space, ()))

    @property
    def paged(self) -> bool:
        """Whether its answer may be one page of several."""
        return self.listed

    @property
    def page_items(self) -> Sequence[str]:
        """The list that its pages gather."""
        return ("value",) if self.listed else ()

    @property
    def reads(self) -> bool:
        """Whether it reads no secret and nothing of what a store contains."""
        return not self.type.lower().startswith(_CONTENT)


class _Models:
    """Every resource type of the snapshot; types are compared without case, as Azure does."""

    def __init__(self, held: Mapping[str, Any]) -> None:
        self._held = held
        self._types = {name.lower(): (name, *told) for name, told in held["types"].items()}

    def types(self) -> Iterator[tuple[str, str]]:
        """Every type, as Azure spells it, and the version that its shape is of."""
        for name, version, *_ in self._types.values():
            yield name, version

    def operation(self, name: str) -> _Operation | None:
        """The GET that `Namespace:type/path` names, if there is one."""
        found = self._types.get(name.replace(":", "/", 1).lower()) if ":" in name else None
        if found is None or not found[1]:  # known by the inventory alone
            return None
        kind, _, get, listed = found
        output = dict(self._either(get or listed).members)
        if listed:
            of = self._either(listed).of
            output |= {"value": _Shape(["l", of], self._held), "nextLink": _Shape("s", self._held)}
        return _Operation(kind, self._made(output), bool(listed))

    def row(self, name: str) -> _Shape | None:
        """The row of a type, as Resource Graph gives it."""
        found = self._types.get(name.lower())
        if found is None:
            return None
        told = self._either([*found[2], *found[3]]).members
        columns = {n: _Shape(one, self._held) for n, one in _COLUMNS.items()}
        own = {n: told.get(n, _Shape({}, self._held)) for n in _TOLD}
        kind = {"kind": told["kind"]} if "kind" in told else {}
        return self._made({**columns, **own, **kind})

    def _either(self, names: Sequence[str]) -> _Shape:
        several = list(dict.fromkeys(f"={name}" for name in names))
        return _Shape(several[0] if len(several) == 1 else ["u", *several], self._held)

    def _made(self, members: Mapping[str, _Shape]) -> _Shape:
        return _Shape({name: one.of for name, one in members.items()}, self._held)


@cache
def models() -> _Models:
    """The models of the SDKs that the snapshot names."""
    packed = files(__package__).joinpath("models.json.gz").read_bytes()
    return _Models(json.loads(gzip.decompress(packed)))
