"""Every AWS declaration resolves in botocore's models; any word misspelt is reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from auditor.conformance import check_declaration, check_declarations
from auditor.declare import Ask, Copies, Field, Grants, Listing, Part, Ref, Size, StoreType, Text
from auditor.model import Category, Scope
from auditor.reading import Opening
from auditor.registry import resolve
from tests.checks.declared import declared, variants

AWS = import_module("auditor.checks.aws")
MODELS = resolve(AWS.provider.models)()
only_looks = resolve("auditor.checks.aws._models:only_looks")


TYPES = {store_type.name: store_type for store_type in declared("aws")}
ALL = sorted(TYPES)


def test_every_declaration_resolves() -> None:
    assert check_declarations(declared("aws"), MODELS) == []


@pytest.mark.parametrize(
    "name",
    [
        "s3.bucket",
        "ec2.volume",
        "ec2.snapshot",
        "efs.file_system",
        "fsx.file_system",
        "fsx.backup",
        "rds.db_instance",
        "rds.db_cluster",
        "rds.db_snapshot",
        "rds.db_cluster_snapshot",
        "rds.automated_backup",
        "dynamodb.table",
        "dynamodb.backup",
        "redshift.cluster",
        "redshift.snapshot",
        "opensearch.domain",
        "elasticache.replication_group",
        "elasticache.snapshot",
        "backup.vault",
        "backup.recovery_point",
        "backup.plan",
        "kinesis.stream",
        "sqs.queue",
        "logs.log_group",
        "healthlake.fhir_datastore",
        "medical_imaging.datastore",
        "omics.sequence_store",
        "omics.reference_store",
        "omics.variant_store",
        "omics.annotation_store",
        "kms.key",
    ],
)
def test_promised_types_are_there(name: str) -> None:
    assert f"aws.{name}" in TYPES


@pytest.mark.parametrize("name", ALL)
def test_health_services_alone_declare_health_data(name: str) -> None:
    health = ("healthlake", "medical_imaging", "omics.sequence_store", "omics.variant_store")
    assert TYPES[name].holds_health is name.startswith(tuple(f"aws.{h}" for h in health))


# ------------------------------------------------------------------ planted mistakes

_reads = Ask("efs:DescribeFileSystemPolicy", {"FileSystemId": "FileSystemId"})
SOUND = StoreType(
    "aws.efs.thing",
    category=Category.FILE,
    listing=Listing("efs:DescribeFileSystems", items="FileSystems"),
    id="FileSystemArn",
    label=_reads["Policy"],
    source="https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html",
)


def asking(operation: str, params: Mapping[str, Any], path: str = "@", **more: Any) -> StoreType:
    return replace(SOUND, facts={"it": Ask(operation, params, **more)[path]})


def listing(operation: str, items: str, **more: Any) -> StoreType:
    return replace(SOUND, id="'x'", label="", listing=Listing(operation, items, **more))


FILE = {"FileSystemId": "FileSystemId"}
MISTAKES = {
    "operation": (asking("efs:DescribeFilesystemPolicy", FILE), "no such operation"),
    "service": (asking("elasticfilesystem:DescribeFileSystemPolicy", FILE), "no such operation"),
    "listed operation": (listing("efs:ListFileSystems", "FileSystems"), "no such operation"),
    "parameter": (
        asking("efs:DescribeReplicationConfigurations", {"FileSystemID": "FileSystemId"}),
        "no parameter 'FileSystemID'",
    ),
    "parameter left out": (
        asking("efs:DescribeFileSystemPolicy", {}),
        "FileSystemId must be given",
    ),
    "parameter's path": (
        asking("efs:DescribeFileSystemPolicy", {"FileSystemId": "FileSystemID"}),
        "no 'FileSystemID' among",
    ),
    "parameter's kind": (
        asking("sqs:GetQueueAttributes", {"QueueUrl": "Name", "AttributeNames": "'All'"}),
        "a string where a list is wanted",
    ),
    "parameter's choice": (
        asking("ec2:DescribeSnapshotAttribute", {"SnapshotId": "Name", "Attribute": "'volume'"}),
        "volume cannot be chosen",
    ),
    "parameter's member": (
        asking("omics:ListShares", {"resourceOwner": "'SELF'", "filter": "{resourceArn: [Name]}"}),
        "no member 'resourceArn'",
    ),
    "path in the row": (replace(SOUND, created="CreatedAt"), "no 'CreatedAt' among"),
    "path in a text": (replace(SOUND, id=Text("arn:{FileSystemID}")), "no 'FileSystemID' among"),
    "path in an answer": (
        asking("efs:DescribeFileSystemPolicy", FILE, "Policies"),
        "no 'Policies' among",
    ),
    "path below a scalar": (replace(SOUND, id="Name.Value"), "'Value' is asked of a string"),
    "projection of no list": (replace(SOUND, id="Name[] | [0]"), "flattening of a string"),
    "value that cannot be": (
        replace(SOUND, only="LifeCycleState == 'removed'"),
        "'removed' is not among",
    ),
    "function of null": (replace(SOUND, only="starts_with(Name, 'a')"), "raises on null"),
    "no JMESPath": (replace(SOUND, id="FileSystemArn["), "is no JMESPath"),
    "absent code": (
        asking("efs:DescribeFileSystemPolicy", FILE, absent=("NoPolicy",)),
        "NoPolicy is no known refusal",
    ),
    "absent code of another question": (
        asking("efs:DescribeFileSystemPolicy", FILE, absent=("NoSuchTagSet",)),
        "NoSuchTagSet is no known refusal",
    ),
    "region to ask in": (
        asking("efs:DescribeFileSystemPolicy", FILE, at="Region"),
        "no 'Region' among",
    ),
    "rows that are no list": (
        listing("kms:DescribeKey", "KeyMetadata", params={"KeyId": "'a'"}),
        "items are a structure, not a list",
    ),
    "rows that pages do not gather": (
        listing(
            "elasticache:DescribeEngineDefaultParameters",
            "EngineDefaults.CacheNodeTypeSpecificParameters",
            params={"CacheParameterGroupFamily": "'redis7'"},
        ),
        "pages gather EngineDefaults.Parameters, not",
    ),
    "key of a map": (
        asking(
            "sqs:GetQueueAttributes",
            {"QueueUrl": "Name", "AttributeNames": '`["All"]`'},
            "Attributes.QueueARN",
        ),
        "no 'QueueARN' among",
    ),
    "pages nobody turns": (
        listing(
            "healthlake:ListFHIRImportJobs",
            "ImportJobPropertiesList",
            params={"DatastoreId": "'a'"},
        ),
        "no paginator turns its pages",
    ),
    "write": (asking("efs:DeleteFileSystemPolicy", FILE), "writes, or reads what"),
    "content": (
        asking("dynamodb:GetItem", {"TableName": "Name", "Key": "{a: {S: 'a'}}"}),
        "writes, or reads what",
    ),
    "id that a refusal takes away": (
        replace(SOUND, id=("FileSystemArn", _reads["FileSystemId"])),
        "must come from the row",
    ),
    "id's part": (replace(SOUND, id=Part(_reads["Policy"], ":", 1)), "must come from the row"),
    "bytes that are no number": (replace(SOUND, bytes=Size("Name")), "a string, not a number"),
    "tags that are none": (replace(SOUND, tags="Name"), "a string, not a list or map"),
    "a copy nowhere": (
        replace(SOUND, copies=(Copies(items="Tags"),)),
        "neither id nor region says",
    ),
    "a copy's path": (
        replace(SOUND, copies=(Copies(items="Tags", id="Bucket"),)),
        "no 'Bucket' among",
    ),
    "a grantee": (
        replace(SOUND, shares=(Grants(items="Tags", account="UserId"),)),
        "no 'UserId' among",
    ),
    "a reference": (replace(SOUND, origin=Ref("aws.efs.nothing", "Name")), "no store type"),
    "a name": (replace(SOUND, name="efs"), "not provider.service.thing"),
    "a source": (replace(SOUND, source="the manual"), "not the https address"),
}


def test_the_sound_one_is_sound() -> None:
    assert check_declarations([SOUND], MODELS) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_reported(mistake: str) -> None:
    store_type, told = MISTAKES[mistake]
    found = check_declarations([store_type], MODELS)
    assert any(told in problem for problem in found), found


def test_the_same_name_twice_is_reported() -> None:
    assert check_declarations([SOUND, SOUND], MODELS) == ["aws.efs.thing: declared 2 times"]


# ------------------------------------------------------------------ every word of ours, misspelt


@pytest.mark.parametrize("name", ALL)
def test_every_word_misspelt_is_reported(name: str) -> None:
    tried = list(variants(TYPES[name]))
    missed = [(where, wrong) for where, wrong in tried if not check_declaration(wrong, MODELS)]
    assert len(tried) > 5
    assert missed == []


# ------------------------------------------------------------------ what the paths find

SCOPE = Scope(provider="aws", partition="aws", account="111122223333", region="eu-west-3")


def read(name: str, attribute: Any, row: Any, answers: Mapping[Any, Any] | None = None) -> Any:
    """An attribute of a store, by the engine's own reading."""
    opening = Opening(TYPES[name], SCOPE, row, answers=dict(answers or {}))
    found = [opening.read(v) for v in attribute] if isinstance(attribute, list) else None
    return found or opening.read(attribute)


