"""A large plain estate for measuring: the same composition for every account and region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from .ground import HEALTH, PLAIN, Ground, Made, listed, tags_of

_HEALTH_SHARE = 0.35


def build(
    ground: Ground, accounts: Sequence[str], regions: Sequence[str], *, buckets: int, each: int
) -> None:
    """`buckets` per account; per region `each` RDS, DynamoDB, EBS, snapshots; half as many EFS."""
    for account in accounts:  # in turn: moto draws ids from one seeded generator
        for region in regions:
            _wake(ground, account, region)
    ground.post(f"seed?a={ground.seed}")
    for account in accounts:
        for region in regions:
            _regional(ground, account, region, each)
        _buckets(ground, account, regions, buckets)


def _wake(ground: Ground, account: str, region: str) -> None:
    """moto draws ids for default networks when a region is first asked."""
    ground.client(account, "ec2", region).describe_volumes()
    ground.client(account, "efs", region).describe_file_systems()
    ground.client(account, "rds", region).describe_db_instances()


def _regional(ground: Ground, account: str, region: str, each: int) -> None:
    dice = ground.dice(account, region)
    for number in range(each):
        makers: list[Callable[..., None]] = [_database, _table, _volume]
        makers += [_file_system] if number % 2 == 0 else []
        for make in makers:
            health = dice.random() < _HEALTH_SHARE
            name = f"{dice.choice(HEALTH if health else PLAIN)}-{make.__name__[1:4]}-{number}"
            tags = tags_of(dice, health)
            note = partial(_note, ground, account, region, health, tags)
            make(partial(ground.client, account), region, name, tags, note, dice)


def _note(
    ground: Ground,
    account: str,
    region: str,
    health: bool,
    tags: Any,
    kind: str,
    arn: str,
    name: str,
) -> None:
    ground.made.append(
        Made(kind=kind, account=account, region=region, id=arn, name=name, health=health, tags=tags)
    )


def _database(client: Any, region: str, name: str, tags: Any, note: Any, dice: Any) -> None:
    rds = client("rds", region)
    made = rds.create_db_instance(
        DBInstanceIdentifier=name, DBInstanceClass="db.t3.medium", AllocatedStorage=20,
        Engine=dice.choice(("postgres", "mysql")), MasterUsername="u",
        MasterUserPassword="password1", StorageEncrypted=dice.random() < 0.7, Tags=listed(tags),
    )["DBInstance"]  # fmt: skip
    note("aws.rds.db_instance", made["DBInstanceArn"], name)
    snapshot = rds.create_db_snapshot(
        DBInstanceIdentifier=name, DBSnapshotIdentifier=f"{name}-snap", Tags=listed(tags)
    )["DBSnapshot"]
    note("aws.rds.db_snapshot", snapshot["DBSnapshotArn"], f"{name}-snap")


def _table(client: Any, region: str, name: str, tags: Any, note: Any, dice: Any) -> None:
    made = client("dynamodb", region).create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", Tags=listed(tags),
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )["TableDescription"]  # fmt: skip
    note("aws.dynamodb.table", made["TableArn"], name)


def _volume(client: Any, region: str, name: str, tags: Any, note: Any, dice: Any) -> None:
    ec2 = client("ec2", region)
    tags["Name"] = name
    volume = ec2.create_volume(
        AvailabilityZone=f"{region}a", Size=dice.choice((8, 100, 500)),
        Encrypted=dice.random() < 0.6,
        TagSpecifications=[{"ResourceType": "volume", "Tags": listed(tags)}],
    )["VolumeId"]  # fmt: skip
    snapshot = ec2.create_snapshot(
        VolumeId=volume, Description=name,
        TagSpecifications=[{"ResourceType": "snapshot", "Tags": listed(tags)}],
    )["SnapshotId"]  # fmt: skip
    account = note.args[1]
    note("aws.ec2.volume", f"arn:aws:ec2:{region}:{account}:volume/{volume}", volume)
    note("aws.ec2.snapshot", f"arn:aws:ec2:{region}::snapshot/{snapshot}", snapshot)


def _file_system(client: Any, region: str, name: str, tags: Any, note: Any, dice: Any) -> None:
    tags["Name"] = name
    made = client("efs", region).create_file_system(
        CreationToken=name, Encrypted=dice.random() < 0.6, Tags=listed(tags)
    )
    note("aws.efs.file_system", made["FileSystemArn"], made["FileSystemId"])


def _buckets(ground: Ground, account: str, regions: Sequence[str], count: int) -> None:
    dice, s3 = ground.dice(account, "s3"), ground.client(account, "s3")
    for number in range(count):
        health = dice.random() < _HEALTH_SHARE
        region = regions[number % len(regions)]
        name = f"{dice.choice(HEALTH if health else PLAIN)}-{account[-4:]}-{number:04d}"
        make_bucket(s3, name, region)
        tags = tags_of(dice, health) if dice.random() < 0.8 else {}
        if tags:
            s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": listed(tags)})
        if dice.random() < 0.5:
            encrypt(s3, name, {"SSEAlgorithm": "AES256"})
        _note(ground, account, region, health, tags, "aws.s3.bucket", f"arn:aws:s3:::{name}", name)


def make_bucket(s3: Any, name: str, region: str) -> None:
    """A bucket in a region; us-east-1 is said by saying nothing."""
    where = {} if region == "us-east-1" else {"LocationConstraint": region}
    s3.create_bucket(Bucket=name, **({"CreateBucketConfiguration": where} if where else {}))


def encrypt(s3: Any, name: str, default: dict[str, str]) -> None:
    """The bucket's default encryption."""
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration=rules)
