"""Amazon Web Services: the one file that knows boto3's core. It only reads.

One client per (service, region) serves all accounts: whose credentials sign a request is told by
a context variable, set before each call. Nearly all of boto3's time is building clients, so the
generated class of a service is built once. Pace, retries and concurrency are the engine's:
botocore's own retries and its S3 redirector are off.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import botocore.session
from botocore.exceptions import BotoCoreError

from auditor.sdk import ApiError, Gap, Reason, Scope, patiently

from ._accounts import Organisation
from ._answers import guard, in_our_terms
from ._clients import WHO, build
from ._credentials import Credentials, from_the_chain

_HOMES = {"aws": "us-east-1", "aws-eusc": "eusc-de-east-1", "aws-cn": "cn-north-1",
          "aws-us-gov": "us-gov-west-1"}  # fmt: skip


def connect(settings: Mapping[str, Any]) -> Aws:
    """Connect with the standard credential chain; nothing is asked yet."""
    with from_the_chain():
        return Aws(settings)


class Aws:
    """A connection to one organisation, one account, or one account per profile."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, str], Any] = {}
        profiles = settings.get("profiles") or [""]
        self._sessions = {name: self._session(name) for name in profiles}
        self._base = self._sessions[profiles[0]]
        self._loader = self._base.get_component("data_loader")
        parsers = self._base.get_component("response_parser_factory")
        parsers.set_parser_defaults(timestamp_parser=_moment)
        self._base.get_component("event_emitter").register("before-parse", guard)
        self.partition = settings.get("partition") or self._partition_of(settings)
        self.home = settings.get("home_region") or _HOMES.get(self.partition, "us-east-1")
        self._who = Credentials(self, settings, self._sessions)
        self._http: Any = None
        self._accounts = Organisation(self, self._who, settings)

    @staticmethod
    def _session(profile: str) -> Any:
        return botocore.session.Session(profile=profile or None)

    def _partition_of(self, settings: Mapping[str, Any]) -> str:
        regions = settings.get("regions") or []
        region = regions[0] if regions else self._base.get_config_variable("region")
        if not region:
            return "aws"
        return next(
            (p for p in _HOMES if region in self._base.get_available_regions("ec2", p)),
            str(self._base.get_partition_for_region(region)),
        )

    # ------------------------------------------------------------------ who we are

    def identity(self) -> Mapping[str, str]:
        """Which credentials were taken and from where; the account they belong to. No secret."""
        told = {}
        for name in self._sessions:
            account, method = self._who.caller(name)
            told[account] = f"{name or 'environment'} ({method})"
        endpoints = [
            self._settings.get("endpoint") or self._client("sts", self.home).meta.endpoint_url
        ]
        endpoints += [f"{k}={v}" for k, v in (self._settings.get("endpoints") or {}).items()]
        return {
            "accounts": ", ".join(sorted(told)),
            "credentials": ", ".join(f"{a}: {m}" for a, m in sorted(told.items())),
            "partition": self.partition,
            "endpoints": ", ".join(sorted(set(endpoints))),
        }

    # ------------------------------------------------------------------ where to look

    def accounts(self) -> Iterable[Scope | Gap]:
        """The accounts in scope, and those that cannot be read."""
        return self._accounts.accounts()

    def regions(self, account: Scope) -> Iterable[Scope | Gap]:
        """The enabled regions of an account."""
        return self._accounts.regions(account)

    def default_regions(self) -> list[str]:
        """The regions that botocore knows, where an account's own list was refused."""
        return list(self._base.get_available_regions("ec2", self.partition))

    def organisation(self) -> frozenset[str]:
        """Every account known to be ours, read or not."""
        return self._accounts.known

    def offered(self, service: str, region: str) -> bool:
        """Whether botocore lists the service in this region; what is not listed may yet exist."""
        if not region:
            return True
        return region in self._base.get_available_regions(service, self.partition)

    # ------------------------------------------------------------------ asking

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Ask one question, with the target account's credentials."""
        return self.ask(target.account, service, region or self.home, operation, params)

    def ask(
        self, who: str, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """One call, once; what is no answer becomes an `ApiError`."""
        signed_by = self._who.held.get(who)
        try:
            with in_our_terms(service, operation, lambda: self.offered(service, region)):
                client = self._client(service, region)
                before = WHO.set(who)
                try:
                    answer: dict[str, Any] = client._make_api_call(operation, dict(params))
                finally:
                    WHO.reset(before)
        except ApiError as error:
            if error.reason is Reason.EXPIRED:
                self._who.renew(who, signed_by)
            raise
        answer.pop("ResponseMetadata", None)
        return answer

    def bytes_of(self, target: Scope, region: str, params: Mapping[str, Any]) -> bytes:
        """Some bytes of one object of S3, read whole before the connection is given back."""
        answer = self.call(target, "s3", region, "GetObject", params)
        with in_our_terms("s3", "GetObject", lambda: True):
            content: bytes = answer["Body"].read()
        return content

    def caller(self) -> str:
        """The account of the credentials that were found."""
        return self._who.caller(next(iter(self._sessions)))[0]

    def ask_patiently(
        self, who: str, service: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """A call that precedes the survey, tried a few times; a token is renewed in mid-survey."""
        return patiently(
            lambda: self.ask(who, service, self.home, operation, params),
            lambda error: _PATIENCE.get(error.reason, 7 if error.again else 1),
        )

    def pages(self, who: str, service: str, operation: str, items: str) -> Iterator[Any]:
        """All rows of a listing that precedes the survey."""
        params: Mapping[str, Any] | None = {}
        while params is not None:
            answer = self.ask_patiently(who, service, operation, params)
            yield from answer.get(items) or ()
            params = self.next_page(service, operation, params, answer)

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The parameters of the next page, by botocore's paginators; None at the end."""
        pager = self._pagers(service).get(operation)
        if pager is None:
            return _unpaged(params, answer)
        more = pager.get("more_results")
        if more and not _dig(answer, more):
            return None
        into, out = (_listed(pager[k]) for k in ("input_token", "output_token"))
        tokens = {i: _dig(answer, o) for i, o in zip(into, out, strict=True)}
        tokens = {i: t for i, t in tokens.items() if t}
        if not tokens or all(params.get(i) == t for i, t in tokens.items()):
            return None
        return {**params, **tokens}

    def _pagers(self, service: str) -> Mapping[str, Any]:
        try:
            found = self._loader.load_service_model(service, "paginators-1")
        except BotoCoreError:
            return {}
        return found["pagination"]  # type: ignore[no-any-return]

    def _client(self, service: str, region: str) -> Any:
        key = (service, region)
        client = self._clients.get(key)
        if client is None:
            with self._lock:
                client = self._clients.get(key) or self._build(service, region)
                self._clients[key] = client
        return client

    def _build(self, service: str, region: str) -> Any:
        try:
            client = build(self._base, self._settings, self._who, service, region)
        except ValueError:
            raise ApiError(
                Reason.UNREACHABLE, f"{service}: endpoint or region of no known form"
            ) from None
        self._http = self._http or client._endpoint.http_session
        client._endpoint.http_session = self._http  # one pool of connections for all
        return client


def _unpaged(params: Mapping[str, Any], answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The next page of an operation that botocore has no paginator for, by its usual tokens."""
    for out, into in _TOKENS:
        if answer.get(out) and params.get(into) != answer[out]:
            return {**params, into: answer[out]}
    return None


_TOKENS = (
    ("NextToken", "NextToken"),
    ("nextToken", "nextToken"),
    ("NextContinuationToken", "ContinuationToken"),
    ("NextMarker", "Marker"),
)


def _moment(value: Any) -> str:
    from botocore.utils import parse_timestamp

    found = parse_timestamp(value)
    zoned: datetime = found if found.tzinfo else found.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat()


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _dig(answer: Mapping[str, Any], expression: str) -> Any:
    if "." not in expression and "[" not in expression and "|" not in expression:
        return answer.get(expression)
    import jmespath

    return jmespath.search(expression, answer)


# Tries of a call that precedes the survey: somebody is waiting, and a silence lasts a time-out.
_PATIENCE = {Reason.UNREACHABLE: 4, Reason.THROTTLED: 7}