def answered(value: Any, answer: Any) -> dict[Ask, Any]:
    assert isinstance(value, Field)
    return {value.ask: answer}


@pytest.mark.parametrize(
    ("row", "told", "region"),
    [
        ({"Name": "b", "BucketRegion": "eu-west-3"}, None, "eu-west-3"),
        ({"Name": "b"}, {"LocationConstraint": "eu-central-1"}, "eu-central-1"),
        ({"Name": "b"}, {"LocationConstraint": "EU"}, "eu-west-1"),
        ({"Name": "b"}, {"LocationConstraint": None}, "us-east-1"),
        ({"Name": "b"}, {}, "us-east-1"),
    ],
)
def test_where_a_bucket_is(row: Any, told: Any, region: str) -> None:
    where: Any = TYPES["aws.s3.bucket"].region
    assert read("aws.s3.bucket", where, row, answered(where[1], told)) == region


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("eu-west-3a", None),
        ("ap-southeast-1a", None),
        ("ap-northeast-3c", None),
        ("eusc-de-east-1a", None),
        ("cn-northwest-1a", None),
        ("us-gov-west-1a", None),
        ("us-east-1-bos-1a", "us-east-1-bos-1a"),
        ("eu-west-3-cmn-1a", "eu-west-3-cmn-1a"),
        ("us-east-1-wl1-bos-wlz-1", "us-east-1-wl1-bos-wlz-1"),
        (None, None),
    ],
)
def test_a_zone_in_another_country_is_told(zone: str | None, region: str | None) -> None:
    row = {"VolumeId": "vol-1", "AvailabilityZone": zone}
    assert read("aws.ec2.volume", TYPES["aws.ec2.volume"].region, row) == region


