"""Azure Virtual Desktop: a host pool's location is that of what describes it.

Profiles and what people work on rest in file shares and on the disks of the session hosts.
https://learn.microsoft.com/azure/virtual-desktop/data-locations
"""

from __future__ import annotations

from auditor.sdk import Category, Folded, StoreType

from ._forms import reachable

host_pool = StoreType(
    "azure.avd.host_pool",
    category=Category.FILE,
    listing=None,
    row="microsoft.desktopvirtualization/hostpools",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    facts={"flavour": "properties.hostPoolType || ''", "publicly_accessible": reachable()},
    source="https://learn.microsoft.com/azure/templates/microsoft.desktopvirtualization/hostpools",
)
