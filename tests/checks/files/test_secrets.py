"""Secrets in an export go nowhere: not into a row, a gap, a message, a log, nor onto the disk."""

from __future__ import annotations

import json
import logging
import traceback
from pathlib import Path
from typing import Any

import pytest

from auditor.checks.files import _events
from auditor.checks.files._api import exports
from auditor.sdk import SettingsError
from tests.checks.files.kinds import KINDS
from tests.checks.files.test_kinds import (
    CALLER,
    S3,
    asset,
    item,
    resource,
    rows,
    state,
    storage,
)

CANARIES = [f"canary-{n:03}-Tr0ub4dor" for n in range(200)]
_NAMES = (
    "password", "master_password", "connection_string", "primary_access_key", "private_key",
    "private_key_pem", "secret_string", "token", "user_data", "admin_password", "sas_url",
    "certificate", "auth_token", "kube_config_raw", "value", "result", "content",
)  # fmt: skip


def secretive(first: int) -> dict[str, Any]:
    """Attributes that hold secrets: texts, in lists, in objects, in JSON, in what is marked."""
    found: dict[str, Any] = {n: CANARIES[first + i] for i, n in enumerate(_NAMES)}
    found["site_credential"] = [{"password": CANARIES[first + 17]}]
    found["environment"] = {"variables": {"DB": CANARIES[first + 18]}}
    found["versioning"] = [{"enabled": True, "mfa": CANARIES[first + 19]}]
    return found


def leaks(text: str) -> list[str]:
    return [c for c in CANARIES if c in text]


def documents() -> dict[str, Any]:
    bucket = resource("aws_s3_bucket", {**S3, **secretive(0)}, {**S3, **secretive(20)})
    random = resource("random_password", secretive(40))
    stranger = resource("contoso_database", secretive(60))
    outputs = {"dsn": {"value": CANARIES[80], "type": "string", "sensitive": True}}
    data = resource("aws_secretsmanager_secret_version", secretive(81), mode="data")
    flat = {f"{n}.0.x": CANARIES[101 + i] for i, n in enumerate(_NAMES)}
    old = {"type": "aws_s3_bucket", "primary": {"id": "x", "attributes": {**flat, **{
        k: v for k, v in S3.items() if isinstance(v, str)}}}}  # fmt: skip
    return {
        "state": state(CALLER, bucket, random, stranger, data, outputs=outputs),
        "old state": {"version": 3, "lineage": "x", "modules": [
            {"path": ["root"], "outputs": outputs, "resources": {"a": old}}]},
        "resource graph": [storage("x", **secretive(120))],
        "assets": [{**asset("x"), **secretive(140)}],
        "config": {"configurationItems": [
            item("x", configuration=secretive(160)),
            item("y", configuration=json.dumps(secretive(180)),
                 supplementaryConfiguration={"x": json.dumps(secretive(180))})]},
    }  # fmt: skip


@pytest.mark.parametrize("name", documents())
def test_no_secret_is_lifted(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "export.json"
    path.write_text(json.dumps(documents()[name]))
    assert leaks(path.read_text())
    told = []
    for api in exports([path], KINDS, {}).values():
        told += [json.dumps(rows(api)), repr(list(api.accounts())), repr(api.identity())]
    said = capfd.readouterr()
    assert not leaks("".join([*told, caplog.text, said.out, said.err]))


@pytest.mark.parametrize("name", documents())
@pytest.mark.parametrize("at", [0.2, 0.5, 0.8, 0.99])
def test_no_secret_is_in_what_is_said_of_a_broken_file(
    name: str, at: float, tmp_path: Path
) -> None:
    text = json.dumps(documents()[name])
    path = tmp_path / "export.json"
    for broken in (text[: int(len(text) * at)], text[: int(len(text) * at)] + "\x01" + text):
        path.write_text(broken)
        with pytest.raises(SettingsError) as refused:
            exports([path], KINDS, {})
        whole = "".join(traceback.format_exception(refused.value))
        held = refused.value
        while held is not None:
            whole += repr(held) + repr(held.args)
            held = held.__cause__ or held.__context__  # type: ignore[assignment]
        assert not leaks(whole)
        assert "export.json" in str(refused.value)


def test_the_byte_is_told(tmp_path: Path) -> None:
    text = json.dumps([storage(f"x{n}") for n in range(400)]).encode()
    at = len(text) // 2
    while not text[at : at + 1].isalpha():
        at += 1
    path = tmp_path / "export.json"
    path.write_bytes(text[:at] + b"\x00" + text[at:])
    with pytest.raises(SettingsError, match=f"from byte {at} on"):
        exports([path], KINDS, {})


def test_what_is_passed_over_never_becomes_a_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = _events.lifted

    def spied(event: Any, events: Any, keep: Any, depth: int = 0) -> Any:
        value = real(event, events, keep, depth)
        seen.append(repr(value))
        return value

    monkeypatch.setattr(_events, "lifted", spied)
    path = tmp_path / "export.json"
    path.write_text(json.dumps(documents()["state"]))
    exports([path], KINDS, {})
    assert seen
    assert not leaks("".join(seen))