@pytest.mark.parametrize(
    ("row", "origin"),
    [
        ({"VolumeId": "vol-1"}, "arn:aws:ec2:eu-west-3:111122223333:volume/vol-1"),
        ({"VolumeId": "vol-ffffffff"}, None),
        ({}, None),
    ],
)
def test_a_copied_snapshot_claims_no_volume(row: Any, origin: str | None) -> None:
    ref = TYPES["aws.ec2.snapshot"].origin
    assert ref is not None
    assert read("aws.ec2.snapshot", ref.id, row) == origin


@pytest.mark.parametrize(
    ("replica", "region", "account"),
    [
        ("arn:aws:rds:us-east-1:999988887777:db:x", "us-east-1", "999988887777"),
        ("near", "eu-west-3", "111122223333"),
    ],
)
def test_where_a_read_replica_is(replica: str, region: str, account: str) -> None:
    kind = TYPES["aws.rds.db_instance"]
    opening = Opening(kind, SCOPE, {})
    copies = kind.copies[0]
    assert opening.read(copies.region, replica) == region
    assert opening.read(copies.account, replica) == account


BLOCK = "PublicAccessBlockConfiguration"


@pytest.mark.parametrize(
    ("answer", "blocked"),
    [
        ({BLOCK: {"IgnorePublicAcls": True, "RestrictPublicBuckets": True}}, True),
        ({BLOCK: {"IgnorePublicAcls": True, "RestrictPublicBuckets": False}}, False),
        ({BLOCK: {"IgnorePublicAcls": False, "RestrictPublicBuckets": True}}, False),
        ({}, False),  # no configuration
    ],
)
def test_a_public_block_is_whole_or_none(answer: Any, blocked: bool) -> None:
    value: Any = TYPES["aws.s3.bucket"].facts["public_access_blocked"]
    row = {"Name": "b", "BucketRegion": "eu-west-3"}
    assert read("aws.s3.bucket", value, row, answered(value, answer)) is blocked


@pytest.mark.parametrize(
    ("uri", "public", "service"),
    [
        ("http://acs.amazonaws.com/groups/global/AllUsers", True, False),
        ("http://acs.amazonaws.com/groups/global/AuthenticatedUsers", True, False),
        ("http://acs.amazonaws.com/groups/s3/LogDelivery", False, True),
        (None, False, False),
    ],
)
def test_groups_of_an_access_list(uri: str | None, public: bool, service: bool) -> None:
    grants: Any = TYPES["aws.s3.bucket"].shares[1]
    opening = Opening(TYPES["aws.s3.bucket"], SCOPE, {})
    item = {"Grantee": {"URI": uri, "ID": None if uri else "canonical"}}
    assert opening.read(grants.public, item) is public
    assert opening.read(grants.service, item) is service


