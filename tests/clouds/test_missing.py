"""What moto lacks is answered in front of it, and adds to the truth what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from .estate import Estate, build, running
from .fakes import Fakes
from .ground import MANAGEMENT, Made, Rest
from .missing import whole

Cloud = tuple[Estate, tuple[Made, ...], Fakes]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with running() as endpoint:
        estate = build(endpoint, buckets=0, each=0)
        replies, stores = whole(estate)
        with Fakes(replies, behind=endpoint) as fakes:
            yield estate, stores, fakes


def _client(cloud: Cloud, account: str, service: str, region: str) -> Any:
    """A client with an account's role, taken through the fakes: so they learn whose key it is."""
    config = Config(inject_host_prefix=False, retries={"total_max_attempts": 1})
    given = {"endpoint_url": cloud[2].url, "config": config}
    seat = boto3.Session(MANAGEMENT, "test", region_name="us-east-1")
    if account == MANAGEMENT:
        return seat.client(service, region_name=region, **given)
    role = f"arn:aws:iam::{account}:role/audit"
    lent = seat.client("sts", **given).assume_role(RoleArn=role, RoleSessionName="test")
    keys = lent["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    return session.client(service, region_name=region, **given)


LISTINGS = [
    ("aws.healthlake.fhir_datastore", "healthlake", "list_fhir_datastores",
     "DatastorePropertiesList", "DatastoreArn"),
    ("aws.medical_imaging.datastore", "medical-imaging", "list_datastores", "datastoreSummaries",
     "datastoreArn"),
    ("aws.omics.sequence_store", "omics", "list_sequence_stores", "sequenceStores", "arn"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "service", "method", "rows", "arn"), LISTINGS)
def test_a_store_is_listed_where_the_truth_says_and_nowhere_else(
    cloud: Cloud, kind: str, service: str, method: str, rows: str, arn: str
) -> None:
    estate, stores, _ = cloud
    made = next(m for m in stores if m.kind == kind)
    for account in estate.accounts:
        for region in (made.region, "eu-west-2"):
            found = getattr(_client(cloud, account, service, region), method)()[rows]
            here = (account, region) == (made.account, made.region)
            assert [row[arn] for row in found] == ([made.id] if here else [])


def test_the_vault_holds_its_recovery_point_on_the_second_page(cloud: Cloud) -> None:
    _, stores, _ = cloud
    made = next(m for m in stores if m.kind == "aws.backup.recovery_point")
    client = _client(cloud, made.account, "backup", made.region)
    pages = client.get_paginator("list_recovery_points_by_backup_vault").paginate(
        BackupVaultName="sauvegardes-hors-site"
    )
    found = [p for page in pages for p in page["RecoveryPoints"]]
    assert [f"{p['BackupVaultArn']}/{p['RecoveryPointArn']}" for p in found] == [made.id]


def test_replicas_are_told_of_the_stores_that_have_them(cloud: Cloud) -> None:
    estate, stores, _ = cloud
    table = next(m for m in stores if m.name == "genomics-vcf-index")
    dynamodb = _client(cloud, table.account, "dynamodb", table.region)
    told = dynamodb.describe_table(TableName=table.name)["Table"]["Replicas"]
    assert [Rest(r["RegionName"], table.account) for r in told] == list(table.copies)
    plain = _client(cloud, estate.accounts[1], "dynamodb", table.region)
    assert "Replicas" not in plain.describe_table(TableName="ordonnances")["Table"]
