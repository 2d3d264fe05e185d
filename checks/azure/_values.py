"""Values that Azure's stores share: where they rest, their copies in the paired region."""

from __future__ import annotations

from typing import Any

from auditor.sdk import Copies, Folded, Paired, Role

PLACE = Folded("location")
# of what can be put in an edge zone, which may lie elsewhere than its region
EDGE: tuple[Any, ...] = (Folded("extendedLocation.name"), PLACE)
# of what is listed under a resource: its own place is not told
PLACE_OF_PARENT = Folded("parent.location")


def in_pair(holds: str, of: str = "location", role: Role = Role.BACKUP) -> Copies:
    """The copy in the region paired with `of`, of a store for which a test holds."""
    return Copies(
        items=f"(({holds}) && {{region: {of}}}) || `null`",
        role=role,
        region=Paired(Folded("region")),
    )


def none_unless(path: str) -> str:
    """An empty list where a path finds nothing, so that what follows is asked only elsewhere."""
    return f"[{{told: {path}, none: `[]`}}][?!told].none | [0]"