@pytest.mark.parametrize(
    ("attributes", "encrypted"),
    [
        ({"SqsManagedSseEnabled": "true"}, True),
        ({"SqsManagedSseEnabled": "false", "KmsMasterKeyId": "alias/aws/sqs"}, True),
        ({"SqsManagedSseEnabled": "false"}, False),
        (None, None),
    ],
)
def test_whether_a_queue_is_encrypted(attributes: Any, encrypted: bool | None) -> None:
    value: Any = TYPES["aws.sqs.queue"].encrypted
    answer = {"Attributes": attributes}
    assert read("aws.sqs.queue", value, "https://sqs/1/q", answered(value, answer)) is encrypted


@pytest.mark.parametrize(
    ("mappings", "encrypted"),
    [
        ([{"Ebs": {"Encrypted": True}}, {"Ebs": {"Encrypted": False}}], False),
        ([{"Ebs": {"Encrypted": True}}], None),  # by whose key, its snapshots say
        ([{"VirtualName": "ephemeral0"}], None),
        (None, None),
    ],
)
def test_whether_an_image_is_encrypted(mappings: Any, encrypted: bool | None) -> None:
    row = {"BlockDeviceMappings": mappings}
    assert read("aws.ec2.image", TYPES["aws.ec2.image"].encrypted, row) is encrypted


@pytest.mark.parametrize(
    ("metadata", "manager", "material"),
    [
        ({"KeyManager": "AWS", "Origin": "AWS_KMS"}, "provider", "provider"),
        ({"KeyManager": "CUSTOMER", "Origin": "AWS_KMS"}, "customer", "provider"),
        ({"KeyManager": "CUSTOMER", "Origin": "EXTERNAL"}, "customer", "imported"),
        ({"KeyManager": "CUSTOMER", "Origin": "AWS_CLOUDHSM"}, "customer", "hsm"),
        ({"KeyManager": "CUSTOMER", "Origin": "EXTERNAL_KEY_STORE"}, "customer", "external"),
        ({"KeyManager": "PARTNER", "Origin": "ELSEWHERE"}, None, None),
        ({}, None, None),
    ],
)
def test_who_holds_a_key(metadata: Any, manager: str | None, material: str | None) -> None:
    facts: Any = TYPES["aws.kms.key"].facts
    answers = answered(facts["manager"], {"KeyMetadata": metadata})
    row = {"id": "alias/aws/s3"}
    got = [read("aws.kms.key", facts[name], row, answers) for name in ("manager", "material")]
    assert got == [manager, material]


@pytest.mark.parametrize(
    ("reference", "region"),
    [
        ("arn:aws:kms:us-east-1:111122223333:key/k", "us-east-1"),
        ("alias/aws/s3", "eu-west-3"),
        ("1234abcd-12ab-34cd-56ef-1234567890ab", "eu-west-3"),
    ],
)
def test_a_key_is_asked_where_its_name_says(reference: str, region: str) -> None:
    key = TYPES["aws.kms.key"]
    opening = Opening(key, SCOPE, {"id": reference})
    opening.read(key.facts["manager"])
    assert [(ask.op, where) for ask, where, _ in opening.wanted] == [("kms:DescribeKey", region)]


# ------------------------------------------------------------------ looking, and nothing else


@pytest.mark.parametrize(
    ("operation", "looks"),
    [
        ("s3:ListBuckets", True),
        ("s3:GetBucketPolicy", True),
        ("s3:GetObject", False),
        ("s3:GetObjectAttributes", False),
        ("s3:SelectObjectContent", False),
        ("s3:PutBucketPolicy", False),
        ("dynamodb:GetItem", False),
        ("dynamodb:BatchGetItem", False),
        ("dynamodb:Scan", False),
        ("kinesis:GetRecords", False),
        ("sqs:ReceiveMessage", False),
        ("logs:GetLogEvents", False),
        ("logs:FilterLogEvents", False),
        ("medical-imaging:GetImageSetMetadata", False),
        ("omics:GetReadSet", False),
        ("omics:GetReference", False),
        ("omics:GetReferenceStore", True),
        ("ebs:GetSnapshotBlock", False),
        ("kms:Decrypt", False),
        ("rds:DeleteDBInstance", False),
    ],
)
def test_what_counts_as_looking(operation: str, looks: bool) -> None:
    assert only_looks(operation) is looks
