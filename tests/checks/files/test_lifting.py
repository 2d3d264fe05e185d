"""What is lifted of a row is all that its declaration reads: the store is that of the whole row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.checks.files._api import exports
from auditor.checks.files._lifting import declared
from auditor.declare import Row, StoreType
from auditor.forms import OWN, told_by
from auditor.model import DataStore, Scope
from auditor.registry import resolve
from tests.checks.examples import examples, opened, registry
from tests.checks.files.test_kinds import resource, rows, state

HERE = Path(__file__).parents[1]
SCOPES = {
    "aws": Scope(provider="aws", partition="aws", account="111111111111"),
    "azure": Scope(
        provider="azure", partition="AzureCloud", account="00000000-0000-4000-8000-000000000011"
    ),
    "gcp": Scope(provider="gcp", partition="googleapis.com", account="chu-lumiere-dossiers"),
}


def kind_of(name: str) -> StoreType:
    kind = registry().store_types[name]
    assert isinstance(kind, StoreType)
    return kind


def row_of(example: Mapping[str, Any]) -> Row:
    told = resolve(f"auditor.checks.{example['type'].partition('.')[0]}._exported:rows")()
    found: Row = next(
        r
        for r in told[example["type"]]
        if (r.form, r.type) == (example["form"], example["resource"])
    )
    return found


def exported() -> Iterator[Any]:
    for file in sorted(HERE.glob("*/exported/*.json")):
        for number, one in enumerate(json.loads(file.read_text())):
            yield {**one, "file": f"{file.parts[-3]} {file.stem}[{number}] {one['type']}"}


def listed() -> Iterator[Any]:
    """The examples whose row is one of the inventory itself."""
    for provider in ("azure", "gcp"):
        for one in examples(provider):
            row = one["row"]
            typed = row.get("type") if provider == "azure" else row.get("asset", {}).get("type")
            kind = kind_of(one["type"])
            if typed and kind.row and typed.lower() == kind.row.lower():
                yield one


def store(kind: StoreType, row: Any) -> DataStore:
    """The store of a row, when nothing is asked besides."""
    return opened({"row": row}, kind, SCOPES[kind.provider])


def only(path: Path, kind: StoreType, document: Any) -> Any:
    path.write_text(json.dumps(document))
    [api] = exports([path], [kind], {}).values()
    [told] = rows(api)
    return told


@pytest.mark.parametrize("example", list(listed()), ids=lambda e: e["file"])
def test_a_row_of_an_inventory(example: Any, tmp_path: Path) -> None:
    kind, row = kind_of(example["type"]), dict(example["row"])
    document: Any = row
    if kind.provider == "gcp":
        asset = row.pop("asset")
        project = asset.get("number") or asset.get("project") or "1"
        document = {
            "name": asset["name"],
            "assetType": asset["type"],
            "ancestors": [f"projects/{project}"],
            "resource": {"data": row, "location": asset.get("location")},
        }
    told = only(tmp_path / "export.json", kind, [document])
    by_row = told_by(kind, OWN)
    assert by_row is not None
    whole = store(by_row, example["row"])
    lifted = store(by_row, {**told, "exported": None})
    assert lifted == whole


@pytest.mark.parametrize("example", list(exported()), ids=lambda e: e["file"])
def test_a_row_of_another_form(example: Any, tmp_path: Path) -> None:
    said, row = row_of(example), example["row"]
    kind = replace(kind_of(example["type"]), rows=(said,))
    document: Any = state(resource(said.type, row))
    if said.form == "config":
        row = {**row, "resourceType": said.type}
        document = {"configurationItems": [row]}
    by_form = told_by(kind, said.form)
    assert by_form is not None
    assert store(by_form, only(tmp_path / "export.json", kind, document)) == store(by_form, row)


FORMS = [
    *(k for k in map(kind_of, registry().store_types) if k.row),
    *(r for p in SCOPES for told in resolve(f"auditor.checks.{p}._exported:rows")().values()
      for r in told),
]  # fmt: skip


def named(said: StoreType | Row) -> str:
    return f"{said.form} {said.type}" if isinstance(said, Row) else said.row


@pytest.mark.parametrize("said", FORMS, ids=named)
def test_no_declaration_reads_all_of_its_row(said: StoreType | Row) -> None:
    keep = declared(said)
    assert keep.below
    assert not keep.whole
