"""What the settings' schema says of one key: its kind, its default, whether it is a secret."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]
Path = tuple[str, ...]


def node_of(schema: Node, path: Sequence[str]) -> Node | None:
    """What the schema says of a key, or None when it knows no such key."""
    node: Node = schema
    for name in path:
        below = node.get("properties", {}).get(name) or node.get("additionalProperties")
        if not isinstance(below, Mapping):
            return None
        node = resolved(below, schema)
    return node


def resolved(node: Node, schema: Node) -> Node:
    """A node with what it refers to; what stands beside the reference wins."""
    if "$ref" not in node:
        return node
    found: Any = schema
    for part in str(node["$ref"]).removeprefix("#/").split("/"):
        found = found[part]
    return {**found, **node}


def keys(schema: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every key that takes a value, with what is said of it."""
    node = node_of(schema, path) or {}
    for name in node.get("properties", {}):
        below = node_of(schema, (*path, name)) or {}
        if "properties" in below:
            yield from keys(schema, (*path, name))
        else:
            yield (*path, name), below


def is_secret(node: Node | None) -> bool:
    """Whether a key holds what must never be written down or shown."""
    return bool(node and node.get("writeOnly"))


def toml(value: Any) -> str:
    """A JSON value as TOML writes it."""
    if isinstance(value, dict):
        inside = ", ".join(f"{key} = {toml(below)}" for key, below in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
