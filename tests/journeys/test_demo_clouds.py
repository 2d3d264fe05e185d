"""The demo's three clouds: what was recorded is answered again, and nothing else is missing."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from auditor import pipeline, settings
from auditor.model import CoverageState, Unknown
from auditor.runs import RunFolder
from tests.clouds.group import azure_group, google_group

DAY = date(2026, 11, 25)
# what the demo shows refused, by cloud
REFUSED = {
    "azure": {"Microsoft.DBforMySQL:flexibleServers/replicas: AuthorizationFailed"},
    "gcp": {"storage:buckets.getIamPolicy: PERMISSION_DENIED"},
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    chosen = settings.load(None, {}, [f"runs.dir={folder}"])
    return pipeline.audit(chosen, demo=True, as_of=DAY).run


def test_each_cloud_is_told(run: Path) -> None:
    with RunFolder.open(run) as opened:
        stores = list(opened.stores())
        identities = opened.header["identity"]
    assert sorted(identities) == ["aws", "azure", "gcp"]
    seen = Counter(store.kind.partition(".")[0] for store in stores)
    assert min(seen[cloud] for cloud in identities) > 12
    accounts: dict[str, set[str]] = {cloud: set() for cloud in identities}
    for store in stores:
        accounts[store.kind.partition(".")[0]].add(store.account)
    assert {cloud: len(found) for cloud, found in accounts.items()} == {
        "aws": 3, "azure": 2, "gcp": 2,
    }  # fmt: skip


def test_every_row_of_the_group_is_a_store(run: Path) -> None:
    """The recordings are those of the estate as it is described today."""
    with RunFolder.open(run) as opened:
        ids = {store.id.lower() for store in opened.stores()}
    assert {row["id"].lower() for row in azure_group().rows} <= ids
    assert {row["name"].lower() for row in google_group().assets} <= ids


@pytest.mark.parametrize("cloud", ["azure", "gcp"])
def test_what_is_refused_is_what_is_meant(run: Path, cloud: str) -> None:
    with RunFolder.open(run) as opened:
        partial = [
            c for c in opened.coverage()
            if c.scope.provider == cloud and c.state is not CoverageState.READ
        ]  # fmt: skip
    gaps = {gap.detail for c in partial for gap in c.gaps}
    assert gaps == REFUSED[cloud]


def test_copies_are_where_the_group_put_them(run: Path) -> None:
    with RunFolder.open(run) as opened:
        stores = {store.name or store.id: store for store in opened.stores()}
    told = {
        name: sorted(c.region for c in stores[name].copies
                     if not isinstance(c, Unknown) and isinstance(c.region, str))
        for name in ("stchulumieregrs", "psql-biologie", "cosmos-telesuivi", "chu-lumiere-secours")
    }  # fmt: skip
    assert told == {
        "stchulumieregrs": ["francesouth"],
        "psql-biologie": ["paired:francecentral", "westeurope"],
        "cosmos-telesuivi": ["northeurope", "paired:francecentral"],
        "chu-lumiere-secours": ["europe-west9"],
    }
    assert "paired:" not in json.dumps(sorted(stores))


def test_a_key_is_known_whichever_account_asks(run: Path) -> None:
    with RunFolder.open(run) as opened:
        keys = [s for s in opened.subjects_iter() if s.kind == "gcp.kms.crypto_key"]
    assert {key.facts["manager"] for key in keys} == {"customer"}
