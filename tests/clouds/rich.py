"""What makes an estate telling: copies elsewhere, shares, public stores, keys, hostile tags."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .ground import HOSTILE, OUTSIDER, Ground, Made, Rest, Shared, listed
from .plain import encrypt, make_bucket

PARIS, FRANKFURT, VIRGINIA, IRELAND = "eu-west-3", "eu-central-1", "us-east-1", "eu-west-1"
_EVERYBODY = Shared("public")
HEALTH_TAGS = {"data-class": "sante", "env": "prod", "team": "clinical"}
_ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"


@dataclass(frozen=True, slots=True)
class Yard:
    """The three accounts that are open, in the order of the organisation."""

    ground: Ground
    seat: str  # the management account
    care: str
    research: str

    def note(self, kind: str, account: str, region: str, arn: str, name: str, **more: Any) -> None:
        """Keep what was made."""
        tags = more.pop("tags", HEALTH_TAGS if more.get("health") else {})
        self.ground.made.append(
            Made(kind=kind, account=account, region=region, id=arn, name=name, tags=tags, **more)
        )


def build(ground: Ground, accounts: Sequence[str]) -> None:
    """Everything this module knows, in the first three accounts."""
    yard = Yard(ground, *accounts[:3])
    for make in (_keys_and_buckets, _public_buckets, _shared_buckets, _volumes, _hostile_volumes,
                 _snapshots):  # fmt: skip
        ground.attempt(make.__name__[1:], lambda make=make: make(yard))


def allow(actions: str, resource: str, *principals: str) -> str:
    """A resource policy that lets accounts in, or everybody (`*`)."""
    named = [p if p == "*" else f"arn:aws:iam::{p}:root" for p in principals]
    who: Any = "*" if named == ["*"] else {"AWS": named}
    statement = {"Effect": "Allow", "Principal": who, "Action": actions, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


# ---------------------------------------------------------------------- S3


def _keys_and_buckets(yard: Yard) -> None:
    """Patients in Paris under their own key; replicas in Frankfurt and in another's Virginia."""
    s3, kms = yard.ground.client(yard.seat, "s3"), yard.ground.client(yard.seat, "kms", PARIS)
    key = kms.create_key(Description="patients", MultiRegion=True)["KeyMetadata"]["Arn"]
    kms.replicate_key(KeyId=key.rpartition("/")[2], ReplicaRegion=VIRGINIA)  # moto: no ARN
    near, far, logs = (f"patients-{w}-{yard.seat[-4:]}" for w in ("replica", "offsite", "journaux"))
    for account, name, region in (
        (yard.seat, near, FRANKFURT), (yard.care, far, VIRGINIA), (yard.seat, logs, VIRGINIA)
    ):  # fmt: skip
        there = yard.ground.client(account, "s3")
        make_bucket(there, name, region)
        _version(there, name)
        arn, health = f"arn:aws:s3:::{name}", name != logs
        yard.note("aws.s3.bucket", account, region, arn, name, health=health, tags={})
    name = f"dossiers-patients-{yard.seat[-4:]}"
    make_bucket(s3, name, PARIS)
    _version(s3, name)
    _tag(s3, name, HEALTH_TAGS)
    encrypt(s3, name, {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key})
    rules = [
        _rule(1, {"Bucket": f"arn:aws:s3:::{near}"}),
        _rule(2, {"Bucket": f"arn:aws:s3:::{far}", "Account": yard.care}),
        _rule(3, {"Bucket": "arn:aws:s3:::stopped"}, status="Disabled"),
    ]
    role = f"arn:aws:iam::{yard.seat}:role/replication"
    s3.put_bucket_replication(Bucket=name, ReplicationConfiguration={"Role": role, "Rules": rules})
    copies = [Rest(FRANKFURT, yard.seat), Rest(VIRGINIA, yard.care)]
    if _inventory(yard, s3, name, logs):
        copies.append(Rest(VIRGINIA, yard.seat, "inventory"))
    yard.note("aws.s3.bucket", yard.seat, PARIS, f"arn:aws:s3:::{name}", name, health=True, key=key,
              copies=tuple(copies))  # fmt: skip


def _version(s3: Any, name: str) -> None:
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def _tag(s3: Any, name: str, tags: dict[str, str]) -> None:
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": listed(tags)})


def _rule(number: int, destination: dict[str, str], status: str = "Enabled") -> dict[str, Any]:
    return {
        "ID": f"r{number}", "Priority": number, "Status": status, "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": destination,
    }  # fmt: skip


def _inventory(yard: Yard, s3: Any, name: str, target: str) -> bool:
    """Inventories go to another region; says whether the emulator could."""
    there = {"S3BucketDestination": {"Bucket": f"arn:aws:s3:::{target}", "Format": "CSV"}}
    before = len(yard.ground.skipped)
    yard.ground.attempt(
        "s3 inventory",
        lambda: s3.put_bucket_inventory_configuration(
            Bucket=name, Id="daily",
            InventoryConfiguration={
                "Id": "daily", "IsEnabled": True, "IncludedObjectVersions": "Current",
                "Schedule": {"Frequency": "Daily"}, "Destination": there,
            },
        ),
    )  # fmt: skip
    return len(yard.ground.skipped) == before


