"""The hospital group of the demo, in Azure and in Google Cloud: some of the worked examples.

An example is taken by its type and by the last word of its id. Google's research project is told by
examples that are said again of another project.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditor.declare import StoreType, Text
from auditor.registry import resolve
from auditor.testing.azure import AzureEstate, subscription
from auditor.testing.google import Estate, Project
from tests.checks.examples import examples, registry

_ADDRESS = "auditor.checks.gcp._methods:address"
_HEALTH = {"data-class": "sante", "environnement": "production"}
_CARE, _DATA = (f"00000000-0000-4000-8000-0000000000{n}" for n in (11, 12))
_FILES = Project("chu-lumiere-dossiers", "481516234200", name="CHU Lumière, dossiers")
_RESEARCH = Project("chu-lumiere-recherche", "481516234210", name="CHU Lumière, recherche")

# type, last word of the id, whether its tags say that it holds data on health
_AZURE = (
    ("azure.healthcareapis.workspace", "", True),
    ("azure.healthcareapis.fhir_service", "", True),
    ("azure.healthcareapis.dicom_service", "", True),
    ("azure.storage.account", "stchulumieregrs", True),
    ("azure.storage.account", "stchulumiereexport", True),
    ("azure.storage.account", "stchulumierepartage", True),
    ("azure.storage.blob_container", "irm", True),
    ("azure.sql.server", "sql-chu-lumiere", True),
    ("azure.sql.database", "dpi", True),
    ("azure.cosmosdb.account", "", True),
    ("azure.postgres.flexible_server", "psql-biologie", True),
    ("azure.postgres.flexible_server", "psql-biologie-lecture", True),
    ("azure.mysql.flexible_server", "mysql-biologie", True),
    ("azure.compute.disk", "", True),
    ("azure.compute.snapshot", "", True),
    ("azure.recoveryservices.vault", "", True),
    ("azure.keyvault.vault", "kv-chu-lumiere", False),
    ("azure.keyvault.key", "cle-sauvegarde", False),
    ("azure.eventhub.namespace", "evhns-chu-lumiere", False),
    ("azure.cognitiveservices.account", "", False),
    ("azure.cognitiveservices.deployment", "", False),
    ("azure.loganalytics.workspace", "log-bureautique", False),
)  # fmt: skip
# keys that stores name, and the version by which some of them do
_KEYS = {"bio": "21", "cosmos": "", "disques": "1f", "fhir": "", "flux": "", "ia": "",
         "sql": "6f5e", "stockage": ""}  # fmt: skip
_GOOGLE = (
    ("gcp.storage.bucket", "chu-lumiere-imagerie", _FILES),
    ("gcp.storage.bucket", "chu-lumiere-archives", _FILES),
    ("gcp.storage.bucket", "chu-lumiere-secours", _FILES),
    ("gcp.sql.instance", "dpi", _FILES),
    ("gcp.sql.instance", "dpi-lecture", _FILES),
    ("gcp.compute.disk", "pacs-1", _FILES),
    ("gcp.compute.snapshot", "", _FILES),
    ("gcp.pubsub.topic", "hl7", _FILES),
    ("gcp.logging.bucket", "", _FILES),
    ("gcp.bigquery.dataset", "entrepot", _RESEARCH),
    ("gcp.bigquery.table", "", _RESEARCH),
    ("gcp.spanner.instance", "registre", _RESEARCH),
    ("gcp.vertexai.dataset", "", _RESEARCH),
    ("gcp.bigtable.cluster", "", _RESEARCH),
)
_HEALTHCARE = {
    "": "gcp.healthcare.dataset",
    "dicomStores": "gcp.healthcare.dicom_store",
    "fhirStores": "gcp.healthcare.fhir_store",
    "hl7V2Stores": "",
    "consentStores": "",
}


def azure_group() -> AzureEstate:
    """Two subscriptions of the group, and what is asked of their stores and keys."""
    rows: list[dict[str, Any]] = []
    answers: dict[str, Any] = {}
    for kind, end, health in _AZURE:
        one = _example("azure", kind, end)
        row = one["row"]
        answers |= _asked(one)
        if _is_listed(kind):  # told where its parents are asked
            listed = row["id"].rpartition("/")[0]
            answers.setdefault(listed, {"value": []})["value"].append(row)
            continue
        if health:
            row["tags"] = {**(row.get("tags") or {}), **_HEALTH}
        rows.append(row)
    answers |= _keys(answers)
    names = [subscription(_CARE, "chu-lumiere-soins"), subscription(_DATA, "chu-lumiere-donnees")]
    return AzureEstate(subscriptions=names, rows=rows, answers={**_nothing(rows), **answers})


def _is_listed(name: str) -> bool:
    kind = registry().store_types[name]
    return isinstance(kind, StoreType) and kind.listing is not None


def _keys(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The vault's further keys, told as one of the examples is; and the set that disks name."""
    one = _example("azure", "azure.keyvault.key", "cle-fhir")["row"]
    listed = one["id"].rpartition("/")[0]
    keys = list(answers[listed]["value"])
    for name, version in _KEYS.items():
        key = json.loads(json.dumps(one).replace("cle-fhir", f"cle-{name}"))
        if version:
            key["properties"]["keyUriWithVersion"] = f"{key['properties']['keyUri']}/{version}"
        keys.append(key)
    sets = _example("azure", "azure.compute.disk_encryption_set", "des-production")
    return {**_asked(sets), listed: {"value": keys}}


