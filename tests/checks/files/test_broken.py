"""Files that are cut, mutated or hostile: a message, or what can be read; never a traceback."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.checks.files._api import exports
from auditor.sdk import SettingsError
from tests.checks.files.kinds import KINDS
from tests.checks.files.test_kinds import CALLER, S3, asset, item, resource, rows, state, storage

WHOLE = [
    json.dumps({"count": 2, "data": [storage("x"), storage("y")], "skip_token": None}).encode(),
    json.dumps([asset("x"), asset("y")]).encode(),
    json.dumps({"fileVersion": "1.0", "configurationItems": [item("x")]}).encode(),
    json.dumps({"Results": [json.dumps(item("x"))]}).encode(),
    json.dumps(state(CALLER, resource("aws_s3_bucket", S3))).encode(),
    b'id,name,type,properties\n/subscriptions/x,a,microsoft.compute/disks,"{""a"": 1}"\n',
    json.dumps({"version": 3, "lineage": "x", "modules": [{"resources": {"a": {
        "type": "aws_s3_bucket", "primary": {"attributes": {"arn": "x", "versioning.#": "1",
                                                            "versioning.0.enabled": "true"}}}}}]}
    ).encode(),
]  # fmt: skip
_PIECES = [b"null", b"{}", b"[]", b'"x"', b"1e999", b"-", b"\xff", b"\x00", b'"\\ud800"', b",",
           b"]", b"}", b"{", b"[", b'"id":', b"9" * 400, b'{"":{"":[]}}']  # fmt: skip


def survives(path: Path) -> None:
    try:
        found = exports([path], KINDS, {})
    except SettingsError:
        return
    for api in found.values():
        list(api.accounts())
        json.dumps(rows(api), allow_nan=False)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken") / "export"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_cut_anywhere(file: Path, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(WHOLE))
    packed = data.draw(st.booleans())
    text = gzip.compress(whole, mtime=0) if packed else whole
    file.write_bytes(text[: data.draw(st.integers(1, len(text)))])
    survives(file)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_anywhere(file: Path, data: st.DataObject) -> None:
    text = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.integers(0, 12))
        text[at : at + length] = data.draw(st.sampled_from(_PIECES))
    file.write_bytes(bytes(text) or b" ")
    survives(file)


def _other(value: object, values: st.DataObject) -> object:
    """The same document with some of its values of another kind."""
    if values.draw(st.integers(0, 11)) == 0:
        return values.draw(st.sampled_from([None, 0, 1.5, True, "", "x", [], {}, [None], [[]]]))
    if isinstance(value, dict):
        return {k: _other(v, values) for k, v in value.items()}
    return [_other(v, values) for v in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_values_of_another_kind(file: Path, data: st.DataObject) -> None:
    whole = json.loads(data.draw(st.sampled_from([w for w in WHOLE if w[:1] in b"{["])))
    file.write_text(json.dumps(_other(whole, data)))
    survives(file)


@settings(max_examples=100, deadline=None)
@given(text=st.binary(min_size=1, max_size=400))
def test_anything(file: Path, text: bytes) -> None:
    file.write_bytes(text)
    survives(file)


def test_what_is_nested_without_end(file: Path) -> None:
    for text in ('[{"id":"/x","type":"microsoft.compute/disks","sku":' + "[" * 100_000,
                 '{"data":[{"tags":' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}]}",
                 '{"version":3,"modules":[{"resources":{"a":{"type":"aws_s3_bucket","primary":'
                 '{"attributes":{"' + "tags." * 20_000 + 'x":"1"}}}}}]}'):  # fmt: skip
        file.write_text(text)
        survives(file)
