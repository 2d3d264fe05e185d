"""Every Azure declaration resolves in the SDKs' models; any word misspelt is reported."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from auditor.conformance import check_declaration, check_declarations
from auditor.declare import Ask, Copies, Grants, Listing, Ref, Size, StoreType, Text
from auditor.model import Category
from auditor.operations import operations_of
from auditor.registry import resolve
from tests.checks.declared import declared, variants

AZURE = import_module("auditor.checks.azure")
MODELS = resolve(AZURE.provider.models)()
version_of = resolve("auditor.checks.azure._versions:version_of")


TYPES = {store_type.name: store_type for store_type in declared("azure")}
ALL = sorted(TYPES)


def test_every_declaration_resolves() -> None:
    assert check_declarations(declared("azure"), MODELS) == []


def narrowed(kind: StoreType) -> StoreType:
    """Copies as their last alternative tells them: the first may be a list of nothing."""
    last = (replace(c, items=c.items[-1]) for c in kind.copies if isinstance(c.items, tuple))
    return replace(kind, copies=tuple(last))


def unsaid(kind: StoreType) -> list[str]:
    """What Azure does not say, in words of ours: no model holds them."""
    return re.findall(r"Unsaid\(name='[^']*'\)", repr(kind))


def reported(wrong: StoreType) -> bool:
    return bool(check_declaration(wrong, MODELS) or check_declaration(narrowed(wrong), MODELS))


@pytest.mark.parametrize("name", ALL)
def test_every_word_misspelt_is_reported(name: str) -> None:
    assert not reported(TYPES[name])
    tried = [one for one in variants(TYPES[name]) if unsaid(one[1]) == unsaid(TYPES[name])]
    missed = [(where, wrong) for where, wrong in tried if not reported(wrong)]
    assert len(tried) > 5
    assert missed == []


@pytest.mark.parametrize(
    "name",
    [
        "storage.account",
        "storage.blob_container",
        "storage.file_share",
        "compute.disk",
        "compute.snapshot",
        "compute.image",
        "compute.gallery_image_version",
        "sql.server",
        "sql.database",
        "sql.managed_instance",
        "sql.managed_database",
        "sql.ltr_backup",
        "postgres.flexible_server",
        "mysql.flexible_server",
        "cosmosdb.account",
        "kusto.cluster",
        "kusto.database",
        "synapse.workspace",
        "synapse.sql_pool",
        "databricks.workspace",
        "fabric.capacity",
        "redis.cache",
        "redis.enterprise_database",
        "search.service",
        "eventhub.namespace",
        "servicebus.namespace",
        "eventgrid.topic",
        "eventgrid.namespace",
        "recoveryservices.vault",
        "dataprotection.backup_vault",
        "loganalytics.workspace",
        "appinsights.component",
        "containerregistry.registry",
        "containerregistry.replication",
        "machinelearning.workspace",
        "cognitiveservices.account",
        "keyvault.vault",
        "keyvault.managed_hsm",
        "keyvault.key",
        "netapp.volume",
        "netapp.backup",
        "hdinsight.cluster",
        "batch.account",
        "avd.host_pool",
        "healthcareapis.workspace",
        "healthcareapis.fhir_service",
        "healthcareapis.dicom_service",
        "healthcareapis.iot_connector",
        "healthcareapis.api_for_fhir",
        "healthdataaiservices.deid_service",
        "healthbot.bot",
        "workloads.epic_virtual_instance",
    ],
)
def test_promised_types_are_there(name: str) -> None:
    assert f"azure.{name}" in TYPES


@pytest.mark.parametrize("name", ALL)
def test_what_is_asked_is_asked_in_a_known_version(name: str) -> None:
    asked = operations_of(TYPES[name])
    assert all(version_of(operation)[:2] == "20" for operation in asked)


@pytest.mark.parametrize("name", ALL)
def test_health_services_alone_declare_health_data(name: str) -> None:
    health = ("healthcareapis", "healthdataaiservices", "healthbot", "workloads")
    assert not TYPES[name].holds_health or name.split(".")[1] in health


@pytest.mark.parametrize("name", ALL)
def test_a_source_is_a_page_of_microsoft(name: str) -> None:
    assert TYPES[name].source.startswith("https://learn.microsoft.com/")


# ------------------------------------------------------------------ planted mistakes

ACCOUNT = "Microsoft.Storage:storageAccounts"
CONTAINERS = "Microsoft.Storage:storageAccounts/blobServices/containers"
BELOW = {"path": Text("{id}/blobServices/default/containers")}
SOUND = StoreType(
    "azure.storage.thing",
    category=Category.OBJECT,
    listing=None,
    row="microsoft.storage/storageaccounts",
    needs=("sku.name", "properties.primaryLocation"),
    whole=Ask(ACCOUNT, {"path": "id"}),
    id="id",
    label="name",
    created="properties.creationTime",
    tags="tags",
    source="https://learn.microsoft.com/rest/api/storagerp/storage-accounts/list",
)
LISTED = StoreType(
    "azure.storage.other",
    category=Category.OBJECT,
    listing=Listing(
        CONTAINERS, items="value", params=BELOW, of="microsoft.storage/storageaccounts"
    ),
    id="id",
    label="parent.name",
    facts={"access": "properties.publicAccess"},
    source="https://learn.microsoft.com/rest/api/storagerp/blob-containers/list",
)


def listing(**more: Any) -> StoreType:
    assert LISTED.listing is not None
    return replace(LISTED, listing=replace(LISTED.listing, **more))


def told(path: str) -> StoreType:
    return replace(SOUND, facts={"it": path})


def asking(operation: str, path: str = "@", **more: Any) -> StoreType:
    ask = Ask(operation, {"path": Text("{id}/child")}, **more)
    return replace(SOUND, facts={"it": ask[path]})


MISTAKES = {
    "row": (replace(SOUND, row="microsoft.storage/storageaccount"), "the inventory has no type"),
    "row of the parents": (
        listing(of="microsoft.storage/accounts"),
        "the inventory has no type",
    ),
    "member": (told("properties.secondaryLocaton"), "no 'secondaryLocaton' among"),
    "member of Python's": (told("properties.primary_location"), "no 'primary_location' among"),
    "member above its place": (told("primaryLocation"), "no 'primaryLocation' among"),
    "member that no row has": (told("systemData.createdAt"), "no 'systemData' among"),
    "member of a resource that has none": (
        replace(SOUND, row="microsoft.insights/components", needs=("sku.name",), whole=None),
        "no 'name' among",
    ),
    "need": (replace(SOUND, needs=("properties.skuName",)), "needs: 'properties.skuName'"),
    "choice": (told("sku.name == 'Standard_GSR'"), "is not among"),
    "type": (asking("Microsoft.Storage:storageAccount"), "no such operation"),
    "namespace": (asking("Microsoft.Storages:storageAccounts"), "no such operation"),
    "action": (asking("Microsoft.Storage:storageAccounts/listKeys"), "no such operation"),
    "form": (asking("Microsoft.Storage/storageAccounts"), "no such operation"),
    "secret": (asking("Microsoft.DocumentDB:databaseAccounts/readonlykeys"), "writes, or reads"),
    "content": (
        asking("Microsoft.AppConfiguration:configurationStores/keyValues"),
        "or reads what",
    ),
    "path in an answer": (asking(ACCOUNT, "properties.location"), "no 'location' among"),
    "refusal": (asking(ACCOUNT, absent=("NoSuchThing",)), "NoSuchThing is no known refusal"),
    "refusal of another provider": (
        asking("Microsoft.Sql:servers", absent=("FeatureNotSupportedForAccount",)),
        "is no known refusal",
    ),
    "parameter left out": (replace(SOUND, whole=Ask(ACCOUNT)), "path must be given"),
    "parameter": (replace(SOUND, whole=Ask(ACCOUNT, {"id": "id"})), "no parameter 'id'"),
    "parameter's kind": (
        replace(SOUND, whole=Ask(ACCOUNT, {"path": "zones"})),
        "a list where a string is wanted",
    ),
    "rows that are none": (listing(items="id"), "items are a string, not a list"),
    "rows that pages do not gather": (
        listing(op=ACCOUNT, items="zones", params={"path": "id"}),
        "pages gather value, not zones",
    ),
    "tags that are none": (replace(SOUND, tags="properties"), "a structure, not a list or map"),
    "bytes that are no number": (replace(SOUND, bytes=Size("name")), "a string, not a number"),
    "a copy's path": (
        replace(SOUND, copies=(Copies(items="properties.privateEndpointConnections", id="ids"),)),
        "no 'ids' among",
    ),
    "a grantee": (
        replace(
            SOUND,
            shares=(Grants(items="properties.networkAcls.resourceAccessRules", account="tenant"),),
        ),
        "no 'tenant' among",
    ),
    "a reference": (replace(SOUND, parent=Ref("azure.nothing.at_all", "id")), "no store type"),
}


def test_the_sound_ones_are_sound() -> None:
    assert check_declarations([SOUND, LISTED], MODELS) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_reported(mistake: str) -> None:
    store_type, said = MISTAKES[mistake]
    found = check_declarations([store_type], MODELS)
    assert any(said in problem for problem in found), found
