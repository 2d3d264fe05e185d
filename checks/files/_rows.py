"""What each kind of export tells of a resource: its type, whose it is, and its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

OWN, CONFIG, TERRAFORM = "", "config", "terraform"  # forms, as declarations call them
_SUBSCRIPTION = re.compile(r"/subscriptions/([0-9a-f-]{36})(?:/|\Z)", re.IGNORECASE)
_PROJECT = re.compile(r"(?:\A|/)projects/([^/]+)")


@dataclass(frozen=True, slots=True)
class Told:
    """One resource as an export tells it. `account` may be a number, or what says it elsewhere."""

    provider: str
    type: str
    account: str
    partition: str
    row: Mapping[str, Any] | None  # None: named, and not described
    group: str = ""  # resources with the same group are of one account


def azure(row: Mapping[str, Any]) -> Told | None:
    """A row of Resource Graph."""
    kind, name = row.get("type"), str(row.get("id") or "")
    if not isinstance(kind, str) or not kind:
        return None
    found = _SUBSCRIPTION.match(name)
    account = row.get("subscriptionId") or (found[1] if found else "")
    cloud = azure_cloud(row.get("location"))
    return Told("azure", kind.lower(), str(account).lower(), cloud, row)


def azure_cloud(location: Any) -> str:
    """The cloud that a location is of: each has names of its own."""
    where = "".join(str(location or "").split()).lower()
    if where.startswith("china"):
        return "AzureChinaCloud"
    return "AzureUSGovernment" if where.startswith(("usgov", "usdod")) else "AzureCloud"


def gcp(asset: Mapping[str, Any]) -> Told | None:
    """An asset of Cloud Asset Inventory, or what a search of it found."""
    kind, name = asset.get("assetType"), str(asset.get("name") or "")
    if not isinstance(kind, str) or not kind:
        return None
    resource = asset.get("resource")
    resource = resource if isinstance(resource, dict) else {}
    data = resource.get("data")
    number = _number(asset, resource)
    named = _PROJECT.search(name)
    project = named[1] if named else number
    told = {
        "name": name,
        "type": kind,
        "location": resource.get("location") or asset.get("location"),
        "project": project,
        "number": number,
        "parent": resource.get("parent"),
    }
    row = {**data, "asset": told} if isinstance(data, dict) else None
    return Told("gcp", kind, project, "googleapis.com", row, group=number)


def _number(asset: Mapping[str, Any], resource: Mapping[str, Any]) -> str:
    ancestors = asset.get("ancestors")
    first = ancestors[:1] if isinstance(ancestors, list) else []
    for text in (asset.get("project"), *first, resource.get("parent")):
        found = _PROJECT.search(str(text or ""))
        if found:
            return found[1]
    return ""


def aws(item: Mapping[str, Any]) -> Told | None:
    """A configuration item of AWS Config, or a result of its queries."""
    kind = item.get("resourceType")
    if not isinstance(kind, str) or not kind:
        return None
    if "Deleted" in str(item.get("configurationItemStatus") or ""):
        return None
    row = dict(item)
    for name, other in (("arn", "ARN"), ("accountId", "awsAccountId")):
        row[name] = row.get(name) or row.pop(other, None)
    arn, region = str(row["arn"] or ""), row.get("awsRegion")
    account = str(row["accountId"] or part(arn, 4))
    partition = part(arn, 1) or aws_partition(region)
    return Told("aws", kind, account, partition, row)


def part(arn: Any, index: int) -> str:
    """A part of an ARN; empty when it is none."""
    parts = str(arn or "").split(":")
    return parts[index] if parts[0] == "arn" and len(parts) > index else ""


def aws_partition(region: Any) -> str:
    """The partition of a region, by its name."""
    starts = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("eusc-", "aws-eusc"))
    return next((p for start, p in starts if str(region or "").startswith(start)), "aws")


# ---------------------------------------------------------------------- Terraform

_DEEPEST = 60
_CLOUDS = {"aws": "aws", "azurerm": "azure", "azapi": "azure", "google": "gcp"}
_WHO = "aws_caller_identity"  # says the account of the provider that asked


def terraform(resource: Mapping[str, Any]) -> Iterator[Told]:
    """The instances of a resource of a state."""
    kind = str(resource.get("type") or "")
    word = kind.partition("_")[0]
    cloud = _CLOUDS.get(word, word)
    group = str(resource.get("provider") or "")
    if resource.get("mode") == "data" and kind != _WHO:
        return
    for attributes in _instances(resource):
        yield Told(cloud, kind, _owner(cloud, attributes), _cloud(cloud, attributes), attributes,
                   group)  # fmt: skip


def _instances(resource: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    primary = resource.get("primary")
    listed = resource.get("instances")
    for one in [primary] if primary else listed if isinstance(listed, list) else []:
        if not isinstance(one, dict):
            continue
        found = one.get("attributes")
        flat = one.get("attributes_flat") or (found if primary else None)
        found = unflattened(flat) if isinstance(flat, dict) else found
        if isinstance(found, dict):
            hidden = set(_hidden(one.get("sensitive_attributes")))
            yield {name: value for name, value in found.items() if name not in hidden}


def _hidden(told: Any) -> Iterator[str]:
    """The attributes in which a state marks something as sensitive."""
    for path in told if isinstance(told, list) else []:
        first = path[0] if isinstance(path, list) and path else None
        if isinstance(first, dict):
            yield str(first.get("value"))
        elif isinstance(first, str):
            yield first


def _owner(cloud: str, attributes: Mapping[str, Any]) -> str:
    get = attributes.get
    if cloud == "aws":
        return part(get("arn"), 4) or str(get("owner_id") or get("account_id") or "")
    name = str(get("id") or "")
    if cloud == "azure":
        found = _SUBSCRIPTION.match(name)
        return found[1].lower() if found else ""
    found = _PROJECT.search(name)
    return str(get("project") or (found[1] if found else ""))


def _cloud(cloud: str, attributes: Mapping[str, Any]) -> str:
    if cloud == "aws":
        return part(attributes.get("arn"), 1) or aws_partition(attributes.get("region"))
    return azure_cloud(attributes.get("location")) if cloud == "azure" else "googleapis.com"


def unflattened(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of an old state as newer ones have them: `rule.0.days` is a list's."""
    whole: dict[str, Any] = {}
    for name in sorted(flat):
        *above, last = name.split(".")
        if len(above) > _DEEPEST:
            continue
        if last in ("#", "%") and above:
            _below(whole, above, [] if last == "#" else {})
            continue
        into = _below(whole, above, {})
        if isinstance(into, dict):
            value = flat[name]
            into[last] = value == "true" if value in ("true", "false") else value
    listed: dict[str, Any] = _lists(whole)
    return listed


def _below(table: dict[str, Any], names: list[str], empty: Any) -> Any:
    into: Any = table
    for name in names:
        if not isinstance(into, dict):
            return None
        into = into.setdefault(name, {})
    if into == {} and isinstance(empty, list):
        into[""] = empty  # a list, and how many are in it is seen
    return into


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    members = {name: _lists(one) for name, one in value.items() if name}
    if "" in value or (members and all(name.isdigit() for name in members)):
        return [members[name] for name in sorted(members, key=lambda n: (len(n), n))]
    return members
