"""The databases, caches and streams that the google provider of Terraform tells.

The names of replicas are empty until the state is refreshed after they were made.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import GIB, Copies, Part, Ref, Role, Row, Size, Text, Unsaid

from ._terraform import MORE_COPIES, key_of, none_where, row

_OPEN = "settings[0].ip_configuration[0].authorized_networks[?value == '0.0.0.0/0'] || `[]`"
_ALLOWED = "message_storage_policy[0].allowed_persistence_regions"
_REGIONAL = "contains(config || '', 'regional-')"  # otherwise it names several regions

_sql = row(
    "sql_database_instance",
    "cloudsql",
    id=Text("//cloudsql.{partition}/projects/{project}/instances/{name}"),
    also=(
        "self_link",
        "connection_name",
        Text("{project}:{name}"),
        Text("projects/{project}/instances/{name}"),
    ),
    region="region",
    bytes=Size("settings[0].disk_size", GIB),
    tags="settings[0].user_labels",
    key=key_of("encryption_key_name"),
    copies=(
        Copies(items="replica_names || `[]`", id=Text("{account}:{@}")),
        Copies(
            items="settings[].backup_configuration[] | [?enabled]",
            role=Role.BACKUP,
            region="[location][?@] | [0]",
        ),
        MORE_COPIES,
    ),
    origin=Ref("gcp.sql.instance", Text("{account}:{[master_instance_name][?@] | [0]}")),
    facts={
        "availability": "settings[0].availability_type",
        "public_ip": "settings[0].ip_configuration[0].ipv4_enabled",
        "open_to_any_address": f"length({_OPEN}) > `0`",
    },
)

_spanner = row(
    "spanner_instance",
    "spanner",
    id=Text("//spanner.{partition}/projects/{project}/instances/{name}"),
    also=(Text("projects/{project}/instances/{name}"),),
    region=Part("config", "regional-", 1),
    copies=(Copies(items=(none_where(_REGIONAL), Unsaid("copies")), id="@"),),
)

_spanner_database = row(
    "spanner_database",
    "spanner",
    id=Text("//spanner.{partition}/projects/{project}/instances/{instance}/databases/{name}"),
    also=(Text("projects/{project}/instances/{instance}/databases/{name}"),),
    region="",
    tags="",
    key=key_of("encryption_config[0].kms_key_name || encryption_config[0].kms_key_names[0]"),
    parent=Ref("gcp.spanner.instance", Text("projects/{project}/instances/{instance}")),
)

_alloydb = row(
    "alloydb_cluster",
    "alloydb",
    label="cluster_id",
    key=key_of("encryption_config[0].kms_key_name"),
    copies=(
        Copies(
            items="automated_backup_policy[?enabled && location]",
            role=Role.BACKUP,
            region="location",
        ),
        MORE_COPIES,
    ),
    origin=Ref("gcp.alloydb.cluster", "secondary_config[0].primary_cluster_name"),
    facts={"type": "cluster_type"},
)

_redis_cluster = row(
    "redis_cluster",
    "redis",
    region="region",
    tags="",
    bytes=Size("precise_size_gb", GIB),
    created="create_time",
    key=key_of("kms_key"),
    copies=(
        Copies(
            items="cross_cluster_replication_config[].secondary_clusters[] || `[]`",
            id="cluster",
            region=Part("cluster", "/", 3),
        ),
        MORE_COPIES,
    ),
    origin=Ref(
        "gcp.redis.cluster", "cross_cluster_replication_config[0].primary_cluster[0].cluster"
    ),
)

_table = row(
    "bigquery_table",
    "bigquery",
    only="type != 'VIEW'",
    label="table_id",
    bytes="num_bytes",
    key=key_of("encryption_configuration[0].kms_key_name"),
    parent=Ref("gcp.bigquery.dataset", Text("{project}.{dataset_id}")),
    origin=Ref("gcp.storage.bucket", Part("external_data_configuration[0].source_uris[0]", "/", 2)),
    facts={"type": "type"},
)

_topic = row(
    "pubsub_topic",
    "pubsub",
    region=f"{_ALLOWED}[0]",  # none is any region: not told
    key=key_of("kms_key_name"),
    copies=(Copies(items=f"{_ALLOWED}[1:]", region="@"),),
    facts={"enforced_in_transit": "message_storage_policy[0].enforce_in_transit || `false`"},
)


def _to(path: str) -> Copies:
    return Copies(items=path, role=Role.EXPORT, id="@")


_subscription = row(
    "pubsub_subscription",
    "pubsub",
    region="",
    copies=(
        _to("bigquery_config[].table"),
        _to("cloud_storage_config[].bucket"),
        _to("dead_letter_policy[].dead_letter_topic"),
        MORE_COPIES,  # the regions of its topic
    ),
    parent=Ref("gcp.pubsub.topic", "topic"),
)

_REPLICAS = "replication[0].user_managed[0].replicas"
_SECRET_KEY = "customer_managed_encryption[0].kms_key_name"

_secret = row(
    "secret_manager_secret",
    "secretmanager",
    "name",  # with the project's number, as the inventory names it
    label="secret_id",
    region=f"{_REPLICAS}[0].location",
    created="create_time",
    key=key_of(f"replication[0].auto[0].{_SECRET_KEY} || {_REPLICAS}[0].{_SECRET_KEY}"),
    copies=(Copies(items=f"{_REPLICAS}[1:]", region="location"),),
)

STORES: Mapping[str, tuple[Row, ...]] = {
    "gcp.sql.instance": (_sql,),
    "gcp.spanner.instance": (_spanner,),
    "gcp.spanner.database": (_spanner_database,),
    "gcp.firestore.database": (
        row(
            "firestore_database",
            "firestore",
            region="location_id",
            tags="",
            created="create_time",
            key=key_of("cmek_config[0].kms_key_name"),
            facts={"mode": "type", "point_in_time_recovery": "point_in_time_recovery_enablement"},
        ),
    ),
    "gcp.alloydb.cluster": (_alloydb,),
    "gcp.alloydb.backup": (
        row(
            "alloydb_backup",
            "alloydb",
            label="backup_id",
            created="create_time",
            key=key_of("encryption_config[0].kms_key_name"),
            origin=Ref("gcp.alloydb.cluster", "cluster_name"),
        ),
    ),
    "gcp.redis.instance": (
        row(
            "redis_instance",
            "redis",
            region="region",
            bytes=Size("memory_size_gb", GIB),
            created="create_time",
            key=key_of("customer_managed_key"),
            facts={"persistence": "persistence_config[0].persistence_mode"},
        ),
    ),
    "gcp.redis.cluster": (_redis_cluster,),
    "gcp.memcache.instance": (
        row("memcache_instance", "memcache", region="region", encrypted="", created="create_time"),
    ),
    "gcp.bigquery.dataset": (
        row(
            "bigquery_dataset",
            "bigquery",
            also=("id", Text("{project}.{dataset_id}"), Text("bq://{project}.{dataset_id}")),
            label="dataset_id",
            key=key_of("default_encryption_configuration[0].kms_key_name"),
        ),
    ),
    "gcp.bigquery.table": (_table,),
    "gcp.pubsub.topic": (_topic,),
    "gcp.pubsub.subscription": (_subscription,),
    "gcp.secretmanager.secret": (_secret,),
}
