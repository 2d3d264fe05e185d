"""Resource Graph of the fake: the queries that an inventory puts, and their pages."""

from __future__ import annotations

import base64
import math
import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

_TYPES = re.compile(r"where\s+type\s*(?:in~\s*\(([^)]*)\)|=~\s*('[^']*'))")
_PROJECT = re.compile(r"project\s+([\w, ]+)")
_CONTAINERS, _SUBSCRIPTION = "resourcecontainers", "microsoft.resources/subscriptions"
_MOST = 1000  # rows of a page


class Graph:
    """The rows of an estate, as Resource Graph tells them.

    `tables` says in which table the rows of a type are, where it is not `resources`; `hidden` are
    subscriptions that the reader may not see, `allowed` what may be done in those where not all is
    read, `dropped` how many rows are counted and not given.
    """

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]],
        subscriptions: Sequence[Mapping[str, Any]],
        tables: Mapping[str, str],
    ) -> None:
        self._rows = sorted(rows, key=lambda row: str(row["id"]).lower())
        self._tables = {kind.lower(): table for kind, table in tables.items()}
        self._subscriptions = subscriptions
        self._found: dict[Any, list[Mapping[str, Any]]] = {}
        self._lock = threading.Lock()
        self.hidden: Collection[str] = ()
        self.allowed: dict[str, Sequence[str]] = {}
        self.dropped = 0

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """One page; None where the query is none that is understood here."""
        query, options = str(asked.get("query", "")), asked.get("options") or {}
        found = _TYPES.search(query)
        if not found or options.get("resultFormat", "objectArray") != "objectArray":
            return None
        wanted = re.findall(r"'([^']*)'", (found[1] or found[2]).lower())
        within = frozenset(str(one).lower() for one in asked.get("subscriptions") or ())
        rows = self._all(query.split("|")[0].strip().lower(), tuple(wanted), within)
        start = _offset(options.get("$skipToken"))
        top = min(int(options.get("$top", 100)), _MOST)
        columns = _PROJECT.search(query)
        names = [name.strip() for name in columns[1].split(",")] if columns else []
        page = rows[start : start + top]
        end = start + len(page)
        if end == len(rows) and self.dropped:
            page = page[: -self.dropped]
        data = [{name: row.get(name) for name in names} if names else row for row in page]
        told = {"totalRecords": len(rows), "count": len(data), "data": data, "facets": []}
        if end >= len(rows):
            return {**told, "resultTruncated": "false"}
        if names and "id" not in names:  # nothing to go on from
            return {**told, "resultTruncated": "true"}
        token = base64.b64encode(str(end).encode()).decode()
        return {**told, "resultTruncated": "false", "$skipToken": token}

    def _all(
        self, table: str, types: tuple[str, ...], within: frozenset[str]
    ) -> list[Mapping[str, Any]]:
        hidden = frozenset(self.hidden)
        key = (table, types, within, hidden, frozenset(self.allowed.items()))
        with self._lock:
            if key not in self._found:
                rows = self._containers() if table == _CONTAINERS else self._rows
                asked = (row for row in rows if self._is_asked(row, table, types, within, hidden))
                self._found[key] = [row for row in asked if self._is_readable(row)]
            return self._found[key]

    def _is_readable(self, row: Mapping[str, Any]) -> bool:
        if row["type"] == _SUBSCRIPTION:
            return True
        may = self.allowed.get(str(row["subscriptionId"]).lower(), ("*/read",))
        needed = f"{row['type']}/read".lower()
        return any(fnmatchcase(needed, one.lower()) for one in may)

    def _is_asked(
        self,
        row: Mapping[str, Any],
        table: str,
        types: tuple[str, ...],
        within: frozenset[str],
        hidden: frozenset[str],
    ) -> bool:
        kind, account = str(row["type"]).lower(), str(row["subscriptionId"]).lower()
        return (
            (kind in types and self._tables.get(kind, "resources") == table)
            or (kind == _SUBSCRIPTION and table == _CONTAINERS)
        ) and (account not in hidden and (not within or account in within))

    def _containers(self) -> list[dict[str, Any]]:
        once = {str(one["subscriptionId"]).lower(): one for one in self._subscriptions}
        return [
            {
                "id": f"/subscriptions/{account}",
                "name": one.get("displayName", ""),
                "type": _SUBSCRIPTION,
                "subscriptionId": account,
                "tenantId": one.get("tenantId", ""),
            }
            for account, one in sorted(once.items())
        ]


class Window:
    """The quota of the service: so many questions from the first one on, for so many seconds."""

    def __init__(self, allowed: int, seconds: float, clock: Callable[[], float]) -> None:
        self._allowed, self._seconds, self._clock = allowed, seconds, clock
        self._until, self._asked = -math.inf, 0
        self._lock = threading.Lock()

    def take(self) -> tuple[int, float]:
        """How many are left after this one (-1: it was one too many), and the seconds left."""
        with self._lock:
            now = self._clock()
            if now >= self._until:
                self._until, self._asked = now + self._seconds, 0
            self._asked += 1
            return max(-1, self._allowed - self._asked), self._until - now


def _offset(token: object) -> int:
    return int(base64.b64decode(str(token))) if token else 0
