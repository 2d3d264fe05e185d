"""An Azure that is none: tokens, Azure Resource Manager and Resource Graph over HTTPS on loopback.

    estate = AzureEstate(subscriptions=[subscription("00000000-0000-4000-8000-000000000001")],
                         rows=[{"id": "/subscriptions/…", "type": "microsoft.storage/…", …}])
    with AzureFake(estate) as fake:
        azure = connect(fake.settings)

The real client libraries are accepted as they are. It answers reads and nothing else: what would
change something is refused with 405 and kept in `fake.refused`.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Self

from ._azure_estate import TENANT, AzureEstate, subscription
from ._blobs import PATH, blobs, refused
from ._entra import Entra
from ._graph import Graph, Window
from ._https import HttpsServer, Reply, Request
from ._stored import Stored

CLIENT = "00000000-0000-4000-8000-00000000cccc"
_GRAPH = "/providers/microsoft.resourcegraph/resources"
_GROUP = "/providers/microsoft.management/managementgroups/"
_RIGHTS = "/providers/microsoft.authorization/permissions"
_ALL = ("*/read",)
_COLUMNS = ("subscriptionId", "tenantId", "resourceGroup")  # those that only Resource Graph has
_MISMATCH = "AuthorizationPermissionMismatch"  # what is denied there
_ABSENT = ("notfound", "notexist")


class AzureFake:
    """Serves an estate. What is set on it while it serves holds from the next request on.

    `denied` are beginnings of paths that are refused with 403, `throttled` how many of the next
    reads are refused with 429, `failing` the same with 503. `page` is the rows of a page of Azure
    Resource Manager, `elsewhere` the address that its next pages are said to be at. `limited` is
    whether Resource Graph says that it did not look at all subscriptions, `quota` what it allows:
    so many questions in so many seconds. `latency` is the seconds before each answer.
    """

    def __init__(
        self,
        estate: AzureEstate,
        *,
        quota: tuple[int, float] | None = None,
        latency: float = 0.0,
        lifetime: int = 3600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._estate = estate
        self._server = HttpsServer(self._answer)
        self._graph = Graph(estate.rows, estate.subscriptions, estate.tables)
        self._entra = Entra(TENANT, lifetime, clock)
        self._window = Window(*quota, clock) if quota else None
        self._lock = threading.Lock()
        self._answers = {path.lower(): found for path, found in estate.answers.items()}
        self._resources: dict[str, Mapping[str, Any]] = {}
        self.latency = latency
        self.denied: Collection[str] = ()
        self.throttled = 0
        self.failing = 0
        self.page = 1000
        self.limited = False
        self.elsewhere = ""
        self.asked: list[tuple[str, str]] = []  # method and path of each request
        self.refused: list[tuple[str, str]] = []  # those that were no reads

    def __enter__(self) -> Self:
        self._server.__enter__()
        (self._server.folder / "federated.token").write_text("a token of another issuer")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.__exit__()

    # ------------------------------------------------------------------ how to connect

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a connection to it; they need nothing of the environment."""
        return {
            "cloud": "AzureCloud",
            "tenant": TENANT,
            "client_id": CLIENT,
            "credential": "workload_identity",
            "token_file": str(self._server.folder / "federated.token"),
            "authority": self.url,
            "endpoint": self.url,
            "storage": f"{self.url}{PATH}/{{account}}",
            "ca": self._server.ca,
        }

    @property
    def url(self) -> str:
        """Where it listens."""
        return self._server.url

    # ------------------------------------------------------------------ its moods

    def expire(self) -> None:
        """Make all tokens given so far worthless."""
        self._entra.expire()

    def block(self, number: str) -> None:
        """Refuse each token with this error of the authority: 53003 is conditional access."""
        self._entra.blocked = number

    def challenge(self, claims: str, *, ever: bool = False) -> None:
        """Refuse each token that was not asked for with these claims; or `ever`, with any."""
        self._entra.claims, self._entra.stubborn = claims, ever

    def hide(self, *subscriptions: str) -> None:
        """Let Resource Graph leave these out without a word."""
        self._graph.hidden = [one.lower() for one in subscriptions]

    def allow(self, account: str, *actions: str) -> None:
        """Let the reader do no more than this in a subscription: all is read where nothing is said.

        Resource Graph leaves out the rows that may not be read, without a word.
        """
        self._graph.allowed[account.lower()] = actions

    def drop(self, rows: int) -> None:
        """Let Resource Graph count so many rows more than it gives."""
        self._graph.dropped = rows

    @property
    def grants(self) -> int:
        """How many tokens were asked for."""
        return self._entra.grants

    # ------------------------------------------------------------------ what it answers

    def _answer(self, request: Request) -> Reply:
        with self._lock:
            self.asked.append((request.method, request.path))
        reply = self._entra.answer(request, self.url)
        if reply is None and request.path.startswith(PATH + "/"):
            reply = self._stored(request)
        reply = reply or self._managed(request)
        return Reply(reply.body, reply.status, reply.headers, self.latency)

    def _managed(self, request: Request) -> Reply:
        path = request.path.rstrip("/").lower()
        query = request.method == "POST" and path == _GRAPH
        if request.method != "GET" and not query:
            with self._lock:
                self.refused.append((request.method, request.path))
            return _error(405, "MethodNotAllowed")
        why = self._entra.refusal(request)
        if why:
            headers = {"WWW-Authenticate": self._entra.challenge if why == "claims" else "Bearer"}
            return _error(401, _UNAUTHENTICATED[why], headers)
        if "api-version" not in request.query:
            return _error(400, "MissingApiVersionParameter")
        return self._moody() or self._forbidden(path) or self._read(request, path, query)

    def _stored(self, request: Request) -> Reply:
        if request.method != "GET":
            with self._lock:
                self.refused.append((request.method, request.path))
            return refused(405, "UnsupportedHttpVerb")
        why = self._entra.refusal(request, "https://storage.azure.com")
        if why:
            headers = {"WWW-Authenticate": self._entra.challenge if why == "claims" else "Bearer"}
            return refused(401, "InvalidAuthenticationInfo", headers)
        mood = self._moody() or self._forbidden(request.path.lower())
        if mood:
            code = {429: "ServerBusy", 503: "ServerBusy"}.get(mood.status, _MISMATCH)
            return refused(503 if code == "ServerBusy" else 403, code, mood.headers)
        return blobs(self._estate.blobs, request, self.page)

    def _moody(self) -> Reply | None:
        with self._lock:
            if self.throttled:
                self.throttled -= 1
                return _error(429, "SubscriptionRequestsThrottled", {"Retry-After": "1"})
            if self.failing:
                self.failing -= 1
                return _error(503, "ServerUnavailable")
        return None

    def _forbidden(self, path: str) -> Reply | None:
        if any(path.startswith(begin.lower()) for begin in self.denied):
            return _error(403, "AuthorizationFailed")
        return None

    def _read(self, request: Request, path: str, query: bool) -> Reply:
        if query:
            return self._queried(request)
        if path == "/subscriptions":
            return self._listed(request, self._estate.subscriptions)
        if path.startswith(_GROUP) and path.endswith("/descendants"):
            group = path.removeprefix(_GROUP).removesuffix("/descendants")
            return self._descendants(request, group)
        found = self._answers.get(path) or self._rights(path) or self._resource(path)
        if found is None:
            return _error(404, "ResourceNotFound")
        code = found.get("error")
        if isinstance(code, str):
            return _error(404 if code.lower().endswith(_ABSENT) else 403, code)
        value = found.get("value")
        return self._listed(request, value) if isinstance(value, list) else Reply(dict(found))

    def _queried(self, request: Request) -> Reply:
        headers = {"x-ms-tenant-subscription-limit-hit": str(self.limited).lower()}
        if self._window:
            left, resets = self._window.take()
            headers["x-ms-user-quota-remaining"] = str(max(0, left))
            headers["x-ms-user-quota-resets-after"] = time.strftime(
                "%H:%M:%S", time.gmtime(math.ceil(resets))
            )
            if left < 0:
                return _error(429, "RateLimiting", headers)
        answer = self._graph.answer(request.json() or {})
        if answer is None:
            return _error(400, "BadRequest", headers)
        return Reply(answer, headers=headers)

    def _descendants(self, request: Request, group: str) -> Reply:
        groups = {name.lower(): found for name, found in self._estate.groups.items()}
        if group not in groups:
            return _error(403, "AuthorizationFailed")
        kind = "Microsoft.Management/managementGroups/subscriptions"
        rows = [{"id": f"/subscriptions/{a}", "type": kind, "name": a} for a in groups[group]]
        return self._listed(request, rows)

    def _listed(self, request: Request, rows: Sequence[Any]) -> Reply:
        start = int(request.query.get("$skiptoken", 0))
        end = start + self.page
        answer: dict[str, Any] = {"value": list(rows[start:end])}
        if end < len(rows):
            version = request.query["api-version"]
            base = self.elsewhere or self.url
            link = f"{base}{request.path}?api-version={version}&%24skiptoken={end}"
            answer["nextLink"] = link.replace(" ", "%20")
        return Reply(answer)

    def _rights(self, path: str) -> Mapping[str, Any] | None:
        """What the reader may do in a subscription: nothing in one that is hidden."""
        account = path.removeprefix("/subscriptions/").partition("/")[0]
        known = {str(one["subscriptionId"]).lower() for one in self._estate.subscriptions}
        if path != f"/subscriptions/{account}{_RIGHTS}" or account not in known:
            return None
        actions = self._graph.allowed.get(account, _ALL)
        roles = [] if account in self._graph.hidden else [list(actions)]
        return {"value": [{"actions": one, "notActions": []} for one in roles]}

    def _resource(self, path: str) -> Mapping[str, Any] | None:
        with self._lock:
            if not self._resources:
                self._resources = {str(row["id"]).lower(): row for row in self._estate.rows}
        row = self._resources.get(path)
        return row and {name: value for name, value in row.items() if name not in _COLUMNS}


_UNAUTHENTICATED = {
    "missing": "AuthenticationFailed",
    "expired": "ExpiredAuthenticationToken",
    "claims": "InvalidAuthenticationToken",
}


def _error(status: int, code: str, headers: Mapping[str, str] | None = None) -> Reply:
    """A refusal; its sentence names a person, as the true ones do: it must go no further."""
    told = "The client 'jean.dupont@chu-lumiere.example' was refused."
    return Reply({"error": {"code": code, "message": told}}, status, headers or {})


__all__ = ["CLIENT", "TENANT", "AzureEstate", "AzureFake", "Stored", "subscription"]
