"""Content is read where somebody asked for it, in ranges, and only evidence is kept."""

from __future__ import annotations

import gzip
import json

import pytest

from auditor.model import Certainty
from auditor.runs import JudgementFolder, RunFolder
from tests.clouds.ground import MANAGEMENT, Ground
from tests.clouds.proxy import Proxy
from tests.content.making import clinical_csv, nir

from .small import ENVIRON, REGION, audit, cloud

BUCKET = f"patients-{MANAGEMENT[-4:]}-0"
PLAIN = f"patients-{MANAGEMENT[-4:]}-1"


@pytest.fixture(scope="module")
def estate():
    with cloud(each=2) as (url, _):
        ground = Ground(url)
        ground.start_sessions()
        s3 = ground.client(MANAGEMENT, "s3", REGION)
        for n in range(4):
            for month in range(1, 5):
                key = f"export/{month}/DUPONT_Jeanne_{n}.csv"
                s3.put_object(Bucket=BUCKET, Key=key, Body=clinical_csv(n).encode())
        s3.put_object(Bucket=BUCKET, Key="old/2019.csv", Body=b"x;y\n1;2\n", StorageClass="GLACIER")
        s3.put_object(Bucket=PLAIN, Key="readme.txt", Body=b"nothing of that kind at all\n" * 20)
        yield url


def health_of(run, bucket):
    with RunFolder.open(run) as opened:
        pairs = zip(opened.stores(), JudgementFolder(run, run).judged(), strict=True)
        return next(j.health for s, j in pairs if s.id.endswith(bucket))


def test_a_sampled_bucket_is_confirmed_and_the_run_keeps_no_value(estate, tmp_path):
    with Proxy(estate) as proxy:
        done = audit(proxy.url, tmp_path, "sample.enabled=true", "audit.types=aws.s3.bucket")
        asked = proxy.operations()
    health = health_of(done.run, BUCKET)
    assert health.certainty is Certainty.CONFIRMED
    assert {e.axis for e in health.evidence} == {"H", "P"}
    assert health_of(done.run, PLAIN).conflict == "content_none"  # it is called patients
    assert not [op for op in asked if "Put" in op or "Delete" in op]
    with RunFolder.open(done.run) as opened:
        samples = {s.store.rpartition(":")[2]: s for s in opened.samples()}
    assert samples[BUCKET].stopped == "early"
    assert samples[BUCKET].sampled < 16
    assert samples[BUCKET].reasons == {"cold": 1}
    for file in done.run.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        content = gzip.decompress(content) if file.suffix == ".gz" else content
        for value in ("DUPONT", "Jeanne", nir(0), "2019.csv", "insuffisance"):
            assert value.encode() not in content, (file, value)


def test_nothing_is_read_unless_it_is_asked_for(estate, tmp_path):
    with Proxy(estate) as proxy:
        done = audit(proxy.url, tmp_path, "audit.types=aws.s3.bucket")
        assert not {"s3:GetObject", "s3:ListObjectsV2"} & set(proxy.operations())
        audit(proxy.url, tmp_path, "sample.enabled=true", "sample.names=other-*",
              "audit.types=aws.s3.bucket")  # fmt: skip
        assert not {"s3:GetObject", "s3:ListObjectsV2"} & set(proxy.operations())
    assert health_of(done.run, BUCKET).evidence == ()


def test_a_bucket_is_classified_by_its_address(estate, auditor, monkeypatch):
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    flags = ("--set", f"aws.endpoint={estate}", "--set", f"aws.regions={REGION}")
    told = auditor("classify", f"s3://{BUCKET}/export", "-f", "jsonl", *flags)
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 0, told.stderr
    assert {row["level"] for row in rows} == {"confirmed"}
    assert "DUPONT" not in told.stdout
    full = auditor("classify", f"s3://{BUCKET}/export", "-f", "jsonl", "--full-names", *flags)
    assert "DUPONT_Jeanne" in full.stdout
    plan = auditor("classify", f"s3://{BUCKET}", "--dry-run", *flags)
    assert plan.stdout.startswith("17 objects listed; 16 would be read")
    gone = auditor("classify", "s3://no-such-bucket-at-all", "-f", "jsonl", *flags)
    assert gone.exit_code == 4
    assert json.loads(gone.stdout)["level"] == "not_assessed"
