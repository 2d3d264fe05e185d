"""Azure Event Grid: a topic says within which boundary it stays, its region or the pair of it.

Within a pair, the settings are copied and events may be taken in there when the region fails: the
pair counts as a further place. A topic that does not say its boundary may be either. Events that
are written to disk are encrypted, by a key of the provider's.
https://learn.microsoft.com/azure/reliability/reliability-event-grid
https://learn.microsoft.com/security/benchmark/azure/baselines/event-grid-security-baseline
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Folded, Paired, StoreType

from ._forms import reachable

_BOUNDARY = "properties.dataResidencyBoundary"
_WITHIN_PAIR = Copies(
    items=f"{_BOUNDARY} && [@][?{_BOUNDARY} != 'WithinRegion']", region=Paired(Folded("location"))
)


def _bounded(name: str, of: str) -> StoreType:
    return StoreType(
        name,
        category=Category.QUEUE,
        listing=None,
        row=f"microsoft.eventgrid/{of}",
        needs=(_BOUNDARY,),
        whole=Ask(f"Microsoft.EventGrid:{of}", {"path": "id"}),
        id="id",
        label="name",
        region=Folded("location"),
        tags="tags",
        encrypted="`true`",
        copies=(_WITHIN_PAIR,),
        facts={
            "residency_boundary": _BOUNDARY,
            "geo_redundant": f"{_BOUNDARY} && {_BOUNDARY} != 'WithinRegion'",
            "publicly_accessible": reachable(),
        },
        source=f"https://learn.microsoft.com/azure/templates/microsoft.eventgrid/{of}",
    )


topic = _bounded("azure.eventgrid.topic", "topics")
domain = _bounded("azure.eventgrid.domain", "domains")

namespace = StoreType(
    "azure.eventgrid.namespace",
    category=Category.QUEUE,
    listing=None,
    row="microsoft.eventgrid/namespaces",
    id="id",
    label="name",
    region=Folded("location"),
    tags="tags",
    encrypted="`true`",
    facts={
        "routes_to": "properties.topicSpacesConfiguration.routeTopicResourceId || ''",
        "publicly_accessible": reachable(),
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.eventgrid/namespaces",
)
