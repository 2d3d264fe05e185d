"""One audit of an AWS organisation, an Azure tenant, a Google organisation; then of exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from auditor import clouds, pipeline, settings
from auditor.declare import StoreType
from auditor.model import CoverageState, DataStore, Unknown
from auditor.registry import load
from auditor.runs import RunFolder, verify
from auditor.testing.azure import AzureEstate, AzureFake
from auditor.testing.google import Estate, GoogleFake
from auditor.words import Words
from tests.checks.examples import examples
from tests.clouds.of_examples import azure_estate, google_estate

from .small import ENVIRON, TYPES, cloud, flags

# Written by hand, and not read in the facts: in which country each region of the examples lies.
COUNTRY = {
    "eu-west-3": "FR",
    "francecentral": "FR", "francesouth": "FR", "westeurope": "NL", "northeurope": "IE",
    "swedencentral": "SE", "eastus": "US", "eastus2": "US", "brazilsouth": "BR",
    "paired:francecentral": "FR", "paired:westeurope": "IE", "paired:northeurope": "NL",
    "europe-west9": "FR", "europe-west1": "BE", "europe-west4": "NL", "europe-west3": "DE",
    "europe-north1": "FI", "us-central1": "US", "us-east1": "US",
}  # fmt: skip


class Audited(NamedTuple):
    run: Path
    done: pipeline.Done
    azure: AzureFake
    google: GoogleFake
    estates: tuple[AzureEstate, Estate]


@pytest.fixture(scope="module")
def audited(tmp_path_factory) -> Audited:
    estates = (azure_estate(), google_estate())
    root = tmp_path_factory.mktemp("runs")
    with (
        cloud(members=1, each=1) as (url, _),
        AzureFake(estates[0]) as azure,
        GoogleFake(estates[1]) as google,
        pytest.MonkeyPatch.context() as here,
    ):
        for name, value in ENVIRON.items():
            here.setenv(name, value)
        file = root / "auditor.toml"
        file.write_text(_toml(azure=azure.settings, gcp=google.settings))
        types = f"audit.types={','.join((*TYPES, 'azure.*', 'gcp.*'))}"
        asked = settings.load(file, {}, [*flags(url, root / "runs"), types])
        done = pipeline.audit(asked)
    return Audited(done.run, done, azure, google, estates)


def _toml(**sections: dict[str, Any]) -> str:
    lines: list[str] = []
    for name, section in sections.items():
        lines.append(f"[{name}]")
        for key, value in section.items():
            told = (
                "{ " + ", ".join(f"{k} = {json.dumps(v)}" for k, v in value.items()) + " }"
                if isinstance(value, dict)
                else json.dumps(value)
            )
            lines.append(f"{key} = {told}")
    return "\n".join(lines)


def stores_of(run: Path) -> dict[str, DataStore]:
    with RunFolder.open(run) as opened:
        return {store.id: store for store in opened.stores()}


def test_one_run_covers_the_three(audited):
    stores = stores_of(audited.run)
    seen = {store.kind.partition(".")[0] for store in stores.values()}
    assert seen == {"aws", "azure", "gcp"}
    assert len({s.kind for s in stores.values() if s.kind.startswith("azure.")}) >= 35
    assert len({s.kind for s in stores.values() if s.kind.startswith("gcp.")}) >= 30
    assert verify(audited.run) == []
    assert (audited.azure.refused, audited.google.refused) == ([], [])


def test_one_report_tells_all_of_it(audited):
    told = b"".join(pipeline.told(audited.done, settings.load(None, {}), "json", Words("fr")))
    report = json.loads(told)
    assert {"aws", "azure", "gcp"} <= set(report["run"]["identity"])
    with RunFolder.open(audited.run) as run:
        units = list(run.coverage())
    for name in ("aws", "azure", "gcp"):
        ours = [c for c in units if c.scope.provider == name]
        assert any(c.state is CoverageState.READ for c in ours), name


def expected(provider: str) -> Iterator[tuple[str, str]]:
    """An id, and a country where its bytes must be told to be, as the examples say."""
    first: set[str] = set()
    for one in examples(provider):
        identifier, told = one["store"].get("id"), one["store"]
        if not identifier or identifier.lower() in first:
            continue
        first.add(identifier.lower())
        places = [told.get("region", ""), *(c.partition(" ")[2] for c in told.get("copies", ()))]
        yield from ((identifier, COUNTRY[p]) for p in places if p in COUNTRY)


@pytest.mark.parametrize("provider", ["azure", "gcp"])
def test_every_copy_is_where_the_examples_say(audited, provider):
    with RunFolder.open(audited.run) as run:
        made = run.judgement(audited.done.summary.as_of, "", replay=False)
        judged = {j.store.lower(): j for j in made.judged()}
    compared = 0
    for identifier, country in expected(provider):
        if identifier.lower() not in judged:
            continue
        found = judged[identifier.lower()]
        told = {getattr(p, "country", "?") for p in (*found.places, *found.flows)}
        assert country in told, identifier
        compared += 1
    assert compared >= 30


def _around(value: Any) -> Any:
    """A zone is in its region: an export may tell the one, a question the other."""
    zone = isinstance(value, str) and value.startswith("europe-") and value[-2:-1] == "-"
    return value[:-2] if zone else value


def _inventoried(store: DataStore) -> bool:
    """Whether both clouds list it in their inventory; others have a listing of their own."""
    kind = load().store_types[store.kind]
    return isinstance(kind, StoreType) and bool(kind.row) and kind.listing is None


def test_exports_of_the_same_estates_give_the_same_stores(audited, tmp_path):
    azure, google = audited.estates
    graph, assets = tmp_path / "graph.json", tmp_path / "assets.ndjson"
    graph.write_text(json.dumps({"data": list(azure.rows), "count": len(azure.rows)}))
    assets.write_text("".join(json.dumps(one) + "\n" for one in google.assets))
    asked = settings.load(None, {}, [f"runs.dir={tmp_path}"])
    done = pipeline.audit(asked, clouds=clouds.exported([graph, assets], asked, load()))
    both = (stores_of(audited.run), stores_of(done.run))
    live, told = ({i: s for i, s in stores.items() if _inventoried(s)} for stores in both)
    assert set(told) == set(live)
    for identifier, store in told.items():
        same = live[identifier]
        assert (store.kind, store.account, store.partition) == (
            same.kind, same.account, same.partition,
        )  # fmt: skip
        for name in ("region", "encrypted", "key", "created"):
            one, other = (_around(getattr(s, name)) for s in (store, same))
            assert isinstance(one, Unknown) or one == other, (identifier, name)
