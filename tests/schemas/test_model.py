"""The schemas that are published say what the code writes, and refuse what it never would."""

import json
from dataclasses import replace
from datetime import date

import jsonschema_rs
import pytest

from auditor.codec import dumps, from_json
from auditor.model import Category, Copy, Coverage, CoverageState, DataStore, Reason, Role, Scope
from auditor.model import Unknown as Un
from tests.schemas.of_model import HERE, NOUNS, text_of

STORE = DataStore(
    id="arn:x",
    kind="aws.s3.bucket",
    category=Category.OBJECT,
    partition="aws",
    account="1",
    region=Un(Reason.DENIED, "s3:GetBucketLocation: AccessDenied"),
    copies=(Copy(role=Role.REPLICA, region="eu-west-3", account="1"), Un(Reason.GONE)),
    tags={"a": "b\ud800", "x": "\x1b[31m<b>\u202e"},
    facts={"n": 1, "b": True, "u": Un(Reason.UNTOLD)},
)


@pytest.mark.parametrize("name", NOUNS)
def test_published_schema_is_the_nouns_own(name):
    assert (HERE / f"{name}.json").read_text(encoding="utf-8") == text_of(name)


@pytest.mark.parametrize("path", sorted(HERE.glob("*.json")), ids=lambda p: p.stem)
def test_every_schema_is_one(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$id"] == f"urn:health-residency-auditor:schema:{path.stem}:1"
    jsonschema_rs.validator_for(schema)


def test_a_store_fits_and_comes_back():
    line = dumps(STORE)
    validator = jsonschema_rs.validator_for(json.loads(text_of("store")))
    assert validator.is_valid(json.loads(line))
    back = from_json(DataStore, json.loads(line))
    assert back == replace(STORE, tags={"a": "b?", "x": "\x1b[31m<b>\u202e"})
    assert not validator.is_valid({**json.loads(line), "surplus": 1})
    assert not validator.is_valid({**json.loads(line), "region": None})


def test_coverage_comes_back():
    scope = Scope(provider="aws", partition="aws", account="1", region="eu-west-3")
    told = Coverage(scope=scope, kind="k", state=CoverageState.PARTIAL, gaps=(Un(Reason.DENIED),))
    assert from_json(Coverage, json.loads(dumps(told))) == told


def test_days_are_iso():
    assert dumps({"day": date(2026, 11, 24)}) == '{"day":"2026-11-24"}'
