"""Each kind of export: known by its content, and read by the declarations of the live rows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from auditor.checks.files._api import Exported, exports
from auditor.sdk import ApiError, Gap, Reason, Scope, SettingsError
from tests.checks.files.kinds import KINDS

SUBSCRIPTION = "00000000-0000-4000-8000-000000000011"
HOME = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-dpi/providers"
AWS = "123456789012"


def storage(name: str, **values: Any) -> dict[str, Any]:
    """A row of Resource Graph, columns in the order of `az`."""
    row = {
        "id": f"{HOME}/Microsoft.Storage/storageAccounts/{name}",
        "kind": "StorageV2",
        "location": "francecentral",
        "name": name,
        "properties": {
            "creationTime": "2024-03-01T08:00:00Z",
            "primaryLocation": "francecentral",
            "secondaryLocation": "francesouth",
            "primaryEndpoints": {"blob": f"https://{name}.blob.core.windows.net/"},
        },
        "resourceGroup": "rg-dpi",
        "sku": {"name": "Standard_GRS", "tier": "Standard"},
        "subscriptionId": SUBSCRIPTION,
        "tags": {"environment": "production"},
        "type": "microsoft.storage/storageaccounts",
    }
    return {**row, **values}


def asset(name: str, number: str = "412345678901", **values: Any) -> dict[str, Any]:
    """An asset with its content, as `gcloud asset list` gives it."""
    return {
        "ancestors": [f"projects/{number}", "organizations/1234567890"],
        "assetType": "storage.googleapis.com/Bucket",
        "name": f"//storage.googleapis.com/{name}",
        "resource": {
            "data": {"name": name, "location": "EUROPE-WEST9", "labels": {"env": "prod"}},
            "discoveryName": "Bucket",
            "location": "europe-west9",
            "parent": f"//cloudresourcemanager.googleapis.com/projects/{number}",
            "version": "v1",
        },
        "updateTime": "2026-11-20T07:00:00Z",
        **values,
    }


def item(name: str, **values: Any) -> dict[str, Any]:
    """A configuration item of a snapshot."""
    return {
        "ARN": f"arn:aws:s3:::{name}",
        "awsAccountId": AWS,
        "awsRegion": "eu-west-3",
        "configuration": {"name": name, "owner": {"id": "f00"}},
        "configurationItemStatus": "OK",
        "resourceName": name,
        "resourceType": "AWS::S3::Bucket",
        "supplementaryConfiguration": {"BucketVersioningConfiguration": {"status": "Enabled"}},
        "tags": {"environment": "production"},
        **values,
    }


def resource(kind: str, *attributes: Mapping[str, Any], **values: Any) -> dict[str, Any]:
    """A resource of a state of version 4."""
    cloud = {"azurerm": "hashicorp/azurerm", "google": "hashicorp/google"}
    name = cloud.get(kind.partition("_")[0], "hashicorp/aws")
    return {
        "mode": "managed",
        "type": kind,
        "name": "dpi",
        "provider": f'provider["registry.terraform.io/{name}"]',
        "instances": [
            {"schema_version": 1, "attributes": dict(one), "sensitive_attributes": []}
            for one in attributes
        ],
        **values,
    }


def state(*resources: Any, **values: Any) -> dict[str, Any]:
    """A state of version 4."""
    head = {"version": 4, "terraform_version": "1.9.8", "serial": 12, "lineage": "3b1f"}
    return {**head, "outputs": {}, "resources": list(resources), "check_results": None, **values}


CALLER = resource("aws_caller_identity", {"account_id": AWS}, mode="data")
S3 = {"arn": "arn:aws:s3:::chu-lumiere-dpi", "bucket": "chu-lumiere-dpi", "region": "eu-west-3",
      "tags": {"environment": "production"}}  # fmt: skip

Read = Callable[..., dict[str, Exported]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(text: Any, name: str = "export.json") -> dict[str, Exported]:
        path = tmp_path / name
        if not isinstance(text, str | bytes):
            text = json.dumps(text)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return exports([path], KINDS, {})

    return reading


def rows(api: Exported) -> list[dict[str, Any]]:
    """All rows, page by page, until it says that it does not know whether that was all."""
    found: list[dict[str, Any]] = []
    for inquiry in api.inventory(scopes(api), ()):
        params: Any = inquiry.params
        while True:
            try:
                answer = api.call(inquiry.target, "export", "", "rows", params)
            except ApiError as ended:
                if ended.reason is Reason.NOT_ASKED:
                    break
                raise
            found += answer["rows"]
            params = api.next_page("export", "rows", params, answer)
    return found


def scopes(api: Exported) -> list[Scope]:
    return [seen for seen in api.accounts() if isinstance(seen, Scope)]


def gaps(api: Exported) -> list[Gap]:
    return [seen for seen in api.accounts() if isinstance(seen, Gap)]


def only(found: dict[str, Exported]) -> Exported:
    [api] = found.values()
    return api


# ---------------------------------------------------------------------- Azure Resource Graph

ENVELOPES = {
    "az": lambda r: {"count": len(r), "data": r, "skip_token": None, "total_records": len(r)},
    "rest": lambda r: {"totalRecords": len(r), "resultTruncated": "false", "data": r},
    "list": lambda r: r,
    "lines": lambda r: "\n".join(map(json.dumps, r)),
}


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
def test_resource_graph(read: Read, envelope: Callable[[Any], Any]) -> None:
    api = only(read(envelope([storage("chulum1"), storage("chulum2")])))
    assert (api.provider, api.form, api.kind) == ("azure", "", "Azure Resource Graph")
    assert [s.account for s in scopes(api)] == [SUBSCRIPTION]
    assert [r["name"] for r in rows(api)] == ["chulum1", "chulum2"]
    first = rows(api)[0]
    assert first["properties"]["secondaryLocation"] == "francesouth"
    assert first["sku"] == {"name": "Standard_GRS"}
    assert "primaryEndpoints" not in first["properties"]
    assert not gaps(api)


@pytest.mark.parametrize("packed", [gzip.compress, lambda t: b"\xef\xbb\xbf" + t,
                                    lambda t: t.decode().encode("utf-16")])  # fmt: skip
def test_files_are_unpacked_and_decoded(read: Read, packed: Callable[[bytes], bytes]) -> None:
    text = json.dumps({"data": [storage("chulum1")]}).encode()
    assert len(rows(only(read(packed(text))))) == 1


@pytest.mark.parametrize(
    "head", [{"skip_token": "ew0K"}, {"$skipToken": "ew0K"}, {"total_records": 400},
             {"totalRecords": 2}, {"resultTruncated": "true"}]
)  # fmt: skip
def test_an_export_that_was_cut_says_so(read: Read, head: dict[str, Any]) -> None:
    [gap] = gaps(only(read({"data": [storage("chulum1")], **head})))
    assert (gap.kind, gap.reason) == ("discovery", Reason.MALFORMED)
    assert "export.json" in gap.detail


@pytest.mark.parametrize("separator", [",", ";"])
def test_the_table_of_the_portal(read: Read, separator: str) -> None:
    row = storage("chulum1")
    names = ["id", "name", "type", "tenantId", "location", "subscriptionId", "sku", "properties",
             "tags"]  # fmt: skip
    cells = [row.get(n, "") for n in names]
    texts = [c if isinstance(c, str) else json.dumps(c) for c in cells]
    quoted = ['"' + t.replace('"', '""') + '"' for t in texts]
    head = separator.join(n.upper() for n in names)
    table = f"{head}\r\n{separator.join(quoted)}\r\n"
    api = only(read(b"\xef\xbb\xbf" + table.encode(), "query.csv"))
    [told] = rows(api)
    assert told["properties"]["primaryLocation"] == "francecentral"
    assert told["tags"] == {"environment": "production"}
    assert told["exported"]["account"] == SUBSCRIPTION


@pytest.mark.parametrize(
    ("location", "cloud"),
    [("chinaeast2", "AzureChinaCloud"), ("usgovvirginia", "AzureUSGovernment"),
     ("francecentral", "AzureCloud"), (None, "AzureCloud"), ("global", "AzureCloud")],
)  # fmt: skip
def test_the_cloud_is_that_of_the_location(read: Read, location: Any, cloud: str) -> None:
    assert scopes(only(read([storage("x", location=location)])))[0].partition == cloud


def test_settings_name_a_cloud_that_no_location_tells(tmp_path: Path) -> None:
    path = tmp_path / "rg.json"
    path.write_text(json.dumps([storage("x")]))
    [api] = exports([path], KINDS, {"azure": "AzureBleuCloud"}).values()
    assert scopes(api)[0].partition == "AzureBleuCloud"


# ---------------------------------------------------------------------- Cloud Asset Inventory

_ASSETS = [asset("chu-lumiere-dicom"), asset("chu-lumiere-fhir")]


@pytest.mark.parametrize(
    "text",
    [_ASSETS, {"readTime": "2026-11-20T07:00:00Z", "assets": _ASSETS},
     "".join(json.dumps(a) + "\n" for a in _ASSETS), json.dumps(_ASSETS[0]) * 2],
    ids=["gcloud", "rest", "storage", "no separator"],
)  # fmt: skip
def test_asset_inventory(read: Read, text: Any) -> None:
    api = only(read(text))
    assert (api.provider, api.form) == ("gcp", "")
    assert len(rows(api)) == 2
    told = rows(api)[0]
    assert (told["name"], told["location"]) == ("chu-lumiere-dicom", "EUROPE-WEST9")
    assert told["exported"] == {"type": "storage.googleapis.com/Bucket",
                                "account": "412345678901"}  # fmt: skip


def test_a_project_is_called_by_its_id_where_any_asset_tells_it(read: Read) -> None:
    network = asset("x", assetType="compute.googleapis.com/Network")
    network["name"] = "//compute.googleapis.com/projects/chu-lumiere-prod/global/networks/default"
    api = only(read([asset("chu-lumiere-dicom"), network]))
    assert rows(api)[0]["exported"]["account"] == "chu-lumiere-prod"


def test_assets_without_their_content_are_a_gap(read: Read) -> None:
    bare = {"name": "//storage.googleapis.com/x", "assetType": "storage.googleapis.com/Bucket",
            "project": "projects/412345678901", "location": "eu"}  # fmt: skip
    api = only(read([bare, bare]))
    assert not rows(api)
    [gap] = gaps(api)
    assert gap.reason is Reason.UNTOLD
    assert "2 × no resource.data" in gap.detail


# ---------------------------------------------------------------------- AWS Config

_RESULT = {
    "accountId": AWS, "awsRegion": "eu-west-3", "arn": "arn:aws:s3:::chu-lumiere-dpi",
    "resourceType": "AWS::S3::Bucket", "resourceName": "chu-lumiere-dpi",
    "tags": [{"key": "environment", "value": "production"}],
    "supplementaryConfiguration": {"BucketVersioningConfiguration": '{"status":"Enabled"}'},
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        {"fileVersion": "1.0", "configSnapshotId": "7d", "configurationItems":
            [item("chu-lumiere-dpi")]},
        {"Results": [json.dumps(_RESULT)], "QueryInfo": {"SelectFields": [{"Name": "*"}]}},
        {"BaseConfigurationItems": [_RESULT], "UnprocessedResourceIdentifiers": []},
        [_RESULT],
    ],
    ids=["snapshot", "query", "batch", "list"],
)  # fmt: skip
def test_aws_config(read: Read, text: Any) -> None:
    api = only(read(text))
    assert (api.provider, api.form, api.kind) == ("aws", "config", "AWS Config")
    [told] = rows(api)
    assert (told["arn"], told["awsRegion"]) == ("arn:aws:s3:::chu-lumiere-dpi", "eu-west-3")
    assert told["supplementaryConfiguration"]["BucketVersioningConfiguration"]["status"] == (
        "Enabled"
    )
    assert [s.account for s in scopes(api)] == [AWS]


def test_what_was_deleted_is_no_store(read: Read) -> None:
    gone = item("gone", configurationItemStatus="ResourceDeleted")
    api = only(read({"configurationItems": [gone, item("here")]}))
    assert [r["resourceName"] for r in rows(api)] == ["here"]


# ---------------------------------------------------------------------- Terraform


def test_a_state(read: Read) -> None:
    api = only(read(state(CALLER, resource("aws_s3_bucket", S3))))
    assert (api.provider, api.form) == ("aws", "terraform")
    [told] = rows(api)
    assert told["region"] == "eu-west-3"
    assert told["exported"] == {"type": "aws_s3_bucket", "account": AWS}


def test_the_account_is_told_by_others_of_the_same_provider(read: Read) -> None:
    other = {**CALLER, "provider": "other", "instances": [
        {"attributes": {"account_id": "210987654321"}}]}  # fmt: skip
    bucket = {**resource("aws_s3_bucket", S3), "provider": "other"}
    api = only(read(state(bucket, CALLER, other)))
    assert rows(api)[0]["exported"]["account"] == "210987654321"


def test_a_state_whose_keys_were_sorted(read: Read) -> None:
    text = json.dumps(state(CALLER, resource("aws_s3_bucket", S3)), sort_keys=True)
    assert len(rows(only(read(text)))) == 1


def test_a_state_of_several_clouds(read: Read) -> None:
    account = {"id": f"{HOME}/Microsoft.Storage/storageAccounts/chulum1", "name": "chulum1",
               "location": "francecentral", "primary_access_key": "CANARY"}  # fmt: skip
    found = read(state(CALLER, resource("aws_s3_bucket", S3),
                       resource("azurerm_storage_account", account)))  # fmt: skip
    assert sorted(api.provider for api in found.values()) == ["aws", "azure"]
    [azure] = [api for api in found.values() if api.provider == "azure"]
    assert scopes(azure)[0].account == SUBSCRIPTION
    assert "primary_access_key" not in rows(azure)[0]


def test_a_state_of_version_3(read: Read) -> None:
    flat = {"arn": f"arn:aws:ec2:eu-west-3:{AWS}:volume/vol-1", "size": "40", "encrypted": "true",
            "tags.%": "1", "tags.Name": "dpi"}  # fmt: skip
    modules = [{"path": ["root"], "outputs": {}, "resources": {
        "aws_ebs_volume.dpi": {"type": "aws_ebs_volume", "provider": "provider.aws",
                               "primary": {"id": "vol-1", "attributes": flat}}}}]  # fmt: skip
    api = only(read({"version": 3, "terraform_version": "0.11.14", "serial": 3, "lineage": "x",
                     "modules": modules}))  # fmt: skip
    [told] = rows(api)
    assert (told["size"], told["encrypted"]) == (40, True)
    assert told["exported"]["account"] == AWS


@pytest.mark.parametrize("version", [5, 99, "4", None, True])
def test_a_newer_state_is_refused(read: Read, version: Any) -> None:
    with pytest.raises(SettingsError, match="3 and 4 are read"):
        read(state(CALLER, resource("aws_s3_bucket", S3), version=version))


def test_what_a_state_marks_as_sensitive_is_not_read(read: Read) -> None:
    bucket = resource("aws_s3_bucket", S3)
    bucket["instances"][0]["sensitive_attributes"] = [
        [{"type": "get_attr", "value": "tags"}, {"type": "index", "value": "x"}]
    ]
    assert "tags" not in rows(only(read(state(CALLER, bucket))))[0]


# ---------------------------------------------------------------------- what is not mapped


def test_what_may_hold_data_and_is_not_mapped_is_told(read: Read) -> None:
    unknown = [storage("x", type="Contoso.Clinic/Ledgers") for _ in range(3)]
    network = storage("y", type="microsoft.network/virtualnetworks")
    api = only(read([storage("chulum1"), *unknown, network]))
    assert [(g.kind, g.reason, g.detail) for g in gaps(api)] == [
        ("contoso.clinic/ledgers", Reason.UNCATALOGUED, "export.json: 3")
    ]


def test_resources_of_other_clouds_are_told(read: Read) -> None:
    other = resource("ovh_cloud_project_database", {"id": "x"})
    password = resource("random_password", {"result": "CANARY"})
    api = only(read(state(CALLER, resource("aws_s3_bucket", S3), other, password)))
    assert [g.kind for g in gaps(api)] == ["ovh_cloud_project_database"]


def test_elements_that_are_no_resource_are_told(read: Read) -> None:
    api = only(read([storage("x"), 7, ["y"], None]))
    assert [(g.kind, g.reason) for g in gaps(api)] == [("discovery", Reason.NO_READER)]


def test_nothing_else_is_asked(read: Read) -> None:
    api = only(read([storage("x")]))
    with pytest.raises(ApiError) as refused:
        api.call(scopes(api)[0], "Microsoft.Storage", "", "storageAccounts", {"path": "/x"})
    assert refused.value.reason is Reason.NOT_ASKED
    assert not refused.value.again


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", '{"data": []}', "7", '"x"', "null", '{"a": 1}', "[1, 2]", "id,name\n1,2\n",
     '{"version": 1}', '{"format_version": "1.0", "values": {}}'],
)  # fmt: skip
def test_what_is_no_export_is_refused(read: Read, text: str) -> None:
    with pytest.raises(SettingsError):
        read(text)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    empty.touch()
    for path, why in ((tmp_path, "folder"), (tmp_path / "x", "not there"), (empty, "empty")):
        with pytest.raises(SettingsError, match=why):
            exports([path], KINDS, {})


def test_two_files_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rg.json").write_text(json.dumps([storage(folder)]))
    assert len(exports([tmp_path / "a/rg.json", tmp_path / "b/rg.json"], KINDS, {})) == 2
