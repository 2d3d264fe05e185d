"""Estates of Azure and of Google Cloud, made of the worked examples of their store types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from auditor.declare import StoreType
from auditor.testing.azure import AzureEstate, subscription
from auditor.testing.google import Estate, Project, asset
from tests.checks.examples import examples, registry

# https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources
TABLES = (
    ("microsoft.dataprotection/backupvaults/", "recoveryservicesresources"),
    ("microsoft.desktopvirtualization/hostpools/sessionhosts", "desktopvirtualizationresources"),
    ("microsoft.elasticsan/elasticsans/", "elasticsanresources"),
    ("microsoft.recoveryservices/vaults/", "recoveryservicesresources"),
)


def azure_estate() -> AzureEstate:
    """Every example row of Azure that the inventory lists, once, with what is asked of it."""
    rows: dict[str, dict[str, Any]] = {}
    answers: dict[str, Any] = {}
    for one in examples("azure"):
        kind, row = registry().store_types[one["type"]], one["row"]
        for question, told in one.get("answers", {}).items():
            answers.setdefault(question.partition(" ")[2], told)
        if isinstance(kind, StoreType) and kind.row and kind.listing is None:
            rows.setdefault(row["id"].lower(), row)
    accounts = sorted({row["subscriptionId"] for row in rows.values()})
    names = [subscription(account, f"chu-lumiere-{n}") for n, account in enumerate(accounts, 1)]
    types = {row["type"].lower() for row in rows.values()}
    tables = {type: table for type in types for start, table in TABLES if type.startswith(start)}
    return AzureEstate(
        subscriptions=names, rows=list(rows.values()), tables=tables, answers=answers
    )


def google_estate() -> Estate:
    """Every example row of Google Cloud, once, as the inventory or its own listing tells it."""
    projects: dict[str, Project] = {}
    assets: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    listed: dict[str, dict[str, Any]] = {}
    for one in examples("gcp"):
        row = dict(one["row"])
        told = row.pop("asset", None)
        for question, answer in one.get("answers", {}).items():
            answers.setdefault(_place(question), _answer(answer))
        if told:
            at = Project(told["project"], str(told["number"]))
            projects.setdefault(at.id, at)
            name = told["name"].partition("//")[2].partition("/")[2]
            found = asset(at, told["type"], name, told.get("location", ""), row)
            assets.setdefault(told["name"], {**found, "name": told["name"]})
        elif one["type"].startswith("gcp.healthcare."):
            bare = {key: value for key, value in row.items() if key != "parent"}
            listed.setdefault(f"healthcare:{bare['name'].rpartition('/')[0]}", {})[row["name"]] = (
                bare
            )
    for path, rows in listed.items():
        answers[path] = list(rows.values())
        around = path.partition("/datasets")[0]
        answers[around.rpartition("/")[0]] = {"locations": list(_locations(around))}
    return Estate(projects=list(projects.values()), assets=list(assets.values()), answers=answers)


def _locations(path: str) -> Iterator[dict[str, str]]:
    name = path.partition(":")[2]
    yield {"name": name, "locationId": name.rpartition("/")[2]}


def _place(question: str) -> str:
    """Where the fake keeps the answer to a question: its service and path, without the version."""
    op, _, params = question.partition(" ")
    service, _, method = op.partition(":")
    methods: Any = import_module("auditor.checks.gcp._methods")
    path, _ = methods.address(service, method, json.loads(params))
    base = methods._BASES.get(service, "v1")
    return f"{service}:{path.removeprefix(base + '/')}"


def _answer(answer: Any) -> Any:
    return (403, "PERMISSION_DENIED") if set(answer) == {"error"} else answer
