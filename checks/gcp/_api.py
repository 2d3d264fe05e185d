"""Google Cloud: the one connection to its interfaces. It only reads.

Two kinds of question are put, and no other can be: a GET, and the POST that tells which permissions
the reader has in a project (`projects.testIamPermissions`, which needs none itself).

Answers are taken as the JSON that the interfaces speak. The generated clients speak gRPC, whose
messages must be turned into JSON values again: six times the time per page of assets, and whole
numbers become fractions. Pace, retries and concurrency are the engine's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from auditor.sdk import (
    ApiError,
    CredentialsError,
    Gap,
    Inquiry,
    Reason,
    Scope,
    SettingsError,
    backoff,
    patiently,
)

from ._accounts import Projects
from ._answers import answer_of, refusal_of
from ._credentials import Credentials, universe_of
from ._inventory import ASSETS, Assets
from ._methods import address
from ._rights import HELD, Rights, path_of

T = TypeVar("T")
_CUT = "*unreached"  # among the parameters: some locations did not answer on an earlier page
# Where an answer says that it leaves locations out: rows that came are kept, the rest is a gap.
_UNREACHED = ("unreachable", "unreachables", "failedLocations", "missingZones")
_TIMEOUT = (10.0, 120.0)  # seconds to connect, and between two pieces of an answer
_CONNECTIONS = 64
_AGENT = "health-residency-auditor"
_REFUSAL = 1 << 16  # bytes of a refusal that are looked at
# Tries of a call that precedes the survey, in which somebody waits.
_PATIENCE = {Reason.UNREACHABLE: 4, Reason.THROTTLED: 12}


def connect(settings: Mapping[str, Any]) -> Google:
    """Connect with the credentials of the settings or the usual ones; nothing is asked yet."""
    return Google(settings)


class Google:
    """A connection to one universe, for all projects that its credentials may read."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.universe = universe_of(settings)
        self._endpoints = {k: _secure(k, v) for k, v in (settings.get("endpoints") or {}).items()}
        self._ca: Any = settings.get("ca") or True
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)  # else it logs names
        self._session = requests.Session()
        self._session.mount("https://", HTTPAdapter(pool_maxsize=_CONNECTIONS))
        self._session.headers["User-Agent"] = f"{_AGENT} (gzip)"  # answers come compressed by it
        self._who = Credentials(settings, self._session)
        self._projects = Projects(self, settings)
        self._assets = Assets(self, self._projects, settings)

    # ------------------------------------------------------------------ who we are

    def identity(self) -> Mapping[str, str]:
        """Which credentials were taken, from where, and the endpoints asked; no secret."""
        self._introduce()
        endpoints = [f"https://*.{self.universe}"]
        endpoints += [f"{name}={url}" for name, url in self._endpoints.items()]
        return {
            "credentials": self._who.method,
            "partition": self.universe,
            "endpoints": ", ".join(sorted(endpoints)),
        }

    def _introduce(self) -> None:
        """Take a first token: credentials that give none are a person's to mend."""
        try:
            self.patiently(self._who.headers)
        except ApiError as error:
            raise CredentialsError(
                "gcp: {why}", hint="check the credentials and the way to Google", why=error.detail
            ) from error

    # ------------------------------------------------------------------ where to look

    def accounts(self) -> Iterable[Scope | Gap]:
        """The projects in scope, and what cannot be read."""
        self._introduce()
        return self._projects.accounts()

    def regions(self, account: Scope) -> Iterable[Scope | Gap]:
        """None: projects are asked once, for all their locations."""
        return ()

    def organisation(self) -> frozenset[str]:
        """Every project known to be ours, read or not."""
        return frozenset(self._projects.found())

    def offered(self, service: str, region: str) -> bool:
        """Whether the service is there: no list of Google's says so, and it is asked to know."""
        return True

    def unseen(self, accounts: Sequence[Scope], operations: Collection[str]) -> Iterable[Gap]:
        """What may not be read in a whole project; and where other projects may lie unseen."""
        yield from self._projects.beside()
        yield from Rights(self).unseen(accounts, operations)

    def inventory(self, accounts: Sequence[Scope], rows: Collection[str]) -> Iterable[Inquiry]:
        """The questions that list rows of these types over these projects."""
        return self._assets.inquiries(accounts, rows) if rows else ()

    # ------------------------------------------------------------------ asking

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Ask one question and give its answer; rows of the inventory as the types read them."""
        asked = f"{service}:{operation}"
        if params.get(_CUT) and not params.get("pageToken"):
            detail = f"{asked}: some locations did not answer"
            raise ApiError(Reason.UNREACHABLE, detail, code="UNREACHABLE_LOCATIONS")
        answer = self.ask(asked, {k: v for k, v in params.items() if k != _CUT})
        return self._assets.rows_of(answer) if asked == ASSETS else answer

    def ask(self, asked: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """One GET, once; what is no answer becomes an `ApiError`."""
        moment = self._assets.take() if asked == ASSETS else 0.0
        service, _, operation = asked.partition(":")
        path, query = address(service, operation, params)
        try:
            return answer_of(asked, *self._send("GET", asked, path, params=query))
        except ApiError as error:
            if asked == ASSETS and error.reason is Reason.THROTTLED and error.after:
                self._assets.quota.told(0, error.after, moment)
            raise

    def bytes_of(self, params: Mapping[str, Any], at: int, length: int) -> bytes:
        """Some bytes of one object of Cloud Storage, as they are stored: compressed, if they are.

        https://docs.cloud.google.com/storage/docs/transcoding
        """
        asked = "storage:objects.get"
        path, query = address("storage", "objects.get", {**params, "alt": "media"})
        part = {
            "Range": f"bytes={at}-{at + length - 1}",
            "Accept-Encoding": "gzip",  # else what is stored compressed would come whole
            "User-Agent": _AGENT,
        }
        most = max(length, _REFUSAL) + 1
        status, headers, content = self._send(
            "GET", asked, path, most=most, params=query, headers=part
        )
        if status == 206 and len(content) <= length:
            return content
        if 200 <= status < 300:
            raise ApiError(Reason.MALFORMED, f"{asked}: other bytes than were asked for")
        raise refusal_of(asked, status, headers, content)

    def held(self, project: str, permissions: Sequence[str]) -> Collection[str]:
        """Those of these permissions that the reader has in a project; asked by POST, it reads."""
        path, asked = path_of(project), {"permissions": list(permissions)}
        answer = self.patiently(
            lambda: answer_of(HELD, *self._send("POST", HELD, path, json=asked))
        )
        told = answer.get("permissions")
        return frozenset(map(str, told)) if isinstance(told, list) else frozenset()

    def _send(
        self, method: str, asked: str, path: str, *, most: int = 0, **more: Any
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and content; where `most` is given, so many bytes as they come."""
        service = asked.partition(":")[0]
        base = self._endpoints.get(service) or f"https://{service}.{self.universe}"
        signed = self._who.headers()
        try:
            with self._session.request(
                method,
                f"{base}/{path}",
                auth=_signing(signed),
                timeout=_TIMEOUT,
                allow_redirects=False,
                verify=self._ca,
                stream=bool(most),
                **more,
            ) as got:
                got.raw.enforce_content_length = True
                content: bytes = got.raw.read(most, decode_content=False) if most else got.content
        except (requests.RequestException, HTTPError) as error:
            kind = type(error).__name__
            raise ApiError(Reason.UNREACHABLE, f"{asked}: {kind}", again=True) from None
        if got.status_code == 401:
            self._who.refused(signed)
        return got.status_code, got.headers, content

    def ask_patiently(self, asked: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """A question that precedes the survey, tried a few times."""
        answer: Mapping[str, Any] = self.patiently(lambda: self.ask(asked, params))
        return answer

    def patiently(self, ask: Callable[[], T]) -> T:
        """Whatever is asked outside the survey, tried a few times."""
        return patiently(
            ask,
            lambda error: _PATIENCE.get(error.reason, 7 if error.again else 1),
            lambda error, attempt: error.after or backoff(error, attempt),
        )

    def pages(self, asked: str, params: Mapping[str, Any], items: str) -> Iterator[Any]:
        """All rows of a listing that precedes the survey."""
        service, _, operation = asked.partition(":")
        following: Mapping[str, Any] | None = params
        while following is not None:
            answer = self.ask_patiently(asked, following)
            yield from answer.get(items) or ()
            following = self.next_page(service, operation, following, answer)

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The parameters of the next page; a last one tells of locations that did not answer."""
        cut = bool(params.get(_CUT)) or any(answer.get(name) for name in _UNREACHED)
        token = answer.get("nextPageToken")
        rest = {k: v for k, v in params.items() if k != "pageToken"}
        if token and token != params.get("pageToken"):
            return {**rest, "pageToken": token, **({_CUT: True} if cut else {})}
        return {**rest, _CUT: True} if cut else None


def _signing(headers: Mapping[str, str]) -> Callable[[Any], Any]:
    """Signs one request; as its `auth`, so that no password of a .netrc file replaces it."""

    def sign(request: Any) -> Any:
        request.headers.update(headers)
        return request

    return sign


def _secure(service: str, url: Any) -> str:
    """A token goes over HTTPS or not at all."""
    target = urlsplit(str(url))
    if target.scheme != "https" or not target.hostname or target.query or target.fragment:
        raise SettingsError(
            "gcp: endpoints: {service}: https:// and a host are needed", service=service
        )
    return str(url).rstrip("/")
