"""Every row of an export resolves in what its format publishes, and tells the store it should."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from auditor.conformance import check_declaration
from auditor.declare import Row, StoreType
from auditor.forms import told_by
from auditor.model import Scope
from auditor.registry import resolve
from tests.checks.examples import opened, seen, wanted

HERE = Path(__file__).parent
shapes = resolve("auditor.checks.files._shapes:rows")
may_be_secret = resolve("auditor.checks.files._shapes:may_be_secret")


def clouds() -> Iterator[str]:
    """The clouds some of whose stores are told in another form than their own inventory's."""
    for cloud in iter_modules(import_module("auditor.checks").__path__, "auditor.checks."):
        if cloud.ispkg and any(
            m.name == "_exported" for m in iter_modules(import_module(cloud.name).__path__)
        ):
            yield cloud.name


def declared(package: str) -> Iterator[StoreType]:
    for module in iter_modules(import_module(package).__path__, package + "."):
        if not module.name.rpartition(".")[2].startswith("_"):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, StoreType):
                    yield value


TYPES = {kind.name: kind for cloud in clouds() for kind in declared(cloud)}
ROWS: dict[str, tuple[Row, ...]] = {
    name: told for cloud in clouds() for name, told in resolve(f"{cloud}._exported:rows")().items()
}
EVERY = [
    pytest.param(name, row, id=f"{row.form}:{row.type}:{name}")
    for name, told in ROWS.items()
    for row in told
    if name in TYPES
]
SCOPES = {
    "aws": Scope(provider="aws", partition="aws", account="111111111111"),
    "azure": Scope(
        provider="azure", partition="AzureCloud", account="00000000-0000-4000-8000-000000000011"
    ),
    "gcp": Scope(provider="gcp", partition="googleapis.com", account="chu-lumiere-prod"),
}
EXAMPLES = [
    pytest.param(example, id=f"{example['resource']}: {example['why']}")
    for file in sorted(HERE.glob("*/exported/*.json"))
    for example in json.loads(file.read_text(encoding="utf-8"))
    if example["type"] in TYPES
]


def told(name: str, row: Row) -> StoreType:
    """The type as this row alone tells it."""
    kind = told_by(replace(TYPES[name], rows=(row,)), row.form)
    assert kind is not None
    return kind


@pytest.mark.parametrize(("name", "row"), EVERY)
def test_every_path_of_a_row_resolves_and_nothing_sensitive_is_read(name: str, row: Row) -> None:
    known = {*TYPES, "azure.keyvault.key", "gcp.kms.crypto_key"}
    assert check_declaration(told(name, row), shapes(row.form), known) == []


@pytest.mark.parametrize(("name", "row"), EVERY)
def test_a_row_says_no_more_than_its_type_has(name: str, row: Row) -> None:
    kind = TYPES[name]
    own = {f"facts.{fact}" for fact in kind.facts}
    own |= {"id", "also", "label", "only", "account", "partition", "region", "parent"}
    own |= {a for a in ("bytes", "created", "tags", "encrypted", "key", "origin") if _has(kind, a)}
    own |= {a for a in ("copies", "shares") if _has(kind, a)}
    assert set(row.values) <= own


@pytest.mark.parametrize(("name", "row"), EVERY)
def test_what_is_always_encrypted_is_so_for_the_type_too(name: str, row: Row) -> None:
    if row.values.get("encrypted") == "`true`":
        assert TYPES[name].encrypted == "`true`"


@pytest.mark.parametrize(("name", "row"), EVERY)
def test_references_lead_where_those_of_the_type_do(name: str, row: Row) -> None:
    for attribute in ("key", "parent", "origin"):
        if attribute in row.values:
            own = getattr(TYPES[name], attribute)
            assert row.values[attribute].to == own.to or attribute == "origin"


def _has(kind: StoreType, attribute: str) -> bool:
    return bool(getattr(kind, attribute)) or attribute in ("tags", "bytes", "created", "encrypted")


def test_one_name_of_a_form_is_one_type() -> None:
    """Only what a path tells apart may share a name."""
    names: dict[tuple[str, str], list[Row]] = {}
    for name, rows in ROWS.items():
        for row in rows:
            names.setdefault((row.form, row.type), []).append(row)
            assert name.split(".")[0] in ("aws", "azure", "gcp")
    shared = {
        k: v for k, v in names.items() if len(v) > 1 and not all("only" in r.values for r in v)
    }
    assert shared == {}


@pytest.mark.parametrize(
    "name", ["password", "master_password_wo", "primary_connection_string", "primary_access_key",
             "secret_string", "auth_token", "user_data_base64", "sas_token", "private_key"],
)  # fmt: skip
def test_what_opens_a_door_is_refused_by_its_name(name: str) -> None:
    assert may_be_secret(name)


@pytest.mark.parametrize(
    ("type_", "secret"),
    [("aws_db_instance", "password"), ("aws_kms_external_key", "key_material_base64")],
)
def test_what_a_provider_calls_sensitive_is_no_path(type_: str, secret: str) -> None:
    name = next(n for n, told in ROWS.items() for row in told if row.type == type_)
    row = next(row for row in ROWS[name] if row.type == type_)
    bad = replace(row, values={**row.values, "label": secret})
    assert any(secret in p for p in check_declaration(told(name, bad), shapes("terraform")))


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_told_as_it_should(example: Mapping[str, Any]) -> None:
    row = next(r for r in ROWS[example["type"]] if r.type == example["resource"])
    kind = told(example["type"], row)
    store = opened(example, kind, SCOPES[kind.provider])
    assert seen(store, example["store"]) == wanted(example["store"])
