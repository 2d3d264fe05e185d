"""Containers of Azure and buckets of Google Cloud are sampled as those of AWS are."""

from __future__ import annotations

import gzip
import json
import logging

import pytest

from auditor import pipeline, settings
from auditor.model import Certainty, Reason
from auditor.runs import JudgementFolder, RunFolder
from auditor.testing.azure import AzureEstate, AzureFake, subscription
from auditor.testing.azure import Stored as Blob
from auditor.testing.google import Estate, GoogleFake, Project, Stored, asset
from tests.content.making import clinical_csv, nir

from .test_three_clouds import _toml

ACCOUNT = "00000000-0000-4000-8000-000000000001"
STORAGE = (
    f"/subscriptions/{ACCOUNT}/resourceGroups/rg-dpi/providers/Microsoft.Storage"
    "/storageAccounts/chulumiere0"
)
PROJECT = Project("chu-lumiere-dpi", "41")
NAMES = ("exports", "lisezmoi", "prive", "archives", "vide")
PLAIN = b"nothing of that kind at all\n" * 20
VALUES = ("DUPONT", "Jeanne", nir(0), "2019.csv", "insuffisance")
ASKED = ("audit.providers=azure,gcp", "audit.types=azure.storage.blob_container,gcp.storage.bucket")
PREFIX = "export/1/"


def held(made, cold):
    """What each store holds: patients, a text, what is refused, cold objects, and nothing."""
    patients = {
        f"export/{month}/DUPONT_Jeanne_{n}.csv": made(clinical_csv(n).encode())
        for n in range(4)
        for month in range(1, 5)
    }
    return {
        "exports": {**patients, "old/2019.csv": made(b"x;y\n1;2\n", cold)},
        "lisezmoi": {"readme.txt": made(PLAIN)},
        "prive": patients,
        "archives": {f"{n}/2019.csv": made(clinical_csv(n).encode(), cold) for n in range(3)},
        "vide": {},
    }


def azure_of():
    containers = [
        {
            "id": f"{STORAGE}/blobServices/default/containers/{name}",
            "name": name,
            "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
            "properties": {"publicAccess": "None"},
        }
        for name in NAMES
    ]
    row = {
        "id": STORAGE,
        "name": "chulumiere0",
        "type": "microsoft.storage/storageaccounts",
        "kind": "StorageV2",
        "location": "francecentral",
        "sku": {"name": "Standard_LRS"},
        "subscriptionId": ACCOUNT,
        "resourceGroup": "rg-dpi",
        "properties": {
            "primaryLocation": "francecentral",
            "encryption": {"keySource": "Microsoft.Storage"},
        },
    }
    return AzureEstate(
        subscriptions=[subscription(ACCOUNT, "CHU Lumière")],
        rows=[row],
        answers={f"{STORAGE}/blobServices/default/containers": {"value": containers}},
        blobs={f"chulumiere0/{name}": blobs for name, blobs in held(Blob, "Archive").items()},
    )


