"""The rest of a telling estate: databases, file systems, streams, queues, logs, vaults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .ground import ESCAPE, OUTSIDER, Ground, Rest, Shared, listed
from .rich import FRANKFURT, HEALTH_TAGS, PARIS, VIRGINIA, Yard, allow

_OUTSIDE = (Shared("account", OUTSIDER),)


def build(ground: Ground, accounts: Sequence[str]) -> None:
    """Everything this module knows, in the first three accounts."""
    yard = Yard(ground, *accounts[:3])
    for make in (_instances, _clusters, _tables, _table_backups, _file_systems, _fsx, _redshift,
                 _opensearch, _elasticache, _streams, _queues, _log_groups, _vaults,
                 _catalogue):  # fmt: skip
        ground.attempt(make.__name__[1:], lambda make=make: make(yard))


def _instances(yard: Yard) -> None:
    """A database in Paris, read in Virginia; its snapshot shared outside, copied to Frankfurt."""
    kms, rds = (yard.ground.client(yard.care, s, PARIS) for s in ("kms", "rds"))
    key = kms.create_key(Description="dpi")["KeyMetadata"]["Arn"]
    made = rds.create_db_instance(
        DBInstanceIdentifier="dpi-patients", DBInstanceClass="db.m5.large", AllocatedStorage=200,
        Engine="postgres", MasterUsername="u", MasterUserPassword="password1", KmsKeyId=key,
        StorageEncrypted=True, BackupRetentionPeriod=7, Tags=listed(HEALTH_TAGS),
    )["DBInstance"]["DBInstanceArn"]  # fmt: skip
    there = yard.ground.client(yard.care, "rds", VIRGINIA)
    replica = there.create_db_instance_read_replica(
        DBInstanceIdentifier="dpi-patients-lecture", SourceDBInstanceIdentifier=made,
        DBInstanceClass="db.m5.large",
    )["DBInstance"]["DBInstanceArn"]  # fmt: skip
    yard.note("aws.rds.db_instance", yard.care, VIRGINIA, replica, "dpi-patients-lecture",
              health=True, origin=made)  # fmt: skip
    yard.note("aws.rds.db_instance", yard.care, PARIS, made, "dpi-patients", health=True, key=key,
              copies=(Rest(VIRGINIA, yard.care),))  # fmt: skip
    _instance_snapshots(yard, rds, made, key)


def _instance_snapshots(yard: Yard, rds: Any, instance: str, key: str) -> None:
    name = "dpi-patients-avant-migration"
    arn = rds.create_db_snapshot(
        DBInstanceIdentifier="dpi-patients", DBSnapshotIdentifier=name, Tags=listed(HEALTH_TAGS)
    )["DBSnapshot"]["DBSnapshotArn"]
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier=name, AttributeName="restore", ValuesToAdd=[OUTSIDER]
    )
    yard.note("aws.rds.db_snapshot", yard.care, PARIS, arn, name, health=True, key=key,
              origin=instance, shares=_OUTSIDE)  # fmt: skip
    there = yard.ground.client(yard.care, "rds", FRANKFURT)
    copied = there.copy_db_snapshot(
        SourceDBSnapshotIdentifier=arn, TargetDBSnapshotIdentifier=f"{name}-copie",
        SourceRegion=PARIS,
    )["DBSnapshot"]["DBSnapshotArn"]  # fmt: skip
    yard.note("aws.rds.db_snapshot", yard.care, FRANKFURT, copied, f"{name}-copie", health=True,
              tags={}, origin=arn)  # fmt: skip


def _clusters(yard: Yard) -> None:
    """An Aurora cluster; its snapshot is open to everybody."""
    rds = yard.ground.client(yard.research, "rds", PARIS)
    arn = rds.create_db_cluster(
        DBClusterIdentifier="cohorte-omop", Engine="aurora-postgresql", MasterUsername="u",
        MasterUserPassword="password1", StorageEncrypted=True, Tags=listed(HEALTH_TAGS),
    )["DBCluster"]["DBClusterArn"]  # fmt: skip
    yard.note("aws.rds.db_cluster", yard.research, PARIS, arn, "cohorte-omop", health=True)
    snapshot = rds.create_db_cluster_snapshot(
        DBClusterIdentifier="cohorte-omop", DBClusterSnapshotIdentifier="cohorte-omop-gel",
        Tags=listed(HEALTH_TAGS),
    )["DBClusterSnapshot"]["DBClusterSnapshotArn"]  # fmt: skip
    rds.modify_db_cluster_snapshot_attribute(
        DBClusterSnapshotIdentifier="cohorte-omop-gel", AttributeName="restore", ValuesToAdd=["all"]
    )
    yard.note("aws.rds.db_cluster_snapshot", yard.research, PARIS, snapshot, "cohorte-omop-gel",
              health=True, shares=(Shared("public"),), origin=arn)  # fmt: skip


def _table(yard: Yard, account: str, name: str) -> tuple[Any, str]:
    dynamodb = yard.ground.client(account, "dynamodb", PARIS)
    made = dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", Tags=listed(HEALTH_TAGS),
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )  # fmt: skip
    return dynamodb, str(made["TableDescription"]["TableArn"])


def _tables(yard: Yard) -> None:
    """A table that is readable from outside; its replica is in `missing`, moto has none."""
    dynamodb, arn = _table(yard, yard.research, "genomics-vcf-index")
    policy = allow("dynamodb:GetItem", arn, OUTSIDER)
    dynamodb.put_resource_policy(ResourceArn=arn, Policy=policy)
    yard.note("aws.dynamodb.table", yard.research, PARIS, arn, "genomics-vcf-index", health=True,
              shares=_OUTSIDE)  # fmt: skip


def _table_backups(yard: Yard) -> None:
    dynamodb, arn = _table(yard, yard.care, "ordonnances")
    yard.note("aws.dynamodb.table", yard.care, PARIS, arn, "ordonnances", health=True)
    backup = dynamodb.create_backup(TableName="ordonnances", BackupName="ordonnances-mars")
    yard.note("aws.dynamodb.backup", yard.care, PARIS, backup["BackupDetails"]["BackupArn"],
              "ordonnances-mars", health=True, tags={}, origin=arn)  # fmt: skip


def _catalogue(yard: Yard) -> None:
    """A table whose columns are those of hospital stays, under a name that says nothing."""
    glue = yard.ground.client(yard.care, "glue", PARIS)
    glue.create_database(DatabaseInput={"Name": "lac"})
    columns = [{"Name": n, "Type": "string"} for n in ("ETA_NUM", "RSA_NUM", "NIR_ANO_17")]
    place = f"s3://lac-brut-{yard.care[-4:]}/t24/"
    told = {"Columns": columns, "Location": place}
    glue.create_table(DatabaseName="lac", TableInput={"Name": "t24", "StorageDescriptor": told})
    lake = yard.ground.client(yard.care, "lakeformation", PARIS)
    lake.create_lf_tag(TagKey="data-class", TagValues=["health-data", "public"])
    table = {"Table": {"DatabaseName": "lac", "Name": "t24"}}
    tag = {"TagKey": "data-class", "TagValues": ["health-data"]}
    lake.add_lf_tags_to_resource(Resource=table, LFTags=[tag])
    arn = f"arn:aws:glue:{PARIS}:{yard.care}:table/lac/t24"
    yard.note("aws.glue.table", yard.care, PARIS, arn, "t24", health=True,
              tags={"data-class": "health-data"})  # fmt: skip


def _file_systems(yard: Yard) -> None:
    """A file system that everybody may mount."""
    efs = yard.ground.client(yard.care, "efs", PARIS)
    tags = {**HEALTH_TAGS, "Name": "scanner-pacs"}
    made = efs.create_file_system(CreationToken="pacs", Encrypted=True, Tags=listed(tags))
    policy = allow("elasticfilesystem:ClientMount", made["FileSystemArn"], "*")
    efs.put_file_system_policy(FileSystemId=made["FileSystemId"], Policy=policy)
    yard.note("aws.efs.file_system", yard.care, PARIS, made["FileSystemArn"], made["FileSystemId"],
              health=True, tags=tags, shares=(Shared("public"),))  # fmt: skip


def _fsx(yard: Yard) -> None:
    made = yard.ground.client(yard.research, "fsx", FRANKFURT).create_file_system(
        FileSystemType="LUSTRE",
        StorageCapacity=1200,
        SubnetIds=["subnet-1"],
        Tags=listed(HEALTH_TAGS),
    )["FileSystem"]
    yard.note("aws.fsx.file_system", yard.research, FRANKFURT, made["ResourceARN"],
              made["FileSystemId"], health=True)  # fmt: skip


def _redshift(yard: Yard) -> None:
    """A warehouse whose snapshots go to Virginia."""
    redshift = yard.ground.client(yard.research, "redshift", PARIS)
    redshift.create_cluster(
        ClusterIdentifier="entrepot-pmsi", NodeType="ra3.xlplus", MasterUsername="u",
        MasterUserPassword="Password1", ClusterType="single-node", Encrypted=True,
        Tags=listed(HEALTH_TAGS),
    )  # fmt: skip
    there = yard.ground.client(yard.research, "redshift", VIRGINIA)
    there.create_snapshot_copy_grant(SnapshotCopyGrantName="pmsi")
    redshift.enable_snapshot_copy(
        ClusterIdentifier="entrepot-pmsi", DestinationRegion=VIRGINIA, SnapshotCopyGrantName="pmsi"
    )
    arn = f"arn:aws:redshift:{PARIS}:{yard.research}:cluster:entrepot-pmsi"
    yard.note("aws.redshift.cluster", yard.research, PARIS, arn, "entrepot-pmsi", health=True,
              copies=(Rest(VIRGINIA, yard.research, "snapshot"),))  # fmt: skip


def _opensearch(yard: Yard) -> None:
    arn = f"arn:aws:es:{PARIS}:{yard.care}:domain/comptes-rendus"
    yard.ground.client(yard.care, "opensearch", PARIS).create_domain(
        DomainName="comptes-rendus", AccessPolicies=allow("es:ESHttpGet", f"{arn}/*", OUTSIDER),
        EncryptionAtRestOptions={"Enabled": True}, TagList=listed(HEALTH_TAGS),
    )  # fmt: skip
    yard.note("aws.opensearch.domain", yard.care, PARIS, arn, "comptes-rendus", health=True,
              shares=_OUTSIDE)  # fmt: skip


def _elasticache(yard: Yard) -> None:
    made = yard.ground.client(yard.care, "elasticache", PARIS).create_replication_group(
        ReplicationGroupId="sessions-dpi", ReplicationGroupDescription="sessions", Engine="redis",
        CacheNodeType="cache.t3.micro", AtRestEncryptionEnabled=True, Tags=listed({"env": "prod"}),
    )["ReplicationGroup"]  # fmt: skip
    yard.note("aws.elasticache.replication_group", yard.care, PARIS, made["ARN"], "sessions-dpi",
              tags={"env": "prod"})  # fmt: skip


def _streams(yard: Yard) -> None:
    kinesis = yard.ground.client(yard.care, "kinesis", PARIS)
    kinesis.create_stream(StreamName="constantes-reanimation", ShardCount=1)
    tags = {**HEALTH_TAGS, "note": ESCAPE}
    kinesis.add_tags_to_stream(StreamName="constantes-reanimation", Tags=tags)
    arn = f"arn:aws:kinesis:{PARIS}:{yard.care}:stream/constantes-reanimation"
    kinesis.put_resource_policy(ResourceARN=arn, Policy=allow("kinesis:GetRecords", arn, OUTSIDER))
    yard.note("aws.kinesis.stream", yard.care, PARIS, arn, "constantes-reanimation", health=True,
              tags=tags, shares=_OUTSIDE)  # fmt: skip


def _queues(yard: Yard) -> None:
    arn = f"arn:aws:sqs:{PARIS}:{yard.care}:resultats-labo-hl7"
    yard.ground.client(yard.care, "sqs", PARIS).create_queue(
        QueueName="resultats-labo-hl7", tags=HEALTH_TAGS,
        Attributes={"Policy": allow("sqs:ReceiveMessage", arn, OUTSIDER)},
    )  # fmt: skip
    yard.note("aws.sqs.queue", yard.care, PARIS, arn, "resultats-labo-hl7", health=True,
              shares=_OUTSIDE)  # fmt: skip


def _log_groups(yard: Yard) -> None:
    name = "/hopital/dpi/acces"
    logs = yard.ground.client(yard.seat, "logs", VIRGINIA)
    logs.create_log_group(logGroupName=name, tags={"env": "prod"})
    arn = f"arn:aws:logs:{VIRGINIA}:{yard.seat}:log-group:{name}"
    yard.note("aws.logs.log_group", yard.seat, VIRGINIA, arn, name, tags={"env": "prod"})


def _vaults(yard: Yard) -> None:
    made = yard.ground.client(yard.care, "backup", VIRGINIA).create_backup_vault(
        BackupVaultName="sauvegardes-hors-site", BackupVaultTags=HEALTH_TAGS
    )
    yard.note("aws.backup.vault", yard.care, VIRGINIA, made["BackupVaultArn"],
              "sauvegardes-hors-site", health=True)  # fmt: skip
