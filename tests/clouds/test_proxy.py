"""The proxy counts, delays, throttles, faults, refuses and replays; what passes is unchanged."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from .fakes import Fakes
from .proxy import FAULTS, Proxy, Weather

WHEN = datetime(2026, 1, 2, tzinfo=UTC)
MEMBER = "210987654321"
REPLIES: dict[Any, Any] = {
    ("s3", "ListBuckets"): lambda call: {"Buckets": [{"Name": call.region, "CreationDate": WHEN}]},
    ("s3", "GetBucketTagging"): {"TagSet": [{"Key": "a", "Value": "b"}]},
    ("s3", "PutBucketTagging"): {},
    ("s3", "GetObject"): {"Body": b"content"},
    ("ec2", "DescribeVolumes"): {"Volumes": []},
    ("rds", "DescribeDBInstances"): {"DBInstances": []},
    ("dynamodb", "ListTables"): {"TableNames": ["t"]},
    ("dynamodb", "DeleteTable"): {},
    ("efs", "DescribeFileSystems"): {"FileSystems": []},
    ("sts", "AssumeRole"): {
        "Credentials": {"AccessKeyId": "ASIAMEMBER", "SecretAccessKey": "s", "SessionToken": "t",
                        "Expiration": WHEN}
    },
}  # fmt: skip
READS = [
    ("s3", "list_buckets", "ListBuckets"),
    ("ec2", "describe_volumes", "DescribeVolumes"),
    ("rds", "describe_db_instances", "DescribeDBInstances"),
    ("dynamodb", "list_tables", "ListTables"),
    ("efs", "describe_file_systems", "DescribeFileSystems"),
]


@pytest.fixture(scope="module")
def behind() -> Iterator[Proxy]:
    with Fakes(REPLIES) as fakes, Proxy(fakes.url) as proxy:
        yield proxy


@pytest.fixture
def proxy(behind: Proxy) -> Proxy:
    behind.reset(Weather())
    return behind


def _client(
    proxy: Proxy, service: str, *, tries: int = 1, region: str = "eu-west-3", key: str = "k"
) -> Any:
    return boto3.client(
        service, region_name=region, endpoint_url=proxy.url, aws_access_key_id=key,
        aws_secret_access_key="s",
        config=Config(retries={"total_max_attempts": tries, "mode": "standard"}, read_timeout=5),
    )  # fmt: skip


def test_every_operation_is_counted_by_its_name_and_place(proxy: Proxy) -> None:
    for service, method, _ in READS:
        getattr(_client(proxy, service), method)()
    _client(proxy, "s3").get_bucket_tagging(Bucket="b")
    names = {f"{service}:{operation}": 1 for service, _, operation in READS}
    assert proxy.operations() == {**names, "s3:GetBucketTagging": 1}
    assert ["123456789012", "eu-west-3", "s3", 2] in proxy.stats()["hottest"]
    assert proxy.other_than_reads() == [] == proxy.repeated()


# service, method, arguments, what is told
NOT_READS = [
    ("s3", "put_bucket_tagging", {"Bucket": "b", "Tagging": {"TagSet": []}}, "s3:PutBucketTagging"),
    ("dynamodb", "delete_table", {"TableName": "t"}, "dynamodb:DeleteTable"),
    ("s3", "get_object", {"Bucket": "b", "Key": "k"}, "s3:GetObject"),
]


@pytest.mark.parametrize(("service", "method", "given", "told"), NOT_READS)
def test_writes_and_content_are_told(
    proxy: Proxy, service: str, method: str, given: Any, told: str
) -> None:
    getattr(_client(proxy, service), method)(**given)
    assert proxy.other_than_reads() == [told]


def test_a_question_asked_twice_is_told(proxy: Proxy) -> None:
    client = _client(proxy, "efs")
    client.describe_file_systems()
    client.describe_file_systems(MaxItems=3)
    assert proxy.repeated() == []
    client.describe_file_systems()
    assert proxy.repeated() == [("/2015-02-01/file-systems", 2)]


def test_an_assumed_roles_key_belongs_to_its_account(proxy: Proxy) -> None:
    role = f"arn:aws:iam::{MEMBER}:role/audit"
    lent = _client(proxy, "sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    _client(proxy, "efs", key=lent["AccessKeyId"]).describe_file_systems()
    assert [s.account for s in proxy.log] == ["123456789012", MEMBER]


def test_no_answer_comes_before_its_latency(proxy: Proxy) -> None:
    client = _client(proxy, "efs")
    client.describe_file_systems()
    proxy.reset(Weather(latency=0.2))
    start = time.monotonic()
    client.describe_file_systems()
    assert 0.2 <= time.monotonic() - start < 1


@pytest.mark.parametrize(("service", "method", "operation"), READS)
def test_an_empty_bucket_throttles_in_the_services_terms(
    proxy: Proxy, service: str, method: str, operation: str
) -> None:
    proxy.reset(Weather(rate=0.001, burst=1))
    ask = getattr(_client(proxy, service), method)
    ask()
    getattr(_client(proxy, service, region="us-east-1"), method)()  # a bucket of its own
    with pytest.raises(ClientError) as refused:
        ask()
    code = refused.value.response["Error"]["Code"]
    assert code in {
        "SlowDown", "RequestLimitExceeded", "Throttling", "ThrottlingException",
        "TooManyRequestsException",
    }  # fmt: skip
    assert proxy.stats()["told"] == {"throttled": 1}


@pytest.mark.parametrize(("service", "method", "operation"), READS)
def test_a_denied_call_is_refused_in_the_services_terms(
    proxy: Proxy, service: str, method: str, operation: str
) -> None:
    proxy.reset(Weather(deny=frozenset([f"{service}:{operation}"])))
    with pytest.raises(ClientError) as refused:
        getattr(_client(proxy, service), method)()
    code = refused.value.response["Error"]["Code"]
    assert code in {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


def test_a_call_may_be_denied_to_one_account_only(proxy: Proxy) -> None:
    proxy.reset(Weather(deny=frozenset([f"efs:DescribeFileSystems@{MEMBER}"])))
    _client(proxy, "efs").describe_file_systems()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_comes_once_then_the_answer(proxy: Proxy, kind: str) -> None:
    proxy.reset(Weather(fault=1.0, kinds=(kind,)))
    client = _client(proxy, "dynamodb")
    try:
        found = client.list_tables().get("TableNames")  # botocore takes HTML for an empty answer
    except (ClientError, BotoCoreError, OSError):
        found = None
    assert found is None
    assert client.list_tables()["TableNames"] == ["t"]
    assert proxy.stats()["told"] == {kind: 1}


def test_which_requests_meet_a_fault_does_not_depend_on_their_order(proxy: Proxy) -> None:
    met = []
    names = [f"bucket-{n}" for n in range(40)]
    for order in (names, names[::-1]):
        proxy.reset(Weather(fault=0.5, kinds=("500",)))
        client, refused = _client(proxy, "s3"), set()
        for name in order:
            try:
                client.get_bucket_tagging(Bucket=name)
            except ClientError:
                refused.add(name)
        met.append(refused)
    assert met[0] == met[1]
    assert 8 < len(met[0]) < 32


def test_silence_lasts_as_long_as_it_is_told(proxy: Proxy) -> None:
    proxy.reset(Weather(silence=1.0, silent_for=0.3))
    client, start = _client(proxy, "efs"), time.monotonic()
    with pytest.raises(BotoCoreError):
        client.describe_file_systems()
    assert time.monotonic() - start >= 0.3
    client.describe_file_systems()


def test_replay_answers_reads_from_memory_and_never_writes() -> None:
    with Fakes(REPLIES) as fakes, Proxy(fakes.url, replay=True) as proxy:
        s3 = _client(proxy, "s3")
        for _ in range(2):
            s3.get_bucket_tagging(Bucket="b")
            s3.put_bucket_tagging(Bucket="b", Tagging={"TagSet": []})
        assert proxy.stats()["told"] == {"replayed": 1}
        assert _client(proxy, "s3", region="eu-west-1").list_buckets()["Buckets"][0]["Name"] == (
            "eu-west-1"
        )
        assert s3.list_buckets()["Buckets"][0]["Name"] == "eu-west-3"


def test_another_program_can_read_the_calls_and_change_the_weather(proxy: Proxy) -> None:
    _client(proxy, "s3").get_bucket_tagging(Bucket="patients")
    with urllib.request.urlopen(f"{proxy.url}/__calls", timeout=5) as answer:
        calls = json.load(answer)
    assert calls == [
        {"account": "123456789012", "region": "eu-west-3", "service": "s3",
         "operation": "GetBucketTagging", "params": {"Bucket": "patients"}}
    ]  # fmt: skip
    with urllib.request.urlopen(f"{proxy.url}/__reset?latency_ms=5&rate=20", timeout=5) as answer:
        assert json.load(answer)["requests"] == 0
    assert (proxy.weather.latency, proxy.weather.rate) == (0.005, 20)
