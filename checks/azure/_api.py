"""Microsoft Azure: the one file that knows azure-core's pipeline. It only reads.

Three kinds of question are put, and no other can be: a GET of Azure Resource Manager, the query of
Resource Graph, which is a POST, and, where content is sampled, a GET of Blob Storage. Answers stay
the JSON values that they are: the generated client would make objects of 200,000 rows that are made
JSON again. Pace and retries are the engine's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from auditor.sdk import (
    ApiError,
    CredentialsError,
    Gap,
    Inquiry,
    Quota,
    Reason,
    Scope,
    SettingsError,
    backoff,
    patiently,
)

from . import _inventory as graph
from . import _rights as rights
from ._accounts import DESCENDANTS, SUBSCRIPTIONS, Subscriptions
from ._answers import claims_of, document, in_our_terms, refusal
from ._blobs import Blobs
from ._clouds import cloud_of
from ._credentials import Tokens

_HINT = "sign in with `az login`, set AZURE_CLIENT_ID and its kin, or credential in [azure]"
_REACH_HINT = "check the network, and authority, endpoint and ca in [azure] of auditor.toml"
_NO_WAY = (Reason.UNREACHABLE, Reason.MALFORMED)
# https://learn.microsoft.com/rest/api/resources/subscriptions/list
# https://learn.microsoft.com/rest/api/managementgroups/management-groups/get-descendants
_VERSIONS = {
    SUBSCRIPTIONS: "2022-12-01",
    DESCENDANTS: "2020-05-01",
    graph.GRAPH: graph.VERSION,
    rights.PERMISSIONS: rights.VERSION,
}
_IN_A_PATH = "/!$&'()*+,;=:@"  # what needs no escape there
_THREADS = 64  # connections kept: more than the engine has threads
# Tries of a call that precedes the survey: somebody is waiting, and a silence lasts a time-out.
_PATIENCE = {Reason.UNREACHABLE: 3, Reason.THROTTLED: 12}


def connect(settings: Mapping[str, Any]) -> Azure:
    """Connect to the cloud that the settings name; nothing is asked yet."""
    return Azure(settings)


class Azure:
    """A connection to all subscriptions that one identity sees."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._cloud = cloud_of(settings)
        self._tokens = Tokens(self._cloud, settings)
        self._pipeline = _pipeline(_trusted(settings))
        self._blobs = Blobs(self._cloud, settings, self._pipeline)
        self._quota = Quota(graph.ALLOWED, graph.SECONDS)
        self._accounts = Subscriptions(self, settings)
        self.partition = self._cloud.name

    # ------------------------------------------------------------------ who we are, where to look

    def identity(self) -> Mapping[str, str]:
        """Which credentials were taken, from where, and the endpoints asked; no secret."""
        try:
            told = self._tokens.told()
        except ApiError as error:
            hint = _REACH_HINT if error.reason in _NO_WAY else _HINT
            raise CredentialsError("azure: {why}", hint=hint, why=error.detail) from error
        application = f" ({told['application']})" if "application" in told else ""
        return {
            "tenant": told.get("tenant", ""),
            "credentials": self._tokens.way + application,
            "partition": self.partition,
            "endpoints": f"{self._cloud.authority}, {self._cloud.endpoint}",
        }

    def accounts(self) -> Iterable[Scope | Gap]:
        """The subscriptions in scope, and those that cannot be read."""
        return self._accounts.accounts()

    def regions(self, account: Scope) -> Iterable[Scope | Gap]:
        """None: whatever a subscription holds is listed once, wherever it rests."""
        return ()

    def organisation(self) -> frozenset[str]:
        """Every subscription known to be ours, read or not."""
        return self._accounts.known

    def offered(self, service: str, region: str) -> bool:
        """Azure Resource Manager is the same in all regions of a cloud."""
        return True

    def unseen(self, accounts: Sequence[Scope], operations: Collection[str]) -> Iterable[Gap]:
        """What of these operations and rows may not be read in a whole subscription."""
        return rights.unseen(self, accounts, operations)

    # ------------------------------------------------------------------ asking

    def inventory(self, accounts: Sequence[Scope], rows: Collection[str]) -> Iterable[Inquiry]:
        """The questions of Resource Graph that list rows of these types."""
        return graph.inquiries(accounts, rows)

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Ask one question, once."""
        name = f"{service}:{operation}"
        if name == graph.GRAPH:
            return self._query(params)
        answer, _ = self._ask(name, "GET", self._address(name, params))
        if answer.get("nextLink") and answer["nextLink"] == params.get("nextLink"):
            raise ApiError(Reason.MALFORMED, f"{name}: a page that leads to itself")
        return answer

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The parameters of the next page; where it may be asked is looked at when it is."""
        if f"{service}:{operation}" == graph.GRAPH:
            return graph.next_of(params, answer)
        link = answer.get("nextLink")
        return {**params, "nextLink": link} if link else None

    def bytes_of(self, target: Scope, region: str, params: Mapping[str, Any]) -> bytes:
        """A page of the blobs of a container, or some bytes of one of them."""
        return self._blobs.get(params)

    def rows(self, name: str, path: str) -> Iterator[Mapping[str, Any]]:
        """All rows of a listing that precedes the survey."""
        return self._all(name, {"path": path}, "value")

    def inventoried(self, inquiry: Inquiry) -> Iterator[Mapping[str, Any]]:
        """All rows of a question of the inventory that precedes the survey."""
        return self._all(inquiry.op, inquiry.params, "data")

    def _all(self, name: str, asked: Mapping[str, Any], items: str) -> Iterator[Mapping[str, Any]]:
        service, _, operation = name.partition(":")
        params: Mapping[str, Any] | None = asked
        while params is not None:
            answer = self._patiently(service, operation, params)
            yield from (row for row in answer.get(items) or () if isinstance(row, dict))
            params = self.next_page(service, operation, params, answer)

    def _patiently(
        self, service: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        nobody = Scope(provider="azure", partition=self.partition, account="")
        return patiently(
            lambda: self.call(nobody, service, "", operation, params),
            lambda error: _PATIENCE.get(error.reason, 4 if error.again else 1),
            lambda error, attempt: max(error.after, min(backoff(error, attempt), 5.0)),
        )

    def _query(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """One question of Resource Graph, if its quota leaves one."""
        wait = self._quota.take()
        if wait:
            detail = f"{graph.GRAPH}: quota"
            raise ApiError(Reason.THROTTLED, detail, after=wait)
        url = f"{self._cloud.endpoint}{graph.PATH}?api-version={graph.VERSION}"
        asked = self._quota.now()
        try:
            answer, headers = self._ask(graph.GRAPH, "POST", url, json.dumps(params).encode())
        except ApiError as error:
            if error.reason is Reason.THROTTLED:
                self._quota.told(0, error.after or graph.SECONDS, asked)
            raise
        graph.told(self._quota, headers, asked)
        graph.refuse_what_is_cut(params, headers, answer)
        return answer

    def _address(self, name: str, params: Mapping[str, Any]) -> str:
        """Where a GET goes: nowhere else than to this cloud's Azure Resource Manager."""
        link = params.get("nextLink")
        if link is not None:
            if not isinstance(link, str) or _host(link) != _host(self._cloud.endpoint):
                raise ApiError(Reason.MALFORMED, f"{name}: its next page is elsewhere")
            return link
        path = params.get("path")
        if not isinstance(path, str) or not path.startswith("/") or ".." in path.split("/"):
            raise ApiError(Reason.MALFORMED, f"{name}: no path to ask")
        return (
            f"{self._cloud.endpoint}{quote(path, safe=_IN_A_PATH)}?api-version={_version_of(name)}"
        )

    def _ask(
        self, name: str, method: str, url: str, content: bytes | None = None
    ) -> tuple[dict[str, Any], Mapping[str, str]]:
        from azure.core.rest import HttpRequest

        token = self._tokens.take()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if content is not None:
            headers["Content-Type"] = "application/json"
        with in_our_terms(name):
            request = HttpRequest(method, url, headers=headers, content=content)
            response = self._pipeline.run(request, stream=False).http_response
            received: bytes = response.content
        told = {key.lower(): value for key, value in response.headers.items()}
        if response.status_code == 200:
            return document(name, received), told
        error = refusal(name, response.status_code, told, received)
        if error.reason is Reason.EXPIRED and not self._tokens.refused(token, claims_of(told)):
            detail = f"{name}: insufficient_claims"
            raise ApiError(Reason.DENIED, detail, code="insufficient_claims")
        raise error


def _version_of(name: str) -> str:
    if name in _VERSIONS:
        return _VERSIONS[name]
    from ._versions import version_of

    return version_of(name)


def _trusted(settings: Mapping[str, Any]) -> str | bool:
    """The authorities of the settings, or those of the machine."""
    ca = settings.get("ca")
    if ca and not Path(ca).is_file():
        raise SettingsError("azure: ca is no file", hint=_REACH_HINT)
    return ca or True


def _pipeline(verify: str | bool) -> Any:
    """One pool of connections for all threads; a redirection is never followed."""
    import requests
    from azure.core.pipeline import Pipeline
    from azure.core.pipeline.policies import UserAgentPolicy
    from azure.core.pipeline.transport import RequestsTransport
    from requests.adapters import HTTPAdapter

    session = requests.Session()
    session.mount("https://", HTTPAdapter(pool_maxsize=_THREADS, max_retries=0))
    transport = RequestsTransport(
        session=session,
        session_owner=False,
        connection_verify=verify,
        connection_timeout=10,
        read_timeout=60,
    )
    agent = UserAgentPolicy(base_user_agent="health-residency-auditor")
    return Pipeline(transport=transport, policies=[agent])


def _host(url: str) -> tuple[str, str, int]:
    """Where an address leads; nowhere where it cannot be read."""
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc:
            return "", "", 0
        return parts.scheme, (parts.hostname or ""), parts.port or 443
    except ValueError:
        return "", "", 0
