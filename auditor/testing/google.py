"""A Google Cloud that is none: token, Resource Manager, Asset Inventory, and whatever else is told.

    with GoogleFake(Estate(projects=[Project("chu-lumiere-dpi", "41")], assets=[…])) as fake:
        google = connect(fake.settings)

It answers over HTTPS on loopback, to GET, to the question for a token and to the one which
permissions the reader has, and to nothing else: `refused` keeps what else was asked. What goes
wrong in a real organisation can be turned on.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from ._google_assets import AssetLists, asset, search_projects
from ._google_objects import objects, part_of
from ._google_projects import is_question, resource_manager, rights
from ._google_replies import error, no_such, page
from ._google_token import Tokens, key_file
from ._https import HttpsServer, Reply, Request
from ._stored import Objects, Stored

SERVICES = (
    "accessapproval", "aiplatform", "alloydb", "analyticshub", "apigee", "artifactregistry",
    "assuredworkloads", "backupdr", "bigquery", "bigquerydatatransfer", "bigtableadmin",
    "cloudasset", "cloudkms", "cloudresourcemanager", "composer", "compute", "container",
    "datafusion", "dataplex", "dataproc", "datastream", "documentai", "file", "firestore",
    "gkebackup", "healthcare", "iamcredentials", "logging", "looker", "managedkafka", "memcache",
    "memorystore", "metastore", "netapp", "notebooks", "oauth2", "pubsub", "redis",
    "secretmanager", "spanner", "sqladmin", "storage", "storagetransfer", "vmwareengine",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its id and number, and what it lies in, the nearest first."""

    id: str
    number: str
    ancestors: tuple[str, ...] = ("organizations/1",)
    name: str = ""
    state: str = "ACTIVE"


@dataclass(slots=True)
class Estate:
    """What there is: projects, assets as Asset Inventory tells them, and answers of any GET.

    `answers` are by service and path without its version and query: `healthcare:projects/…`. A
    list among them is paged, bytes are an object's content, an `(HTTP status, reason)` pair
    refuses; another answer is given as it is. `objects` are what buckets hold, by bucket and key.
    """

    projects: Sequence[Project] = ()
    assets: Sequence[Mapping[str, Any]] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    organizations: Sequence[str] = ("organizations/1",)
    objects: Mapping[str, Objects] = field(default_factory=dict)


@dataclass(slots=True)
class Weather:
    """What goes wrong: each is off until it is set."""

    denied: Sequence[str] = ()  # parents, projects and paths that refuse: 403, by their beginning
    hidden: Sequence[str] = ()  # ids of projects that Resource Manager does not show
    lacked: Mapping[str, Sequence[str]] = field(default_factory=dict)  # permissions, by project
    odd: Sequence[str] = ()  # permissions that cannot be asked of a project
    disabled: Sequence[str] = ()  # services whose interface is not enabled
    unknown_types: Sequence[str] = ()  # asset types that the inventory does not know
    quota: int = 0  # questions of ListAssets in `quota_seconds`; then 429
    quota_seconds: float = 60.0
    token_seconds: float = 3600.0  # how long a token is told to last
    expire_after: int = 0  # questions after which each token is refused, before its time
    latency: float = 0.0
    page_size: int = 0  # at most so many rows in an answer
    failing: Mapping[int, tuple[int, str]] = field(default_factory=dict)  # nth question → refusal


