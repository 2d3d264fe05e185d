"""Resource Graph: one question that lists rows of many types over many subscriptions.

Its answers are cut where more than 10,000 subscriptions are asked at once, and rows that the reader
may not see are left out without a word; so subscriptions are asked in groups, by their ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from auditor.sdk import ApiError, Inquiry, Quota, Reason, Scope

from ._answers import clock

GRAPH = "Microsoft.ResourceGraph:resources"
PATH = "/providers/Microsoft.ResourceGraph/resources"
VERSION = "2021-03-01"  # that of the SDK (azure-mgmt-resourcegraph 8), in every cloud
# https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
ALLOWED, SECONDS = 15, 5.0
_GROUP = 250  # "less than 300" by the same page; and what fails, fails for one group only
_TOP = 1000  # https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data
# https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language
_COLUMNS = (
    "id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId",
    "managedBy", "sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation",
)  # fmt: skip
# https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources
_TABLES = {
    "microsoft.dataprotection/backupvaults/": "recoveryservicesresources",
    "microsoft.desktopvirtualization/hostpools/sessionhosts": "desktopvirtualizationresources",
    "microsoft.elasticsan/elasticsans/": "elasticsanresources",
    "microsoft.recoveryservices/vaults/": "recoveryservicesresources",
}
_SUBSCRIPTION = "microsoft.resources/subscriptions"


def inquiries(accounts: Sequence[Scope], rows: Collection[str]) -> Iterator[Inquiry]:
    """The questions that list rows of these types over these subscriptions."""
    tables = sorted((_table(row), row.lower()) for row in set(rows))
    for group in groups(accounts):
        for table, found in groupby(tables, key=lambda pair: pair[0]):
            query = _query(table, [row for _, row in found])
            yield _inquiry(group, query)


def visible(accounts: Sequence[Scope]) -> Iterator[Inquiry]:
    """The questions that tell which of these subscriptions Resource Graph shows at all."""
    for group in groups(accounts):
        where = f"resourcecontainers | where type =~ '{_SUBSCRIPTION}'"
        yield _inquiry(group, f"{where} | project id, type, subscriptionId | order by id asc")


def groups(accounts: Sequence[Scope]) -> Iterator[list[Scope]]:
    """Subscriptions in groups of nearly the same size, in a fixed order."""
    ordered = sorted(accounts)
    count = -(-len(ordered) // _GROUP)
    for n in range(count):
        yield ordered[n * len(ordered) // count : (n + 1) * len(ordered) // count]


def next_of(params: Mapping[str, Any], answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The question for the page after this answer."""
    token = answer.get("$skipToken")
    if not token:
        return None
    return {**params, "options": {**params["options"], "$skipToken": token}}


def told(quota: Quota, headers: Mapping[str, str], asked: float) -> None:
    """Keep what the answer to a question asked then says of the quota."""
    left = headers.get("x-ms-user-quota-remaining") or ""
    after = clock(headers.get("x-ms-user-quota-resets-after") or "")
    if left.isdigit():
        quota.told(int(left), after, asked)


def refuse_what_is_cut(
    params: Mapping[str, Any], headers: Mapping[str, str], answer: Mapping[str, Any]
) -> None:
    """An answer that leaves something out, and does not say what, is none."""
    rows, total = answer.get("data"), answer.get("totalRecords")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ApiError(Reason.MALFORMED, f"{GRAPH}: no rows", again=True)
    if isinstance(total, bool) or not isinstance(total, int):
        raise ApiError(Reason.MALFORMED, f"{GRAPH}: no total", again=True)
    if (headers.get("x-ms-tenant-subscription-limit-hit") or "").lower() == "true":
        raise ApiError(Reason.FAILED, f"{GRAPH}: not all subscriptions were looked at")
    token = answer.get("$skipToken")
    if token and token == params["options"].get("$skipToken"):
        raise ApiError(Reason.MALFORMED, f"{GRAPH}: a page that leads to itself")


def _table(row: str) -> str:
    for prefix, table in _TABLES.items():
        if row.lower().startswith(prefix):
            return table
    return "resources"


def _query(table: str, rows: Sequence[str]) -> str:
    listed = ", ".join(f"'{row}'" for row in rows)
    columns = f" | project {', '.join(_COLUMNS)}" if table == "resources" else ""
    return f"{table} | where type in~ ({listed}){columns} | order by id asc"


def _inquiry(group: Sequence[Scope], query: str) -> Inquiry:
    accounts = tuple(scope.account for scope in group)
    params = {
        "subscriptions": list(accounts),
        "query": query,
        "options": {"$top": _TOP, "resultFormat": "objectArray"},
    }
    return Inquiry(target=group[0], op=GRAPH, params=params, accounts=accounts)
