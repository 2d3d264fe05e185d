"""A stranger's package, really built and installed, beside ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where both plugins are installed; built here, without the network."""
    base = tmp_path_factory.mktemp("strangers")
    sources = []
    for name in ("acme", "broken"):
        # a copy, so that no build folder appears in the checkout
        sources.append(str(shutil.copytree(HERE / name, base / "src" / name)))
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
         "--no-build-isolation", "--target", str(base / "site"), *sources],
        check=True,
    )  # fmt: skip
    return base / "site"


@pytest.fixture(scope="module")
def cloud() -> Iterator[str]:
    """An emulated account with one cluster of the stranger's kind, without tags."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    memorydb = boto3.client("memorydb", region_name="eu-west-3", endpoint_url=url, **keys)
    memorydb.create_cluster(ClusterName="sessions", NodeType="db.t4g.small", ACLName="open-access")
    yield url
    server.stop()


def auditor(site: Path, folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command, run in a folder of its own, with the strangers installed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "AUDITOR_"))}
    environment |= {"PYTHONPATH": str(site), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-P", "-m", "auditor", *words],
        cwd=folder, env=environment | more, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


def allowing(folder: Path, *names: str) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    (folder / "auditor.toml").write_text(f"[plugins]\nallow = [{listed}]\n")


def test_installed_is_not_allowed(site: Path, tmp_path: Path) -> None:
    told = auditor(site, tmp_path, "checks", "list")
    assert told.returncode == 0, told.stderr
    assert "aws.s3.bucket" in told.stdout
    for brought in ("aws.memorydb.cluster", "ACM001", "acme-ledger"):
        assert brought not in told.stdout


def test_allowed_brings_a_type_a_rule_and_its_words(site: Path, tmp_path: Path) -> None:
    allowing(tmp_path, "Acme_Auditor")  # names are compared as packages are
    told = auditor(site, tmp_path, "checks", "list")
    assert told.returncode == 0, told.stderr
    for brought in ("aws.memorydb.cluster", "ACM001", "aws.s3.bucket"):
        assert brought in told.stdout
    shown = auditor(site, tmp_path, "--lang", "fr", "checks", "show", "ACM001")
    assert shown.returncode == 0, shown.stderr
    assert "dit à quel environnement il appartient" in shown.stdout


def test_its_operations_are_in_the_permissions(site: Path, tmp_path: Path) -> None:
    without = auditor(site, tmp_path, "permissions", "aws")
    allowing(tmp_path, "acme-auditor")
    told = auditor(site, tmp_path, "permissions", "aws")
    assert (without.returncode, told.returncode) == (0, 0), told.stderr
    assert "memorydb:DescribeClusters" in told.stdout
    assert "memorydb:" not in without.stdout


def test_it_takes_part_in_an_audit_and_the_run_says_so(
    site: Path, cloud: str, tmp_path: Path
) -> None:
    (tmp_path / "auditor.toml").write_text(
        '[plugins]\nallow = ["acme-auditor"]\n'
        '[audit]\ntypes = ["aws.memorydb.*"]\n'
        f'[aws]\nregions = ["eu-west-3"]\norganisation = false\nendpoint = "{cloud}"\n'
    )
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    told = auditor(site, tmp_path, "audit", "-f", "acme-ledger", "-o", "out", **keys)
    assert told.returncode == 0, told.stdout + told.stderr
    (ledger,) = (tmp_path / "out").glob("*.ledger")
    lines = [line.split("\t") for line in ledger.read_text().splitlines()]
    (store,) = {about for _, _, about in lines if about.startswith("arn:")}
    assert store.endswith(":cluster/sessions")
    assert ["ACM001", "deviates", store] in lines
    (header,) = (tmp_path / "runs").glob("*/run.json")
    seen = {p["name"]: p for p in json.loads(header.read_text())["plugins"]}
    assert seen["acme-auditor"]["version"] == "1.2.3"
    assert len(seen["acme-auditor"]["record"]) == 64


@pytest.mark.parametrize(
    "verb", [("checks", "list"), ("permissions", "aws"), ("audit",)], ids=" ".join
)
def test_what_cannot_load_stops_the_run(site: Path, tmp_path: Path, verb: tuple[str, ...]) -> None:
    allowing(tmp_path, "acme-auditor", "broken-auditor")
    told = auditor(site, tmp_path, *verb)
    assert told.returncode == 2
    assert "broken-auditor" in told.stderr
    assert "Traceback" not in told.stderr
    assert "hunter2" not in told.stderr + told.stdout
    assert told.stdout == ""
    assert not list(tmp_path.rglob("run.json"))


def test_allowed_and_absent_stops_the_run(site: Path, tmp_path: Path) -> None:
    allowing(tmp_path, "never-installed")
    told = auditor(site, tmp_path, "checks", "list")
    assert told.returncode == 2
    assert "never-installed" in told.stderr
