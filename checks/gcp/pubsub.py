"""Pub/Sub. Without allowed regions, messages may rest in any: the region is then unknown.

An organization's policy may limit it further, which a topic does not tell
(https://docs.cloud.google.com/pubsub/docs/resource-location-restriction).
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Ref, Role, StoreType

from ._values import full_name, key, let_in

_DOCS = "https://docs.cloud.google.com/pubsub/docs/reference/rest/v1"
_ALLOWED = "messageStoragePolicy.allowedPersistenceRegions"
_topic = Ask("pubsub:projects.topics.get", {"topic": "topic"})

topic = StoreType(
    "gcp.pubsub.topic",
    category=Category.QUEUE,
    listing=None,
    row="pubsub.googleapis.com/Topic",
    id=full_name("pubsub"),
    also=("name",),
    label="name",
    region=f"{_ALLOWED}[0]",
    tags="labels",
    encrypted="`true`",
    key=key("kmsKeyName"),
    copies=(Copies(items=f"{_ALLOWED}[1:]", region="@"),),
    shares=let_in(Ask("pubsub:projects.topics.getIamPolicy", {"resource": "name"})),
    facts={"enforced_in_transit": "messageStoragePolicy.enforceInTransit || `false`"},
    source=f"{_DOCS}/projects.topics",
)

subscription = StoreType(
    "gcp.pubsub.subscription",
    category=Category.QUEUE,
    listing=None,
    row="pubsub.googleapis.com/Subscription",
    id=full_name("pubsub"),
    also=("name",),
    label="name",
    region=_topic[f"{_ALLOWED}[0]"],
    tags="labels",
    encrypted="`true`",
    key=key(_topic["kmsKeyName"]),
    copies=(
        Copies(items=_topic[f"{_ALLOWED}[1:]"], region="@"),
        Copies(items="[bigqueryConfig.table][?@]", role=Role.EXPORT, id="@"),
        Copies(items="[cloudStorageConfig.bucket][?@]", role=Role.EXPORT, id="@"),
        Copies(items="[deadLetterPolicy.deadLetterTopic][?@]", role=Role.EXPORT, id="@"),
    ),
    parent=Ref("gcp.pubsub.topic", "topic"),
    facts={"pushed": "!(!(pushConfig.pushEndpoint))"},
    source=f"{_DOCS}/projects.subscriptions",
)

snapshot = StoreType(
    "gcp.pubsub.snapshot",
    category=Category.SNAPSHOT,
    listing=None,
    row="pubsub.googleapis.com/Snapshot",
    id=full_name("pubsub"),
    also=("name",),
    label="name",
    region=_topic[f"{_ALLOWED}[0]"],
    tags="labels",
    encrypted="`true`",
    key=key(_topic["kmsKeyName"]),
    copies=(Copies(items=_topic[f"{_ALLOWED}[1:]"], region="@"),),
    parent=Ref("gcp.pubsub.topic", "topic"),
    source=f"{_DOCS}/projects.snapshots",
)
