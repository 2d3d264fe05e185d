"""The floor: the calls of one of our audits, in plain boto3, and nothing else.

    python -m bench.floor --calls calls.json --endpoint http://127.0.0.1:6001 --threads 32

`calls.json` is what the proxy saw of an audit (`/__calls`), so the floor asks the very same. One
client per (service, region) serves all accounts, its credentials come from a context variable, each
service's class is built once, and one pool of connections serves all. No call waits for another's
answer, except that an account's role is taken first: no audit can be that free.
"""

from __future__ import annotations

import argparse
import json
import re
import threading
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import boto3
import botocore.client
from botocore.config import Config
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import BotoCoreError, ClientError

_WHO: ContextVar[str] = ContextVar("account")
_CALLER = ""  # the account of the credentials we were given


class _Credentials:
    """Stands where a client keeps its credentials; answers with the present call's account."""

    token = account_id = None
    method = "context"

    def __init__(self, known: Mapping[str, ReadOnlyCredentials]) -> None:
        self._known = known

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        return self._known.get(_WHO.get()) or self._known[_CALLER]


class Floor:
    """Clients shared by all accounts, and what a call needs of them."""

    def __init__(self, endpoint: str, threads: int) -> None:
        self._endpoint = endpoint
        self._config = Config(
            retries={"total_max_attempts": 1}, max_pool_connections=threads * 2,
            parameter_validation=False, inject_host_prefix=False,
        )  # fmt: skip
        self._session = boto3.Session()
        own = self._session.get_credentials()
        assert own is not None
        self._known = {_CALLER: own.get_frozen_credentials()}
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()
        self._http: Any = None
        self.refused = 0

    def assume(self, call: Mapping[str, Any]) -> None:
        """Take an account's role; its credentials sign that account's calls."""
        lent = self.ask(call)["Credentials"]
        keys = (lent["AccessKeyId"], lent["SecretAccessKey"], lent["SessionToken"])
        self._known[call["params"]["RoleArn"].split(":")[4]] = ReadOnlyCredentials(*keys)

    def ask(self, call: Mapping[str, Any]) -> Mapping[str, Any]:
        """One call; a refusal is an answer too."""
        client = self._client(call["service"], call["region"])
        before = _WHO.set(call["account"])
        try:
            answer: Mapping[str, Any] = client._make_api_call(call["operation"], call["params"])
        except (ClientError, BotoCoreError):
            self.refused += 1
            return {}
        finally:
            _WHO.reset(before)
        return answer

    def _client(self, service: str, region: str) -> Any:
        where = (service, region)
        if where not in self._clients:
            with self._lock:
                if where not in self._clients:
                    self._clients[where] = self._build(service, region)
        return self._clients[where]

    def _build(self, service: str, region: str) -> Any:
        client = self._session.client(
            service, region_name=region, endpoint_url=self._endpoint, config=self._config
        )
        client.meta.events.register("before-call.s3-control", _without_account)
        client._request_signer._credentials = _Credentials(self._known)
        self._http = self._http or client._endpoint.http_session
        client._endpoint.http_session = self._http
        return client


def _without_account(params: dict[str, Any], **_: Any) -> None:
    """An emulator has no host for each account, before which S3 Control puts it."""
    params["url"] = re.sub(r"(?<=//)\d{12}\.", "", params["url"])


def build_classes_once() -> None:
    """botocore generates a service's class anew for every client; once is enough."""
    classes: dict[str, type] = {}
    creator: Any = botocore.client.ClientCreator
    make = creator._create_client_class

    def create(self: Any, service_name: str, service_model: Any) -> type:
        if service_name not in classes:
            classes[service_name] = make(self, service_name, service_model)
        return classes[service_name]

    creator._create_client_class = create


def replay(calls: Iterable[Mapping[str, Any]], endpoint: str, threads: int) -> Floor:
    """Ask every call: the roles first, then all the rest side by side."""
    build_classes_once()
    floor = Floor(endpoint, threads)
    asked = list(calls)
    roles = [c for c in asked if c["operation"] == "AssumeRole"]
    rest = [c for c in asked if c["operation"] != "AssumeRole"]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(floor.assume, roles))
        list(pool.map(floor.ask, rest))
    return floor


def main() -> None:
    """Replay the calls of a file, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=Path, required=True)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--threads", type=int, default=32)
    given = parser.parse_args()
    calls = json.loads(given.calls.read_text(encoding="utf-8"))
    start = time.perf_counter()
    floor = replay(calls, given.endpoint, given.threads)
    wall = round(time.perf_counter() - start, 3)
    print(json.dumps({"calls": len(calls), "refused": floor.refused, "wall_s": wall}))


if __name__ == "__main__":
    main()
