"""What moto lacks, as fakes in front of it: then an audit of the estate can be whole.

replies, stores = whole(estate)
with Fakes(replies, behind=estate.endpoint) as cloud:   # ask cloud.url
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from .estate import Estate
from .fakes import Call, Pages, Refusal, Replies, Reply
from .ground import OUTSIDER, Made, Rest, Shared
from .rich import HEALTH_TAGS, IRELAND, PARIS, VIRGINIA, allow

_WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
_TAGS = {"data-class": "sante", "env": "prod"}
_PAIRS = [{"Key": key, "Value": value} for key, value in _TAGS.items()]


def whole(estate: Estate) -> tuple[Replies, tuple[Made, ...]]:
    """Replies for what moto cannot answer, and the truth with what they add."""
    _, care, research = estate.accounts[:3]
    replies: dict[tuple[str, str], Any] = {**_nothing()}
    added: list[Made] = []
    for part, account in ((_health, care), (_imaging, care), (_genomes, research), (_points, care)):
        said, made = part(account)
        replies.update(said)
        added.append(made)
    replies["redshift", "DescribeClusters"] = _warehouse(research)
    kept = {m.id: m for m in estate.stores}
    for store in estate.stores:
        if store.tags.get("Name") == "scanner-pacs" or store.name == "genomics-vcf-index":
            kept[store.id] = replace(store, copies=(Rest(VIRGINIA, store.account),))
    pacs = next(m for m in estate.stores if m.tags.get("Name") == "scanner-pacs")
    replies["efs", "DescribeReplicationConfigurations"] = _file_replicas(pacs)
    replies["dynamodb", "DescribeTable"] = _table_replicas
    return replies, (*kept.values(), *added)


def _nothing() -> dict[tuple[str, str], Reply]:
    """Questions whose answer is that there is none."""
    return {
        ("rds", "DescribeDBClusterAutomatedBackups"): {"DBClusterAutomatedBackups": []},
        ("elasticache", "DescribeGlobalReplicationGroups"): Refusal(
            "GlobalReplicationGroupNotFoundFault"
        ),
        ("redshift", "DescribeDataSharesForProducer"): {"DataShares": []},
        ("redshift", "DescribeLoggingStatus"): {"LoggingEnabled": False},
        ("healthlake", "ListFHIRExportJobs"): {"ExportJobPropertiesList": []},
        ("healthlake", "ListTagsForResource"): {"Tags": _PAIRS},
        ("medical-imaging", "ListTagsForResource"): {"tags": _TAGS},
        ("omics", "ListTagsForResource"): {"tags": _TAGS},
        ("omics", "ListReferenceStores"): {"referenceStores": []},
        ("omics", "ListVariantStores"): {"variantStores": []},
        ("omics", "ListAnnotationStores"): {"annotationStores": []},
        ("omics", "ListShares"): {"shares": []},
        ("backup", "GetBackupVaultAccessPolicy"): Refusal("ResourceNotFoundException"),
    }


def _only(account: str, region: str, there: Reply, elsewhere: Reply) -> Callable[[Call], Reply]:
    """A reply in one place, another everywhere else."""
    return lambda call: there if (call.account, call.region) == (account, region) else elsewhere


Part = tuple[Mapping[tuple[str, str], Any], Made]


def _health(care: str) -> Part:
    arn = f"arn:aws:healthlake:{IRELAND}:{care}:datastore/fhir/{'a' * 32}"
    row = {
        "DatastoreId": "a" * 32, "DatastoreArn": arn, "DatastoreName": "dossier-fhir",
        "DatastoreStatus": "ACTIVE", "CreatedAt": _WHEN, "DatastoreTypeVersion": "R4",
        "DatastoreEndpoint": "https://example.org/r4/",
        "SseConfiguration": {"KmsEncryptionConfig": {"CmkType": "AWS_OWNED_KMS_KEY"}},
    }  # fmt: skip
    pages = Pages([{"DatastorePropertiesList": [row]}, {"DatastorePropertiesList": []}])
    listing = _only(care, IRELAND, pages, {"DatastorePropertiesList": []})
    made = Made(kind="aws.healthlake.fhir_datastore", account=care, region=IRELAND, id=arn,
                name="dossier-fhir", health=True, tags=_TAGS)  # fmt: skip
    return {("healthlake", "ListFHIRDatastores"): listing}, made


def _imaging(care: str) -> Part:
    arn = f"arn:aws:medical-imaging:{VIRGINIA}:{care}:datastore/{'b' * 32}"
    row = {
        "datastoreId": "b" * 32, "datastoreArn": arn, "datastoreName": "irm-pediatrie",
        "datastoreStatus": "ACTIVE", "createdAt": _WHEN,
    }  # fmt: skip
    listing = _only(care, VIRGINIA, {"datastoreSummaries": [row]}, {"datastoreSummaries": []})
    made = Made(kind="aws.medical_imaging.datastore", account=care, region=VIRGINIA, id=arn,
                name="irm-pediatrie", health=True, tags=_TAGS)  # fmt: skip
    detail = {"datastoreProperties": row}
    return {
        ("medical-imaging", "ListDatastores"): listing,
        ("medical-imaging", "GetDatastore"): detail,
    }, made


def _genomes(research: str) -> Part:
    """A sequence store whose access point lets an outsider read."""
    arn = f"arn:aws:omics:{IRELAND}:{research}:sequenceStore/1234567890"
    row = {"arn": arn, "id": "1234567890", "name": "exomes", "creationTime": _WHEN}
    point = f"arn:aws:s3:{IRELAND}:{research}:accesspoint/1234567890"
    policy = allow("s3:GetObject", f"{point}/object/*", OUTSIDER)
    listing = _only(research, IRELAND, {"sequenceStores": [row]}, {"sequenceStores": []})
    made = Made(kind="aws.omics.sequence_store", account=research, region=IRELAND, id=arn,
                name="exomes", health=True, tags=_TAGS,
                shares=(Shared("account", OUTSIDER),))  # fmt: skip
    return {
        ("omics", "ListSequenceStores"): listing,
        ("omics", "GetSequenceStore"): {**row, "s3Access": {"s3AccessPointArn": point}},
        ("omics", "GetS3AccessPolicy"): {"s3AccessPolicy": policy, "s3AccessPointArn": point},
    }, made


def _points(care: str) -> Part:
    """A backup of the Paris database, in the vault in Virginia."""
    source = f"arn:aws:rds:{PARIS}:{care}:db:dpi-patients"
    vault = f"arn:aws:backup:{VIRGINIA}:{care}:backup-vault:sauvegardes-hors-site"
    arn = f"arn:aws:rds:{VIRGINIA}:{care}:snapshot:awsbackup:job-1"
    row = {
        "RecoveryPointArn": arn, "BackupVaultName": "sauvegardes-hors-site",
        "BackupVaultArn": vault, "ResourceArn": source, "ResourceType": "RDS",
        "Status": "COMPLETED", "CreationDate": _WHEN, "BackupSizeInBytes": 2**33,
        "IsEncrypted": True, "ResourceName": "dpi-patients",
    }  # fmt: skip
    pages = Pages([{"RecoveryPoints": []}, {"RecoveryPoints": [row]}])
    listing = _only(care, VIRGINIA, pages, {"RecoveryPoints": []})
    made = Made(kind="aws.backup.recovery_point", account=care, region=VIRGINIA,
                id=f"{vault}/{arn}", name="dpi-patients", health=True, origin=source)  # fmt: skip
    return {("backup", "ListRecoveryPointsByBackupVault"): listing}, made


def _warehouse(research: str) -> Callable[[Call], Reply]:
    """moto's cluster has no namespace, by which AWS tells its data shares."""
    where = f"arn:aws:redshift:{PARIS}:{research}:namespace:c0ffee00-0000-4000-8000-000000000000"
    row = {
        "ClusterIdentifier": "entrepot-pmsi", "ClusterNamespaceArn": where, "Encrypted": True,
        "ClusterCreateTime": _WHEN, "TotalStorageCapacityInMegaBytes": 2**20,
        "ClusterSnapshotCopyStatus": {"DestinationRegion": VIRGINIA, "RetentionPeriod": 7},
        "Tags": [{"Key": key, "Value": value} for key, value in HEALTH_TAGS.items()],
    }  # fmt: skip
    return _only(research, PARIS, Pages([{"Clusters": [row]}]), {"Clusters": []})


