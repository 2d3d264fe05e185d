"""Why a store is in the plan, and which family of offers it could go to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.model import DataStore, Exposed, Judged, Place, Reached, Unknown


def exposed(judged: Judged) -> frozenset[Exposed]:
    """Why a store is in the plan; empty when nothing known exposes it, and all of it is known."""
    why = set()
    if judged.reach is Reached.LINKED:
        why.add(Exposed.REACH)
    if any(isinstance(p, Place) and not p.in_eea for p in judged.places):
        why.add(Exposed.PLACE)
    if any(isinstance(p, Place) and not p.in_eea for p in judged.flows):
        why.add(Exposed.TRANSFER)
    open_ = judged.reach is Reached.UNDETERMINED or any(
        isinstance(p, Unknown) for p in (*judged.places, *judged.flows)
    )
    return frozenset(why or ({Exposed.UNDETERMINED} if open_ else ()))


def kind_of(store: DataStore, moving: Mapping[str, Any]) -> str:
    """Which alternatives a store has: by its type, its engine, its category; "" for none known."""
    if (found := moving["types"].get(store.kind)) is not None:
        return str(found)
    engine = store.facts.get("engine")
    if isinstance(engine, str):
        names = sorted(moving["engines"], key=len, reverse=True)
        known = next((n for n in names if engine.lower().startswith(n)), None)
        if known is not None:
            return str(moving["engines"][known])
    return str(moving["categories"].get(store.category, ""))
