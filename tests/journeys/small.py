"""A small emulated estate, audited as people audit: for the ways in which things go wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor import pipeline, settings
from auditor.model import Coverage
from auditor.runs import RunFolder
from tests.clouds.estate import running
from tests.clouds.ground import MANAGEMENT, Ground

REGION = "eu-west-3"
TYPES = ("aws.s3.bucket", "aws.dynamodb.table", "aws.sqs.queue")
ENVIRON = {
    "AWS_ACCESS_KEY_ID": MANAGEMENT,
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def cloud(
    *, members: int = 0, region: str = REGION, each: int = 3
) -> Iterator[tuple[str, list[str]]]:
    """An account, and the members of its organisation: tables, buckets and queues in each."""
    with running() as url:
        ground = Ground(url)
        ground.start()
        accounts = [MANAGEMENT]
        if members:
            client = ground.client(MANAGEMENT, "organizations")
            client.create_organization(FeatureSet="ALL")
            for n in range(members):
                made = client.create_account(AccountName=f"soins-{n}", Email=f"{n}@example.org")
                accounts.append(made["CreateAccountStatus"]["AccountId"])
        for account in accounts:
            _fill(ground, account, region, each)
        yield url, accounts


def _fill(ground: Ground, account: str, region: str, each: int) -> None:
    for n in range(each):
        name = f"patients-{account[-4:]}-{n}"
        ground.client(account, "s3", region).create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": region}
        )
        ground.client(account, "dynamodb", region).create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )  # fmt: skip
        ground.client(account, "sqs", region).create_queue(QueueName=name)


def flags(url: str, root: Path, *more: str, region: str = REGION) -> list[str]:
    """The settings of an audit of it, as `--set` takes them."""
    return [
        f"aws.endpoint={url}", f"aws.regions={region}", "aws.role=audit", f"runs.dir={root}",
        f"audit.types={','.join(TYPES)}", *more,
    ]  # fmt: skip


def audit(url: str, root: Path, *more: str, region: str = REGION) -> pipeline.Done:
    """Audit it in this process."""
    with pytest.MonkeyPatch.context() as here:
        for name, value in ENVIRON.items():
            here.setenv(name, value)
        return pipeline.audit(settings.load(None, {}, flags(url, root, *more, region=region)))


def program(words: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    """The program itself, as a shell starts it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "AUDITOR_", "LC_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "auditor", *words], cwd=folder, env={**clean, **ENVIRON},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def units(run: Path) -> list[Coverage]:
    """What was read of what."""
    with RunFolder.open(run) as opened:
        return list(opened.coverage())


def kinds(run: Path) -> dict[str, int]:
    """How many stores of each type were told."""
    with RunFolder.open(run) as opened:
        found: dict[str, int] = {}
        for store in opened.stores():
            found[store.kind] = found.get(store.kind, 0) + 1
        return found
