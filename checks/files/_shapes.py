"""What the rows of exports look like: what paths of `Row` declarations are checked against.

`terraform.json.gz` holds the attributes of Terraform's resources, as their providers publish them;
`config.json.gz` the properties of AWS Config's items. Only tests and plugin authors read them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent

# Words that name what opens a door, whatever a provider declares sensitive.
_SECRET = re.compile(
    r"password|passwd|secret(?!_arn|_id$|s_manager)|token(?!_arn)|connection_string|connection_url"
    r"|access_keys?$|account_key|_sas$|sas_|private_key|primary_key$|secondary_key$"
    r"|user_data|custom_data|credential|certificate|kube_config|auth_string"
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """An attribute: `string`, `number` …, `["list", item]`, `["map", item]` or its members."""

    of: Any
    hidden: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """structure, list, map, string, number, boolean or any."""
        if isinstance(self.of, str):
            return self.of
        return "structure" if isinstance(self.of, dict) else str(self.of[0])

    @property
    def members(self) -> Mapping[str, _Shape]:
        """The members of a structure: those that may be read, and no others."""
        told = self.of if isinstance(self.of, dict) else {}
        return {
            name: _Shape(shape)
            for name, shape in told.items()
            if name not in self.hidden and not may_be_secret(name)
        }

    @property
    def item(self) -> _Shape:
        """What a list or a map holds."""
        return _Shape(self.of[1] if isinstance(self.of, list) else "any")

    @property
    def choices(self) -> Sequence[str]:
        """None are listed."""
        return ()


def may_be_secret(name: str) -> bool:
    """Whether an attribute of this name may hold what opens a door."""
    return bool(_SECRET.search(name))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one form of export, by type."""

    types: Mapping[str, Any]

    def operation(self, name: str) -> None:
        """None: an export is asked nothing."""

    def row(self, name: str) -> _Shape | None:
        """The shape of a row, without what is sensitive in it."""
        told = self.types.get(name)
        return told and _Shape(told["attributes"], frozenset(told["sensitive"]))


@cache
def rows(form: str) -> Rows:
    """The rows of a form: `terraform` or `config`."""
    packed = (_HERE / f"{form}.json.gz").read_bytes()
    return Rows(json.loads(gzip.decompress(packed))["types"])