def _file_replicas(pacs: Made) -> Callable[[Call], Reply]:
    def reply(call: Call) -> Reply:
        if call.params.get("FileSystemId") != pacs.name:
            return Refusal("ReplicationNotFound")
        there = {"Status": "ENABLED", "FileSystemId": "fs-0a", "Region": VIRGINIA}
        found = {
            "SourceFileSystemId": pacs.name, "SourceFileSystemRegion": pacs.region,
            "SourceFileSystemArn": pacs.id, "OriginalSourceFileSystemArn": pacs.id,
            "CreationTime": _WHEN, "Destinations": [{**there, "OwnerId": pacs.account}],
        }  # fmt: skip
        return {"Replications": [found]}

    return reply


def _table_replicas(call: Call) -> Reply | None:
    """Only of the table that has one; every other is left to moto."""
    name = str(call.params.get("TableName"))
    if name != "genomics-vcf-index":
        return None
    arn = f"arn:aws:dynamodb:{call.region}:{call.account}:table/{name}"
    replicas = [{"RegionName": VIRGINIA, "ReplicaStatus": "ACTIVE"}]
    told = {"TableName": name, "TableArn": arn, "TableStatus": "ACTIVE", "TableSizeBytes": 1024}
    return {"Table": {**told, "CreationDateTime": _WHEN, "Replicas": replicas}}
