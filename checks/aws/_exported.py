"""How the stores of AWS are told in exports: the rows of each type, by the type's name."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import Row

from . import _config, _config_databases, _terraform, _terraform_custody, _terraform_databases

_EVERY = (
    _config.STORES,
    _config_databases.STORES,
    _terraform.STORES,
    _terraform_custody.STORES,
    _terraform_databases.STORES,
)


def rows() -> Mapping[str, tuple[Row, ...]]:
    """The rows of every type that some export tells."""
    told: dict[str, tuple[Row, ...]] = {}
    for stores in _EVERY:
        for name, found in stores.items():
            told[name] = (*told.get(name, ()), *found)
    return told
