"""Which version of its API each resource type is asked in: the one its shape was read from.

`versions.json` is made with the models, by `bench/azure_models.py`; an audit reads this alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def version_of(operation: str) -> str:
    """The version to ask `Namespace:type/path` in: its own, else its parent's, else the usual.

    A namespace that no declaration of ours may name has none: that is a `KeyError`, which the
    static check of a declaration comes across before any audit does.
    """
    space, _, path = operation.lower().partition(":")
    told = _table()[space]
    while path and path not in told:
        path = path.rpartition("/")[0]
    return told[path]


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """Per namespace, the versions by type; `""` is the usual one."""
    text = files(__package__).joinpath("versions.json").read_text(encoding="utf-8")
    table: Mapping[str, Mapping[str, str]] = json.loads(text)
    return table