def _public_buckets(yard: Yard) -> None:
    s3 = yard.ground.client(yard.care, "s3")
    for how, region in (("policy", PARIS), ("acl", VIRGINIA)):
        name = f"export-omop-{how}-{yard.care[-4:]}"
        make_bucket(s3, name, region)
        _tag(s3, name, HEALTH_TAGS)
        if how == "policy":
            policy = allow("s3:GetObject", f"arn:aws:s3:::{name}/*", "*")
            s3.put_bucket_policy(Bucket=name, Policy=policy)
        else:
            _grant(s3, name, {"Type": "Group", "URI": _ALL_USERS})
        yard.note("aws.s3.bucket", yard.care, region, f"arn:aws:s3:::{name}", name, health=True,
                  shares=(_EVERYBODY,))  # fmt: skip


def _grant(s3: Any, name: str, grantee: dict[str, str]) -> None:
    """Add a reader to a bucket's ACL."""
    now = s3.get_bucket_acl(Bucket=name)
    grants = [*now["Grants"], {"Grantee": grantee, "Permission": "READ"}]
    s3.put_bucket_acl(Bucket=name, AccessControlPolicy={"Owner": now["Owner"], "Grants": grants})


def _shared_buckets(yard: Yard) -> None:
    """By policy with an account of ours and with one outside; blocked from the public."""
    s3 = yard.ground.client(yard.research, "s3")
    name = f"imagerie-dicom-{yard.research[-4:]}"
    make_bucket(s3, name, PARIS)
    _tag(s3, name, HEALTH_TAGS)
    policy = allow("s3:GetObject", f"arn:aws:s3:::{name}/*", yard.care, OUTSIDER)
    s3.put_bucket_policy(Bucket=name, Policy=policy)
    blocked = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    s3.put_public_access_block(
        Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(blocked, True)
    )
    shares = (Shared("account", yard.care), Shared("account", OUTSIDER))
    yard.note("aws.s3.bucket", yard.research, PARIS, f"arn:aws:s3:::{name}", name, health=True,
              shares=shares)  # fmt: skip


# ---------------------------------------------------------------------- EC2


def _volume(yard: Yard, account: str, region: str, tags: dict[str, str], **more: Any) -> str:
    ec2 = yard.ground.client(account, "ec2", region)
    volume: str = ec2.create_volume(
        AvailabilityZone=f"{region}a", Size=100, Encrypted=True,
        TagSpecifications=[{"ResourceType": "volume", "Tags": listed(tags)}], **more,
    )["VolumeId"]  # fmt: skip
    arn, key = f"arn:aws:ec2:{region}:{account}:volume/{volume}", more.get("KmsKeyId", "")
    health = "data-class" in tags
    yard.note("aws.ec2.volume", account, region, arn, volume, tags=tags, health=health, key=key)
    return volume


def _volumes(yard: Yard) -> None:
    kms = yard.ground.client(yard.care, "kms", IRELAND)
    made = kms.create_key(Description="held elsewhere", Origin="EXTERNAL")["KeyMetadata"]
    _volume(yard, yard.care, IRELAND, {**HEALTH_TAGS, "Name": "urgences"}, KmsKeyId=made["Arn"])


def _hostile_volumes(yard: Yard) -> None:
    """EC2 takes any character in a tag."""
    _volume(yard, yard.research, PARIS, {**HOSTILE, "Name": HOSTILE["html"]})


def _snapshots(yard: Yard) -> None:
    """Shared with an account of ours, with one outside, with everybody; and copied to Virginia."""
    ec2 = yard.ground.client(yard.seat, "ec2", PARIS)
    volume = _volume(yard, yard.seat, PARIS, {**HEALTH_TAGS, "Name": "cardio-ecg"})
    for share in (Shared("account", yard.care), Shared("account", OUTSIDER), _EVERYBODY, None):
        tags = {**HEALTH_TAGS, "Name": "cardio-ecg"}
        made = ec2.create_snapshot(
            VolumeId=volume, Description=HOSTILE["ansi"],
            TagSpecifications=[{"ResourceType": "snapshot", "Tags": listed(tags)}],
        )["SnapshotId"]  # fmt: skip
        who = {"UserIds": [share.account]} if share and share.account else {"GroupNames": ["all"]}
        if share:
            ec2.modify_snapshot_attribute(
                SnapshotId=made, Attribute="createVolumePermission", OperationType="add", **who
            )
        arn, shares = f"arn:aws:ec2:{PARIS}::snapshot/{made}", (share,) if share else ()
        yard.note("aws.ec2.snapshot", yard.seat, PARIS, arn, made, health=True, tags=tags,
                  shares=shares, origin=volume)  # fmt: skip
    there = yard.ground.client(yard.seat, "ec2", VIRGINIA)
    copied = there.copy_snapshot(SourceRegion=PARIS, SourceSnapshotId=made)["SnapshotId"]
    arn = f"arn:aws:ec2:{VIRGINIA}::snapshot/{copied}"
    yard.note("aws.ec2.snapshot", yard.seat, VIRGINIA, arn, copied, health=True, tags={})
