"""The truth that the estate tells is what the emulated cloud answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .estate import REGIONS, Estate, build, running
from .ground import HOSTILE, MANAGEMENT, OUTSIDER, Ground, Rest, Shared


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with running() as endpoint:
        yield Ground(endpoint)


@pytest.fixture(scope="module")
def estate(ground: Ground) -> Estate:
    built = build(ground.endpoint)
    ground.start_sessions()
    return built


def _buckets(ask: Callable[[str], Any], region: str) -> set[str]:
    s3 = ask("s3")
    names = (b["Name"] for b in s3.list_buckets()["Buckets"])
    where = {
        n: s3.get_bucket_location(Bucket=n)["LocationConstraint"] or "us-east-1" for n in names
    }
    return {name for name, place in where.items() if place == region}


LISTINGS: dict[str, Callable[[Callable[[str], Any], str], set[str]]] = {
    "aws.s3.bucket": _buckets,
    "aws.ec2.volume": lambda ask, _: {
        v["VolumeId"] for v in ask("ec2").describe_volumes()["Volumes"]
    },
    "aws.ec2.snapshot": lambda ask, _: {
        s["SnapshotId"] for s in ask("ec2").describe_snapshots(OwnerIds=["self"])["Snapshots"]
    },
    "aws.rds.db_instance": lambda ask, _: {
        d["DBInstanceIdentifier"] for d in ask("rds").describe_db_instances()["DBInstances"]
    },
    "aws.rds.db_snapshot": lambda ask, _: {
        d["DBSnapshotIdentifier"]
        for d in ask("rds").describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
    },
    "aws.efs.file_system": lambda ask, _: {
        f["FileSystemId"] for f in ask("efs").describe_file_systems()["FileSystems"]
    },
    "aws.dynamodb.table": lambda ask, _: set(ask("dynamodb").list_tables()["TableNames"]),
    "aws.kinesis.stream": lambda ask, _: set(ask("kinesis").list_streams()["StreamNames"]),
    "aws.redshift.cluster": lambda ask, _: {
        c["ClusterIdentifier"] for c in ask("redshift").describe_clusters()["Clusters"]
    },
}


@pytest.mark.parametrize("kind", LISTINGS)
def test_the_cloud_lists_what_the_truth_tells(ground: Ground, estate: Estate, kind: str) -> None:
    for account in estate.accounts:
        for region in REGIONS:
            told = {
                m.name
                for m in estate.stores
                if (m.kind, m.account, m.region) == (kind, account, region)
            }
            found = LISTINGS[kind](lambda s, a=account, r=region: ground.client(a, s, r), region)  # type: ignore[misc]
            assert found == told, (account, region)


def test_nothing_was_left_out(estate: Estate) -> None:
    assert estate.skipped == ()


def test_every_store_has_an_id_of_its_own(estate: Estate) -> None:
    assert len({m.id for m in estate.stores}) == len(estate.stores) > 130


def test_the_organisation_has_units_and_a_suspended_account(ground: Ground, estate: Estate) -> None:
    client = ground.client(MANAGEMENT, "organizations")
    states = {a["Id"]: a["Status"] for a in client.list_accounts()["Accounts"]}
    assert {a for a, s in states.items() if s == "SUSPENDED"} == set(estate.suspended)
    assert {a for a, s in states.items() if s == "ACTIVE"} == set(estate.accounts)
    below = client.list_accounts_for_parent(ParentId=estate.units["recherche"])["Accounts"]
    assert [a["Id"] for a in below] == [estate.accounts[2]]
    assert OUTSIDER not in states


def test_copies_and_shares_are_told(estate: Estate) -> None:
    seat, care, _ = estate.accounts
    patients = next(m for m in estate.stores if m.name.startswith("dossiers-patients"))
    assert set(patients.copies) == {
        Rest("eu-central-1", seat), Rest("us-east-1", care), Rest("us-east-1", seat, "inventory")
    }  # fmt: skip
    assert patients.key.startswith("arn:aws:kms:eu-west-3:")
    shared = {m.kind for m in estate.stores if Shared("account", OUTSIDER) in m.shares}
    assert {"aws.s3.bucket", "aws.ec2.snapshot", "aws.rds.db_snapshot", "aws.sqs.queue"} <= shared
    public = {m.kind for m in estate.stores if m.public}
    assert {"aws.s3.bucket", "aws.ec2.snapshot", "aws.rds.db_cluster_snapshot"} <= public


def test_hostile_tags_arrive_as_they_were_written(ground: Ground, estate: Estate) -> None:
    made = next(m for m in estate.stores if "formula" in m.tags)
    ec2 = ground.client(made.account, "ec2", made.region)
    volume = ec2.describe_volumes(VolumeIds=[made.name])["Volumes"][0]
    found = {t["Key"]: t["Value"] for t in volume["Tags"]}
    # XML itself makes one newline of a carriage return and a newline
    assert found == {k: v.replace("\r\n", "\n") for k, v in made.tags.items()}
    assert HOSTILE["html"] in found.values()


def test_the_same_seed_gives_the_same_estate(ground: Ground) -> None:
    with running() as endpoint:
        first, again, other = (
            build(endpoint, regions=REGIONS[:1], accounts=2, telling=False, seed=seed).stores
            for seed in (3, 3, 4)
        )
    assert first == again != other
