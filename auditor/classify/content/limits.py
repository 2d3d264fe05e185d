"""How much may be read: of an object, a prefix, a store and a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol


class _HasTables(Protocol):
    def table(self, name: str) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Budgets, in bytes, rows and objects; see `signals/sampling.toml`."""

    per_object_max_bytes: int
    per_object_head_bytes: int
    per_object_extra_windows: int
    window_bytes: int
    per_prefix_max_objects: int
    per_store_max_objects: int
    per_store_max_bytes: int
    per_table_max_rows: int
    per_run_max_bytes: int
    per_archive_max_objects: int
    nesting: int
    expanded_max_bytes: int
    early_stop_objects: int
    early_stop_prefixes: int
    prefix_depth: int
    skip_storage_classes: tuple[str, ...]

    @classmethod
    def of(cls, facts: _HasTables) -> Limits:
        """The budgets of an edition of the facts."""
        told: dict[str, Any] = {}
        for entry in facts.table("signals").values():
            if entry.get("family") == "sampling":
                told |= entry
        told["skip_storage_classes"] = tuple(told["skip_storage_classes"])
        return cls(**{f.name: told[f.name] for f in fields(cls)})
