"""An emulated organisation audited from end to end, through a proxy that sees every request."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import pipeline, registry, settings
from auditor.model import CoverageState
from auditor.operations import operations_of
from auditor.registry import resolve
from auditor.runs import RunFolder, compare, verify
from tests.clouds.estate import INCIDENTAL, REGIONS, build, running
from tests.clouds.fakes import Fakes
from tests.clouds.missing import whole
from tests.clouds.proxy import Proxy
from tests.clouds.weather import FAULTS, Weather

FLAGS = ("aws.role=audit", f"aws.regions={','.join(REGIONS)}")
COUNTRY = {"eu-west-3": "FR", "eu-west-1": "IE", "eu-central-1": "DE", "us-east-1": "US",
           "eu-west-2": "GB"}  # fmt: skip


@pytest.fixture(scope="module")
def truth():
    with running() as endpoint:
        estate = build(endpoint)
        replies, stores = whole(estate)
        with Fakes(replies, behind=endpoint) as fakes:
            yield fakes.url, estate, stores


def audit(url: str, root: Path, *flags: str) -> pipeline.Done:
    environ = {"AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "test"}
    with pytest.MonkeyPatch.context() as here:
        for name, value in environ.items():
            here.setenv(name, value)
        chosen = settings.load(
            None, {}, [*FLAGS, f"aws.endpoint={url}", f"runs.dir={root}", *flags]
        )
        return pipeline.audit(chosen)


@pytest.fixture(scope="module")
def calm(truth, tmp_path_factory):
    """An audit in good weather, and what the proxy saw of it."""
    url, _, _ = truth
    with Proxy(url) as proxy:
        done = audit(proxy.url, tmp_path_factory.mktemp("calm"))
        yield done, proxy


def test_every_store_is_listed_with_its_countries(truth, calm):
    _, _, stores = truth
    done, _ = calm
    with RunFolder.open(done.run) as run:
        seen = {s.id: s for s in run.stores()}
        judged = {j.store: j for j in run.judgement(done.summary.as_of, "", replay=False).judged()}
    told = {m.id: m for m in stores}
    assert set(told) <= set(seen)
    assert all(seen[i].kind in INCIDENTAL for i in set(seen) - set(told))
    for identifier, made in told.items():
        countries = {getattr(p, "country", "?") for p in judged[identifier].places}
        assert COUNTRY[made.region] in countries, identifier
        for copy in made.copies:
            assert COUNTRY[copy.region] in countries, identifier


def test_what_cannot_be_read_is_told_and_nothing_else(truth, calm):
    _, estate, _ = truth
    done, _ = calm
    assert done.exit_code == 4
    with RunFolder.open(done.run) as run:
        unread = [c for c in run.coverage() if c.state is not CoverageState.READ]
    assert [c.scope.account for c in unread] == list(estate.suspended)


def test_only_reads_and_no_question_twice(calm):
    _, proxy = calm
    assert proxy.other_than_reads() == []
    assert not proxy.repeated()


def test_the_permissions_are_enough_and_hold_no_more_than_reads(calm):
    _, proxy = calm
    found = registry.load()
    asked = {op for t in found.store_types.values() for op in operations_of(t)}
    policy = resolve(found.providers["aws"].permissions)(asked)
    allowed = {a for s in policy["Statement"] for a in s["Action"]}
    action = resolve("auditor.checks.aws._permissions:action")
    free = {"sts:GetCallerIdentity", "sts:AssumeRole"}
    called = {a for op in proxy.operations() for a in [action(op)] if op not in free}
    assert called <= allowed
    forbidden = ("Put", "Create", "Delete", "Update", "Write", "GetObject", "Scan", "GetItem",
                 "GetRecords", "ReceiveMessage", "Decrypt")  # fmt: skip
    assert not [a for a in allowed if a.partition(":")[2].startswith(forbidden)
                and a != "s3:GetObjectLockConfiguration"]  # fmt: skip


def test_bad_weather_changes_nothing(truth, tmp_path):
    url, _, _ = truth
    with Proxy(url) as proxy:  # one address for both: some ids hold it
        calm = audit(proxy.url, tmp_path / "runs")
        proxy.reset(Weather(fault=0.2))
        stormy = audit(proxy.url, tmp_path / "runs")
        assert set(proxy.stats()["told"]) & set(FAULTS), "no fault was met: nothing was shown"
    assert compare(calm.run, stormy.run) == []


def test_a_refusal_is_a_gap_with_its_reason(truth, tmp_path):
    url, _, _ = truth
    with Proxy(url, weather=Weather(deny=frozenset({"dynamodb:ListTables"}))) as proxy:
        done = audit(proxy.url, tmp_path, "audit.types=aws.dynamodb.table")
    assert done.exit_code == 4
    with RunFolder.open(done.run) as run:
        gaps = {g for c in run.coverage() for g in c.gaps if c.kind == "aws.dynamodb.table"}
        assert {str(g.reason) for g in gaps} == {"denied"}
    assert done.summary.stores == 0


def test_the_run_is_as_its_manifest_says_until_it_is_touched(calm):
    done, _ = calm
    assert verify(done.run) == []
    path = done.run / "coverage.jsonl"
    kept = path.read_bytes()
    path.write_bytes(kept + b"\n")
    assert [(m.kind, m.file) for m in verify(done.run)] == [("changed", "coverage.jsonl")]
    path.write_bytes(kept)
