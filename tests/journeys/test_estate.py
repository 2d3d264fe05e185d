"""An emulated organisation audited from end to end, through a proxy that sees every request."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from auditor import clouds, pipeline, registry, settings
from auditor.model import CoverageState, DataStore, Unknown
from auditor.operations import operations_of
from auditor.registry import resolve
from auditor.runs import RunFolder, compare, verify
from tests.clouds.config_items import Item, items
from tests.clouds.estate import INCIDENTAL, REGIONS, build, running
from tests.clouds.fakes import Fakes
from tests.clouds.ground import Ground
from tests.clouds.missing import whole
from tests.clouds.proxy import Proxy
from tests.clouds.state_of import state
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


class Watched(NamedTuple):
    """What a proxy saw of an audit in good weather; it is still there."""

    proxy: Proxy
    operations: Counter[str]
    writes: list[str]
    repeated: list[tuple[str, int]]


@pytest.fixture(scope="module")
def calm(truth, tmp_path_factory):
    """An audit in good weather, and what the proxy saw of it."""
    url, _, _ = truth
    with Proxy(url) as proxy:
        done = audit(proxy.url, tmp_path_factory.mktemp("calm"))
        yield done, Watched(proxy, proxy.operations(), proxy.other_than_reads(), proxy.repeated())


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
    _, seen = calm
    assert len(seen.operations) > 50
    assert seen.writes == []
    assert not seen.repeated


def test_the_permissions_are_enough_and_hold_no_more_than_reads(calm):
    _, seen = calm
    found = registry.load()
    asked = {op for t in found.store_types.values() for op in operations_of(t)}
    policy = resolve(found.providers["aws"].permissions)(asked)
    allowed = {a for s in policy["Statement"] for a in s["Action"]}
    action = resolve("auditor.checks.aws._permissions:action")
    free = {"sts:GetCallerIdentity", "sts:AssumeRole"}
    called = {a for op in seen.operations for a in [action(op)] if op not in free}
    assert called <= allowed
    forbidden = ("Put", "Create", "Delete", "Update", "Write", "GetObject", "Scan", "GetItem",
                 "GetRecords", "ReceiveMessage", "Decrypt")  # fmt: skip
    assert not [a for a in allowed if a.partition(":")[2].startswith(forbidden)
                and a != "s3:GetObjectLockConfiguration"]  # fmt: skip


def test_bad_weather_changes_nothing(calm, tmp_path):
    done, (proxy, *_) = calm  # one address for both: some ids hold it
    proxy.reset(Weather(fault=0.2))
    stormy = audit(proxy.url, tmp_path)
    assert set(proxy.stats()["told"]) & set(FAULTS), "no fault was met: nothing was shown"
    assert compare(done.run, stormy.run) == []


# ---------------------------------------------------------------------- the same, by exports

KEY = "aws.kms.key"
MOTO_LEAVES_OUT = ("aws.backup.vault", "flavour")  # every vault of AWS has a VaultType
SCALARS = ("region", "encrypted", "key", "created", "bytes", "tags", "origin", "parent")


@pytest.fixture(scope="module")
def recorded(truth) -> list[Item]:
    """What AWS Config would have recorded of the estate."""
    url, estate, _ = truth
    ground = Ground(url)
    ground.start_sessions()
    return list(items(ground, estate.accounts, REGIONS))


def exported(root: Path, *files: Path) -> pipeline.Done:
    asked = settings.load(None, {}, [f"runs.dir={root}"])
    return pipeline.audit(asked, clouds=clouds.exported(files, asked, registry.load()))


def seen(run: Path) -> dict[str, DataStore]:
    with RunFolder.open(run) as opened:
        return {store.id: store for store in (*opened.stores(), *opened.subjects_iter())}


def of_the_form(form: str) -> frozenset[str]:
    """The types that some row of a form tells."""
    rows = resolve("auditor.checks.aws._exported:rows")()
    return frozenset(name for name, told in rows.items() if any(r.form == form for r in told))


def moment(value: object) -> object:
    """Moments are the same however they are written; all else is as it is."""
    try:
        return datetime.fromisoformat(str(value)).astimezone(UTC).replace(microsecond=0)
    except ValueError:
        return value


def contradictions(told: DataStore, live: DataStore) -> list[str]:
    """Where an export says something else than the API; what one of them does not know is none."""
    found = [n for n in ("kind", "account", "partition") if getattr(told, n) != getattr(live, n)]
    for name in SCALARS:
        one, other = moment(getattr(told, name)), moment(getattr(live, name))
        if not isinstance(one, Unknown) and not isinstance(other, Unknown) and one != other:
            found.append(f"{name}: {one!r} / {other!r}")
    for name, one in told.facts.items():
        other = live.facts[name] if (told.kind, name) != MOTO_LEAVES_OUT else one
        if not any(isinstance(v, Unknown) for v in (one, other)) and one != other:
            found.append(f"{name}: {one!r} / {live.facts[name]!r}")
    for name, key in (("copies", lambda c: (c.role, c.id, str(c.region), str(c.account))),
                      ("shares", lambda s: (s.party, s.account))):  # fmt: skip
        ours, theirs = (
            {key(one) for one in getattr(store, name) if not isinstance(one, Unknown)}
            for store in (told, live)
        )
        whole = not any(isinstance(one, Unknown) for one in getattr(told, name))
        if not ours <= theirs or (whole and ours != theirs):
            found.append(f"{name}: {sorted(ours)} / {sorted(theirs)}")
    return [f"{told.id} {one}" for one in found]


def test_aws_config_tells_the_same_stores(recorded, calm, tmp_path):
    file = tmp_path / "snapshot.json"
    snapshot = {"fileVersion": "1.0", "configSnapshotId": "7d", "configurationItems": recorded}
    file.write_text(json.dumps(snapshot))
    told, live = seen(exported(tmp_path, file).run), seen(calm[0].run)
    stores = of_the_form("config") - {KEY}  # of keys, an audit asks those that stores refer to
    assert {i for i in told if told[i].kind != KEY} == {i for i in live if live[i].kind in stores}
    both = set(told) & set(live)
    assert sum(told[i].kind == KEY for i in both) >= 3
    lines = [line for i in sorted(both) for line in contradictions(told[i], live[i])]
    assert lines == [], "\n".join(lines)


def test_an_aggregator_tells_what_was_selected_and_nothing_else(recorded, calm, tmp_path):
    """`aws configservice select-aggregate-resource-config`, without what is configured."""
    selected = ("resourceId", "resourceName", "resourceType", "arn", "accountId", "awsRegion",
                "configuration.snapshotType", "configuration.engine",
                "configuration.BackupVaultArn", "configuration.RecoveryPointArn")  # fmt: skip
    results = []
    for item in recorded:
        found = {name: item[name] for name in selected if name in item}
        inner = {n for name in selected for head, _, n in [name.partition(".")] if n}
        found["configuration"] = {n: v for n, v in item["configuration"].items() if n in inner}
        results.append(json.dumps(found))
    file = tmp_path / "aggregated.json"
    file.write_text(json.dumps({"Results": results, "QueryInfo": {"SelectFields": []}}))
    told, live = seen(exported(tmp_path, file).run), seen(calm[0].run)
    both = [id for id in told if id in live]
    assert {i for i in both if told[i].kind != KEY} == {i for i in told if told[i].kind != KEY}
    assert len(both) > 100
    for store in map(told.__getitem__, both):
        assert (store.region, store.account) == (live[store.id].region, live[store.id].account)
        whole = [n for n in ("key", "created", "tags", "bytes", "origin")
                 if getattr(live[store.id], n) not in ("", ())
                 and not isinstance(getattr(store, n), Unknown)]  # fmt: skip
        assert whole == [], (store.id, whole)
        assert contradictions(store, live[store.id]) == []


def test_states_of_terraform_tell_the_same_stores(truth, recorded, calm, tmp_path):
    files = []
    for account in truth[1].accounts:
        files.append(tmp_path / f"{account}.tfstate")
        files[-1].write_text(json.dumps(state(recorded, account)))
    told, live = seen(exported(tmp_path, *files).run), seen(calm[0].run)
    kinds = {store.kind for store in told.values()}
    assert len(kinds) == 13
    assert set(told) == {id for id, store in live.items() if store.kind in kinds}
    lines = [line for id, store in told.items() for line in contradictions(store, live[id])]
    assert lines == [], "\n".join(lines)


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
