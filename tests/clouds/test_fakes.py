"""Real boto3 clients accept the fakes, in every protocol."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from .fakes import Call, Fakes, Pages, Refusal

WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
FHIR = [
    {"DatastoreId": f"{n:032x}", "DatastoreArn": f"arn:aws:healthlake:eu-west-3:1:datastore/{n}",
     "DatastoreStatus": "ACTIVE", "DatastoreTypeVersion": "R4", "CreatedAt": WHEN,
     "DatastoreEndpoint": "https://x"}
    for n in range(3)
]  # fmt: skip
VOLUME = {"VolumeId": "vol-1", "Size": 8, "Encrypted": True, "CreateTime": WHEN}


def _tagged(call: Call) -> Any:
    if call.params["ResourceARN"] == "arn:none":
        return Refusal("ResourceNotFoundException")
    return {"Tags": [{"Key": "region", "Value": call.region}]}


REPLIES: dict[Any, Any] = {
    ("healthlake", "ListFHIRDatastores"): Pages(
        [{"DatastorePropertiesList": FHIR[:2]}, {"DatastorePropertiesList": FHIR[2:]}]
    ),
    ("healthlake", "ListTagsForResource"): _tagged,
    ("medical-imaging", "ListDatastores"): Pages(
        [
            {"datastoreSummaries": [{"datastoreId": "a" * 32, "datastoreName": "irm",
                                     "datastoreStatus": "ACTIVE", "createdAt": WHEN}]},
            {"datastoreSummaries": []},
        ]
    ),
    ("omics", "ListSequenceStores"): {
        "sequenceStores": [{"arn": "arn:x", "id": "1234567890", "creationTime": WHEN}]
    },
    ("backup", "ListRecoveryPointsByBackupVault"): {
        "RecoveryPoints": [{"RecoveryPointArn": "arn:rp", "BackupSizeInBytes": 2**40,
                            "CreationDate": WHEN, "IsEncrypted": True}]
    },
    ("redshift", "DescribeClusters"): Pages(
        [{"Clusters": [{"ClusterIdentifier": "a", "TotalStorageCapacityInMegaBytes": 400_000,
                        "ClusterCreateTime": WHEN}]},
         {"Clusters": [{"ClusterIdentifier": "b"}]}]
    ),
    ("redshift", "DescribeLoggingStatus"): Refusal("ClusterNotFound"),
    ("ec2", "DescribeVolumes"): Pages([{"Volumes": [VOLUME]}, {"Volumes": []}]),
    ("ec2", "DescribeRegions"): Refusal("UnauthorizedOperation"),
    ("s3", "GetBucketReplication"): {
        "ReplicationConfiguration": {
            "Role": "r", "Rules": [{"Status": "Enabled", "Destination": {"Bucket": "arn:b"}}]
        }
    },
    ("s3", "GetBucketTagging"): Refusal("NoSuchTagSet"),
    ("cloudwatch", "GetMetricData"): {
        "MetricDataResults": [{"Id": "a", "Values": [1.5], "Timestamps": [WHEN]}]
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def fakes() -> Iterator[Fakes]:
    with Fakes(REPLIES) as server:
        yield server


def _client(fakes: Fakes, service: str, validate: bool = True) -> Any:
    return boto3.client(
        service, region_name="eu-west-3", endpoint_url=fakes.url,
        aws_access_key_id="k", aws_secret_access_key="s",
        config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False,
                      parameter_validation=validate),
    )  # fmt: skip


# service, method, arguments, a path to a value, the value
ANSWERS = [
    ("omics", "list_sequence_stores", {}, ("sequenceStores", 0, "creationTime"), WHEN),
    ("backup", "list_recovery_points_by_backup_vault", {"BackupVaultName": "v"},
     ("RecoveryPoints", 0, "BackupSizeInBytes"), 2**40),
    ("backup", "list_recovery_points_by_backup_vault", {"BackupVaultName": "v"},
     ("RecoveryPoints", 0, "CreationDate"), WHEN),
    ("healthlake", "list_tags_for_resource",
     {"ResourceARN": f"arn:aws:healthlake:eu-west-3:123456789012:datastore/fhir/{'a' * 32}"},
     ("Tags", 0, "Value"), "eu-west-3"),
    ("s3", "get_bucket_replication", {"Bucket": "patients"},
     ("ReplicationConfiguration", "Rules", 0, "Destination", "Bucket"), "arn:b"),
    ("cloudwatch", "get_metric_data",
     {"MetricDataQueries": [], "StartTime": WHEN, "EndTime": WHEN},
     ("MetricDataResults", 0, "Timestamps", 0), WHEN),
]  # fmt: skip


@pytest.mark.parametrize(("service", "method", "given", "path", "value"), ANSWERS)
def test_an_answer_arrives(
    fakes: Fakes, service: str, method: str, given: Any, path: Any, value: Any
) -> None:
    found = getattr(_client(fakes, service), method)(**given)
    for step in path:
        found = found[step]
    assert found == value


# service, method, the pages' key, how many rows in all
PAGED = [
    ("medical-imaging", "list_datastores", "datastoreSummaries", 1),
    ("redshift", "describe_clusters", "Clusters", 2),
    ("ec2", "describe_volumes", "Volumes", 1),
]


@pytest.mark.parametrize(("service", "method", "key", "rows"), PAGED)
def test_pages_follow_by_the_models_own_tokens(
    fakes: Fakes, service: str, method: str, key: str, rows: int
) -> None:
    pages = list(_client(fakes, service).get_paginator(method).paginate())
    assert (len(pages), sum(len(p.get(key) or ()) for p in pages)) == (2, rows)


def test_pages_follow_where_botocore_has_no_paginator(fakes: Fakes) -> None:
    client = _client(fakes, "healthlake")
    first = client.list_fhir_datastores()
    second = client.list_fhir_datastores(NextToken=first["NextToken"])
    assert [len(p["DatastorePropertiesList"]) for p in (first, second)] == [2, 1]
    assert "NextToken" not in second


# service, method, arguments, the error's code
REFUSED = [
    ("redshift", "describe_logging_status", {"ClusterIdentifier": "c"}, "ClusterNotFound"),
    ("ec2", "describe_regions", {}, "UnauthorizedOperation"),
    ("s3", "get_bucket_tagging", {"Bucket": "b"}, "NoSuchTagSet"),
    ("omics", "list_reference_stores", {}, "UnknownOperationException"),
    (
        "healthlake",
        "list_tags_for_resource",
        {"ResourceARN": "arn:none"},
        "ResourceNotFoundException",
    ),
    ("healthlake", "list_tags_for_resource", {}, "ValidationException"),
    ("fsx", "describe_backups", {}, "UnknownOperationException"),
    ("elasticache", "describe_cache_clusters", {}, "InvalidAction"),
    ("s3", "get_bucket_policy", {"Bucket": "b"}, "NotImplemented"),
]


@pytest.mark.parametrize(("service", "method", "given", "code"), REFUSED)
def test_a_refusal_is_told_in_the_protocols_own_terms(
    fakes: Fakes, service: str, method: str, given: Any, code: str
) -> None:
    with pytest.raises(ClientError) as refused:
        getattr(_client(fakes, service, validate=False), method)(**given)
    assert refused.value.response["Error"]["Code"] == code


def test_what_is_not_given_goes_to_the_cloud_behind(fakes: Fakes) -> None:
    with Fakes(
        {("omics", "ListReferenceStores"): {"referenceStores": []}}, behind=fakes.url
    ) as front:
        client = _client(front, "omics")
        assert client.list_reference_stores()["referenceStores"] == []
        assert client.list_sequence_stores()["sequenceStores"][0]["id"] == "1234567890"