class GoogleFake:
    """Serves an estate; a context manager."""

    def __init__(
        self,
        estate: Estate,
        weather: Weather | None = None,
        *,
        universe: str = "googleapis.com",
    ) -> None:
        self.estate = estate
        self.weather = weather or Weather()
        self.universe = universe
        self.asked: list[str] = []  # every read: service, path
        self.refused: list[str] = []  # whatever was no read
        self.questions: Counter[str] = Counter()
        self.projects_billed: Counter[str] = Counter()  # x-goog-user-project
        self.tokens = Tokens()
        self._server = HttpsServer(self._answer)
        self._lock = threading.Lock()
        self._window: list[float] = []
        self._lists = AssetLists()

    def __enter__(self) -> Self:
        self._server.__enter__()
        self.key = key_file(self._server.folder, self._server.url, self.universe)
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.__exit__(*raised)

    @property
    def settings(self) -> dict[str, Any]:
        """The section `[gcp]` that leads here."""
        url = self._server.url
        return {
            "credentials": str(self.key),
            "universe_domain": self.universe,
            "endpoints": {name: f"{url}/{name}" for name in SERVICES} | {"oauth2": url},
            "ca": self._server.ca,
        }

    # ------------------------------------------------------------------ answering

    def _answer(self, request: Request) -> Reply:
        reply = self._reply(request)
        return Reply(reply.body, reply.status, reply.headers, self.weather.latency)

    def _reply(self, request: Request) -> Reply:
        if request.method == "POST" and request.path == "/token":
            return self.tokens.grant(request, self.weather.token_seconds)
        if request.method == "POST" and request.path.endswith(":generateAccessToken"):
            return self.tokens.lend(request, self.weather.token_seconds)
        if request.method != "GET" and not is_question(request):
            with self._lock:
                self.refused.append(f"{request.method} {request.path}")
            return error(405, "METHOD_NOT_ALLOWED")
        service, _, path = request.path.lstrip("/").partition("/")
        with self._lock:
            self.asked.append(f"{service} {path}")
            self.questions[service] += 1
            nth = len(self.asked)
            self.projects_billed[request.headers.get("x-goog-user-project", "")] += 1
        if not self.tokens.are_good(request, self.weather.expire_after):
            return error(401, "UNAUTHENTICATED")
        if nth in self.weather.failing:
            return error(*self.weather.failing[nth])
        if service in self.weather.disabled:
            return error(403, "PERMISSION_DENIED", reason="SERVICE_DISABLED")
        return self._of(service, path, request)

    def _of(self, service: str, path: str, request: Request) -> Reply:
        bare = path.removeprefix(f"{service}/").partition("/")[2]
        if any(bare.startswith(beginning) for beginning in self.weather.denied):
            return error(403, "PERMISSION_DENIED", reason="IAM_PERMISSION_DENIED")
        if request.method == "POST":
            return rights(self.estate, self.weather, bare, request)
        if service == "cloudresourcemanager":
            return resource_manager(self.estate, self.weather, bare, request)
        if service == "cloudasset" and bare.endswith("/assets"):
            wait = self._spent()
            return wait or self._lists.page(self.estate, self.weather, bare, request)
        if service == "cloudasset" and bare.endswith(":searchAllResources"):
            return search_projects(self.estate, self.weather, bare, request)
        held = None
        if service == "storage":
            held = objects(self.estate.objects, bare, request, self.weather.page_size)
        return held or self._told(service, bare, request)

    def _told(self, service: str, bare: str, request: Request) -> Reply:
        told = self.estate.answers.get(f"{service}:{bare}")
        match told:
            case None:
                return no_such()
            case (int(status), str(reason)):
                return error(status, reason)
            case bytes():
                return part_of(Stored(told), request)
            case list():
                kind = bare.rpartition("/")[2]
                return page({kind: told}, kind, request, self.weather.page_size)
            case _:
                return Reply(json.loads(json.dumps(told)))

    def _spent(self) -> Reply | None:
        """The refusal of a question beyond the quota."""
        if not self.weather.quota:
            return None
        with self._lock:
            now = time.monotonic()
            since = now - self.weather.quota_seconds
            self._window = [then for then in self._window if then > since]
            if len(self._window) >= self.weather.quota:
                wait = self._window[0] - since
                return error(429, "RESOURCE_EXHAUSTED", reason="RATE_LIMIT_EXCEEDED", wait=wait)
            self._window.append(now)
            return None


__all__ = ["SERVICES", "Estate", "GoogleFake", "Project", "Stored", "Weather", "asset"]