def _nothing(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What lists children answers where there are none."""
    answers: dict[str, Any] = {}
    accounts = [{"account": account} for account in (_CARE, _DATA)]
    for kind in registry().store_types.values():
        listing = kind.listing if isinstance(kind, StoreType) and kind.provider == "azure" else None
        if listing is not None:
            parents = [row for row in rows if row["type"].lower() == listing.of.lower()]
            path = listing.params["path"]
            assert isinstance(path, Text)
            for parent in parents if listing.of else accounts:
                answers[path.form.format_map(parent)] = {"value": []}
    return answers


def google_group() -> Estate:
    """Two projects of the group, and what is asked of their stores and keys."""
    assets: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for kind, end, project in _GOOGLE:
        one = _said_of(project, _example("gcp", kind, end))
        assets[one["row"]["asset"]["name"]] = _asset(project, one["row"])
        answers |= _read(one)
    answers |= {"pubsub:projects/chu-lumiere-dossiers/topics/hl7:getIamPolicy": {"version": 1}}
    answers |= _healthcare()
    for one in examples("gcp"):
        if one["type"] == "gcp.kms.crypto_key":
            answers = {**_read(one), **answers}
    return Estate(projects=[_FILES, _RESEARCH], assets=list(assets.values()), answers=answers)


def _healthcare() -> dict[str, Any]:
    """What the Healthcare API lists and answers: one dataset, in Paris, and its stores."""
    place = f"projects/{_FILES.id}/locations/europe-west9"
    answers: dict[str, Any] = {
        f"healthcare:projects/{_RESEARCH.id}/locations": [],
        f"healthcare:projects/{_FILES.id}/locations": [{"name": place}],
    }
    for stores, kind in _HEALTHCARE.items():
        one = next((e for e in examples("gcp") if e["type"] == kind), None)
        held = f"{place}/datasets/dpi/{stores}" if stores else f"{place}/datasets"
        row = {name: told for name, told in one["row"].items() if name != "parent"} if one else {}
        answers[f"healthcare:{held}"] = [row] if row else []
        if one:
            answers[f"healthcare:{row['name']}:getIamPolicy"] = {"version": 1, "bindings": []}
            answers |= _read(one)
    return answers


def _example(provider: str, kind: str, end: str) -> dict[str, Any]:
    for one in examples(provider):
        name = _name(one["row"])
        if one["type"] == kind and name.startswith("/") and name.endswith(f"/{end}" if end else ""):
            return _again(one)
    raise LookupError(f"{kind} {end}: no such example")


def _again(one: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(one))
    return said


def _name(row: Mapping[str, Any]) -> str:
    """What the inventory calls a row; nothing, where an example is not of the inventory."""
    return str(row["asset"]["name"] if "asset" in row else row.get("id", ""))


def _asked(one: Mapping[str, Any]) -> dict[str, Any]:
    """What Azure Resource Manager answers, by path."""
    return {asked.partition(" ")[2]: told for asked, told in _answers(one)}


def _answers(one: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    answers: dict[str, Any] = one.get("answers", {})
    return answers.items()


def _said_of(project: Project, one: Mapping[str, Any]) -> dict[str, Any]:
    """The same example, in another project."""
    text = json.dumps(one).replace(_FILES.id, project.id).replace(_FILES.number, project.number)
    said: dict[str, Any] = json.loads(text)
    return said


def _asset(project: Project, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as Asset Inventory tells it."""
    told = row["asset"]
    data = {name: value for name, value in row.items() if name != "asset"}
    return {
        "name": told["name"],
        "assetType": told["type"],
        "resource": {"location": told.get("location"), "parent": told.get("parent"), "data": data},
        "ancestors": [f"projects/{project.number}", *project.ancestors],
        "updateTime": told.get("updated"),
    }


def _read(one: Mapping[str, Any]) -> dict[str, Any]:
    """What Google's interfaces answer, by service and path."""
    return dict(_answered(_answers(one)))


def _answered(asked: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for question, told in asked:
        name, _, params = question.partition(" ")
        service, _, method = name.partition(":")
        path, _ = resolve(_ADDRESS)(service, method, json.loads(params))
        bare = path.removeprefix(f"{service}/").partition("/")[2]
        yield f"{service}:{bare}", (403, told["error"]) if set(told) == {"error"} else told