def google_of():
    return Estate(
        projects=[PROJECT],
        assets=[
            asset(PROJECT, "storage.googleapis.com/Bucket", name, "europe-west9",
                  {"name": name, "location": "EUROPE-WEST9", "locationType": "region"})
            for name in NAMES
        ],
        objects=held(Stored, "COLDLINE"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def estate(tmp_path_factory):
    file = tmp_path_factory.mktemp("settings") / "auditor.toml"
    with AzureFake(azure_of()) as azure, GoogleFake(google_of()) as google:
        azure.denied = ("/blob/chulumiere0/prive",)
        google.weather.denied = ("b/prive/o",)
        file.write_text(_toml(azure=azure.settings, gcp=google.settings))
        yield file, azure, google


@pytest.fixture(scope="module")
def sampled(estate, tmp_path_factory):
    root = tmp_path_factory.mktemp("runs")
    asked = settings.load(estate[0], {}, [f"runs.dir={root}", *ASKED, "sample.enabled=true"])
    return pipeline.audit(asked)


def samples_of(run):
    with RunFolder.open(run) as opened:
        return {(_cloud(s.store), s.store.rpartition("/")[2]): s for s in opened.samples()}


def _cloud(identifier):
    return "gcp" if identifier.startswith("//storage") else "azure"


def content_asked(azure, google):
    """What was asked of content, by either cloud."""
    return [
        *(path for _, path in azure.asked if path.startswith("/blob/")),
        *(asked for asked in google.asked if "/o" in asked and "storage/v1/b/" in asked),
    ]


@pytest.mark.parametrize("cloud", ["azure", "gcp"])
def test_a_store_of_patients_is_confirmed_from_a_few_objects(sampled, cloud):
    found = samples_of(sampled.run)[cloud, "exports"]
    assert (found.certainty, found.stopped) == (Certainty.CONFIRMED, "early")
    assert found.listed == 17
    assert found.sampled < 16
    assert found.reasons == {Reason.COLD: 1}
    with RunFolder.open(sampled.run) as opened:
        pairs = zip(
            opened.stores(), JudgementFolder(sampled.run, sampled.run).judged(), strict=True
        )
        health = next(j.health for s, j in pairs if s.id == found.store)
    assert health.certainty is Certainty.CONFIRMED
    assert {e.axis for e in health.evidence} == {"H", "P"}


@pytest.mark.parametrize("cloud", ["azure", "gcp"])
def test_what_is_not_read_is_not_assessed(sampled, cloud):
    found = samples_of(sampled.run)
    refused, cold = found[cloud, "prive"], found[cloud, "archives"]
    assert refused.certainty is cold.certainty is Certainty.NOT_ASSESSED
    assert refused.reason is not None
    assert refused.reason.reason is Reason.DENIED
    assert cold.reasons == {Reason.COLD: 3}
    assert (cold.sampled, cold.bytes) == (0, 0)
    assert found[cloud, "lisezmoi"].certainty is Certainty.NONE
    assert found[cloud, "vide"].certainty is Certainty.NONE


def test_nothing_but_reads_is_asked_and_nothing_of_cold_objects(estate, sampled):
    _, azure, google = estate
    assert (azure.refused, google.refused) == ([], [])
    assert not [asked for asked in content_asked(azure, google) if "2019" in asked]


def test_no_value_and_no_name_is_kept(sampled):
    for file in sampled.run.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        content = gzip.decompress(content) if file.suffix == ".gz" else content
        for value in VALUES:
            assert value.encode() not in content, (file, value)


def test_nothing_is_read_unless_it_is_asked_for(estate, tmp_path):
    file, azure, google = estate
    before = len(content_asked(azure, google))
    pipeline.audit(settings.load(file, {}, [f"runs.dir={tmp_path}", *ASKED]))
    assert len(content_asked(azure, google)) == before


@pytest.mark.parametrize("address", ["az://chulumiere0/exports", "gs://exports"])
def test_a_store_is_classified_by_its_address(estate, auditor, address, caplog):
    flags = ("--config", str(estate[0]))
    logging.getLogger("urllib3.connectionpool").setLevel(logging.NOTSET)
    with caplog.at_level(logging.DEBUG):
        told = auditor("classify", f"{address}/{PREFIX}", "-f", "jsonl", *flags)
    assert not [value for value in VALUES if value in caplog.text + told.stderr]
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 0, told.stderr
    assert {row["level"] for row in rows} == {"confirmed"}
    assert "DUPONT" not in told.stdout
    full = auditor("classify", f"{address}/{PREFIX}", "-f", "jsonl", "--full-names", *flags)
    assert "DUPONT_Jeanne" in full.stdout
    plan = auditor("classify", address, "--dry-run", *flags)
    assert plan.stdout.startswith("17 objects listed; 16 would be read")
    assert "1 of a cold class" in plan.stdout


@pytest.mark.parametrize("address", ["az://chulumiere0/prive", "gs://prive", "gs://none"])
def test_a_refused_address_is_not_assessed(estate, auditor, address):
    told = auditor("classify", address, "-f", "jsonl", "--config", str(estate[0]))
    assert told.exit_code == 4
    assert json.loads(told.stdout)["level"] == "not_assessed"


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        ("azure", ["containers/blobs/read"]),
        ("gcp", ["storage.objects.get", "storage.objects.list"]),
    ],
)
def test_the_role_that_sampling_needs_is_printed(auditor, provider, words):
    told = auditor("permissions", provider, "--sample")
    assert told.exit_code == 0, told.stderr
    assert all(word in told.stdout for word in words)
    assert "storageAccounts/read" not in told.stdout
    assert "storageAccounts/read" in auditor("permissions", "azure").stdout
