"""`auditor audit --from`: exports and earlier runs instead of a cloud."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor import pipeline
from auditor.model import Coverage, CoverageState, DataStore, Reason, Unknown
from auditor.runs import JudgementFolder, RunFolder, compare
from tests.checks.files.kinds import KINDS
from tests.checks.files.test_kinds import (
    AWS,
    CALLER,
    S3,
    SUBSCRIPTION,
    asset,
    item,
    resource,
    state,
    storage,
)
from tests.checks.files.test_secrets import documents, leaks

from .calling import Shell


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store types of these exports, and no others."""
    real = pipeline._loaded

    def loaded(*given: Any) -> Any:
        registry, facts = real(*given)
        return replace(registry, store_types={kind.name: kind for kind in KINDS}), facts

    monkeypatch.setattr(pipeline, "_loaded", loaded)


def write(auditor: Shell, name: str, content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    (auditor.folder / name).write_text(text)
    return name


def last(auditor: Shell) -> RunFolder:
    return RunFolder.open(
        max((auditor.folder / "runs").glob("2*"), key=lambda p: p.stat().st_mtime_ns)
    )


def stores(auditor: Shell) -> list[DataStore]:
    return list(last(auditor).stores())


def audited(auditor: Shell, *names: str) -> Any:
    found = auditor("audit", *(f"--from={name}" for name in names), "-f", "json", "-o", "out")
    assert found.exit_code in (0, 3, 4), found.output
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found


def test_the_kind_of_each_file_is_told_and_nothing_is_asked(
    auditor: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.socket.connect", None)
    names = [
        write(auditor, "rg.json", {"data": [storage("chulum1")]}),
        write(auditor, "cai.ndjson", "\n".join(json.dumps(asset(n)) for n in ("x", "y"))),
        write(auditor, "config.json", {"configurationItems": [item("chu-lumiere-dpi")]}),
        write(auditor, "prod.tfstate", state(CALLER, resource("aws_s3_bucket", S3))),
    ]
    said = audited(auditor, *names).stderr
    assert "rg.json: Azure Resource Graph, rows: 1, accounts: 1" in said
    assert "cai.ndjson: Google Cloud Asset Inventory, rows: 2, accounts: 1" in said
    assert "config.json: AWS Config, rows: 1, accounts: 1" in said
    assert "prod.tfstate: Terraform / OpenTofu, rows: 1, accounts: 1" in said
    assert len(stores(auditor)) == 4


def test_an_attribute_says_which_file_told_it(auditor: Shell) -> None:
    audited(auditor, write(auditor, "rg.json", [storage("chulum1")]))
    [told] = stores(auditor)
    assert told.calls["region"].startswith("microsoft.storage/storageaccounts (rg.json sha256:")
    assert told.region == "francecentral"
    assert any(isinstance(c, Unknown) and c.reason is Reason.NOT_ASKED for c in told.copies)
    header = last(auditor).header["identity"]["azure rg.json"]
    assert (header["file"], header["rows"], len(header["sha256"])) == ("rg.json", "1", 64)


def test_one_bucket_in_two_forms(auditor: Shell) -> None:
    audited(
        auditor,
        write(auditor, "config.json", {"configurationItems": [item("chu-lumiere-dpi")]}),
        write(auditor, "prod.tfstate", state(CALLER, resource("aws_s3_bucket", S3))),
    )
    [told] = stores(auditor)
    assert (told.account, told.region, told.encrypted) == (AWS, "eu-west-3", True)
    assert "prod.tfstate" in told.calls["encrypted"]
    assert all(isinstance(c, Unknown) for c in told.copies)
    assert told.copies


def test_a_subscription_in_two_files(auditor: Shell) -> None:
    same = storage("chulum1", id=storage("chulum1")["id"].upper())
    same["id"] = same["id"].replace("/SUBSCRIPTIONS/", "/subscriptions/")
    audited(
        auditor,
        write(auditor, "a.json", [storage("chulum1"), storage("chulum2")]),
        write(auditor, "b.json", [same, storage("chulum3")]),
    )
    assert sorted(s.name for s in stores(auditor)) == ["chulum1", "chulum2", "chulum3"]
    covered = [c for c in last(auditor).coverage() if c.kind == "azure.storage.account"]
    assert [c.stores for c in covered] == [3]


def test_two_exports_that_disagree(auditor: Shell) -> None:
    audited(
        auditor,
        write(auditor, "a.json", [storage("chulum1")]),
        write(auditor, "b.json", [storage("chulum1", location="eastus2")]),
    )
    [told] = stores(auditor)
    assert isinstance(told.region, Unknown)
    assert told.region.detail.startswith("CONFLICT region: ")
    gaps = [g for c in last(auditor).coverage() for g in c.gaps]
    assert told.region in gaps


@pytest.mark.parametrize("location", [None, "global", "atlantis"])
def test_a_place_that_nobody_knows(auditor: Shell, location: Any) -> None:
    audited(auditor, write(auditor, "a.json", [storage("chulum1", location=location)]))
    [judged] = JudgementFolder(last(auditor).path, last(auditor).path).judged()
    assert isinstance(judged.places[0], Unknown)


def units(auditor: Shell) -> Iterator[Coverage]:
    for covered in last(auditor).coverage():
        assert covered.state is not CoverageState.READ  # no file says that it is all there is
        yield covered


def test_what_an_export_leaves_out_is_a_gap(auditor: Shell) -> None:
    found = audited(auditor, write(auditor, "a.json", [storage("x"), storage("y", type="a/b")]))
    assert found.exit_code == 4
    states = {c.kind: (c.state, c.stores) for c in units(auditor)}
    assert states["azure.storage.account"] == (CoverageState.PARTIAL, 1)
    assert states["azure.compute.disk"] == (CoverageState.UNREAD, 0)
    assert states["a/b"] == (CoverageState.UNREAD, 0)


def test_a_run_of_ours(auditor: Shell) -> None:
    audited(auditor, write(auditor, "a.json", [storage("chulum1"), storage("chulum2")]))
    first = last(auditor)
    before = [replace(s, calls={}, collected="") for s in first.stores()]
    (auditor.folder / "a.json").unlink()
    run = f"runs/{first.path.name}"
    for name in (run, f"{run}/stores.jsonl.gz"):
        said = audited(auditor, name).stderr
        assert f"{first.path.name}: a run of ours, accounts: 1" in said
        assert [replace(s, calls={}, collected="") for s in stores(auditor)] == before


def test_a_run_and_a_newer_export(auditor: Shell) -> None:
    audited(auditor, write(auditor, "a.json", [storage("chulum1"), storage("chulum2")]))
    run = f"runs/{last(auditor).path.name}"
    audited(auditor, run, write(auditor, "b.json", [storage("chulum2"), storage("chulum3")]))
    assert sorted(s.name for s in stores(auditor)) == ["chulum1", "chulum2", "chulum3"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [("missing.json", None, "not there"), ("empty.json", "", "empty"), (".", None, "a folder"),
     ("x.json", '{"a": 1}', "not an export that is known"), ("x.json", "{", "not JSON from byte"),
     ("x.tfstate", '{"version": 5, "lineage": "x", "resources": []}', "a state of version 5")],
)  # fmt: skip
def test_files_that_cannot_be_read(auditor: Shell, name: str, content: Any, why: str) -> None:
    if content is not None:
        write(auditor, name, content)
    found = auditor("audit", "--from", name)
    assert found.exit_code == 2
    assert why in found.stderr
    assert "Traceback" not in found.output
    assert not (auditor.folder / "runs").exists()


@pytest.mark.parametrize("flag", ["--demo", "--sample"])
def test_what_does_not_go_with_an_export(auditor: Shell, flag: str) -> None:
    found = auditor("audit", "--from", write(auditor, "a.json", [storage("x")]), flag)
    assert found.exit_code == 2
    assert flag in found.stderr


def interrupted(auditor: Shell, monkeypatch: pytest.MonkeyPatch, after: int, *names: str) -> Path:
    """The folder of an audit of exports that ended when so many units were finished."""
    finish, left = RunFolder.finish, [after]

    def killed(self: RunFolder, unit: str, coverage: Coverage) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        finish(self, unit, coverage)

    with monkeypatch.context() as here:
        here.setattr(RunFolder, "finish", killed)
        found = auditor("audit", *(f"--from={name}" for name in names))
    assert found.exit_code not in (0, 3, 4), found.output
    return last(auditor).path


@pytest.mark.parametrize("after", [0, 1, 3])
def test_interrupted_and_resumed_it_is_as_if_left_in_peace(
    auditor: Shell, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    names = [
        write(auditor, "a.json", [storage("chulum1"), storage("chulum2")]),
        write(auditor, "b.json", [storage("chulum2", location="eastus2"), storage("chulum3")]),
        write(auditor, "config.json", {"configurationItems": [item("chu-lumiere-dpi")]}),
    ]
    run = interrupted(auditor, monkeypatch, after, *names)
    found = auditor("audit", *(f"--from={n}" for n in names), "--resume", str(run), "-f", "json")
    assert found.exit_code == 4, found.output
    audited(auditor, *names)
    peace = last(auditor).path
    assert peace != run
    assert compare(run, peace) == []


@pytest.mark.parametrize("flags", [["--from=b.json"], ["--from=a.json", "--from=b.json"], []])
def test_a_run_goes_on_with_its_own_exports_only(
    auditor: Shell, monkeypatch: pytest.MonkeyPatch, flags: list[str]
) -> None:
    write(auditor, "b.json", [storage("chulum2")])
    run = interrupted(auditor, monkeypatch, 1, write(auditor, "a.json", [storage("chulum1")]))
    auditor.set(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="y")
    monkeypatch.setattr("auditor.pipeline.connections", lambda settings, registry: {})
    found = auditor("audit", *flags, "--resume", str(run))
    assert found.exit_code == 2
    assert "begun with other exports" in found.stderr
    write(auditor, "a.json", [storage("chulum9")])
    assert "begun with other" in auditor("audit", "--from=a.json", "--resume", str(run)).stderr


def test_no_secret_reaches_the_run_or_the_documents(auditor: Shell) -> None:
    names = []
    for n, content in enumerate(documents().values()):
        names.append(write(auditor, f"{n}.json", content))
    found = auditor("audit", *(f"--from={name}" for name in names), "-o", "out", "-f", "json")
    assert found.exit_code == 4, found.output
    assert not leaks(found.output)
    kept = [p for folder in ("runs", "out") for p in (auditor.folder / folder).rglob("*")]
    assert len(stores(auditor)) >= 4
    for path in filter(Path.is_file, kept):
        whole = path.read_bytes()
        text = gzip.decompress(whole) if path.suffix == ".gz" else whole
        assert not leaks(text.decode("utf-8", "replace")), path


def test_the_help_tells_it(auditor: Shell) -> None:
    assert "--from FILE" in auditor("audit", "--help").output


def test_accounts_are_ours(auditor: Shell) -> None:
    audited(auditor, write(auditor, "a.json", [storage("chulum1")]))
    assert last(auditor).header["organisation"] == [SUBSCRIPTION]


@pytest.mark.parametrize(
    ("location", "flags", "cloud"),
    [("chinaeast2", [], "AzureChinaCloud"), ("francecentral", [], "AzureCloud"),
     ("blufrancecentral", ["--set", "azure.cloud=AzureUSGovernment"], "AzureUSGovernment")],
)  # fmt: skip
def test_the_cloud_is_that_of_the_rows_unless_settings_name_another(
    auditor: Shell, location: str, flags: list[str], cloud: str
) -> None:
    write(auditor, "a.json", [storage("chulum1", location=location)])
    auditor("audit", "--from", "a.json", "-f", "json", "-o", "out", *flags)
    assert [s.partition for s in stores(auditor)] == [cloud]


def test_the_universe_is_that_of_the_settings(auditor: Shell) -> None:
    write(auditor, "a.json", [asset("chu-lumiere-dicom")])
    auditor("audit", "--from", "a.json", "-o", "out", "-f", "json",
            "--set", "gcp.universe_domain=s3nsapis.fr")  # fmt: skip
    assert [s.partition for s in stores(auditor)] == ["s3nsapis.fr"]
