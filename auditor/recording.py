"""Recorded clouds: answers truly given, kept in a file, given again without a network.

A recording holds, for every call, its answer or its refusal, and the parameters of the page after
it. It goes through the very same store types, rules and reports as a live connection.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from .errors import ApiError, RunError
from .model import Gap, Reason, Scope
from .sdk import Api, Inquiry

_NEXT = "__next__"
_DEMO = ("aws", "azure", "gcp")
_SCOPE = ("provider", "partition", "account", "region", "account_name")


def _key(account: str, region: str, operation: str, params: Mapping[str, Any]) -> str:
    return json.dumps([account, region, operation, params], sort_keys=True, default=str)


def _named(operation: str, params: Mapping[str, Any]) -> str:
    """A question about something that is called by its whole name, whoever asks."""
    return json.dumps([operation, params], sort_keys=True, default=str)


def _measure(account: str, region: str, query: Mapping[str, Any]) -> str:
    return _key(account, region, "metric", query["MetricStat"]["Metric"])


class Recorder:
    """A connection that keeps what another one answers."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.lines: dict[str, Any] = {}
        self._inquiries: list[Inquiry] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def inventory(self, accounts: Sequence[Scope], rows: Collection[str]) -> list[Inquiry]:
        """The questions of the inventory, kept with who and where."""
        inventoried: Any = self._api
        self._inquiries = list(inventoried.inventory(accounts, rows))
        return self._inquiries

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Ask, and keep the answer; passing failures are not kept."""
        name = f"{service}:{operation}"
        key = _key(target.account, region, name, params)
        try:
            answer = self._api.call(target, service, region, operation, params)
        except ApiError as error:
            if not error.again and error.reason is not Reason.THROTTLED:
                told = {"reason": error.reason.value, "detail": error.detail, "code": error.code}
                self.lines[key] = {"error": told}
            raise
        if "MetricDataQueries" in params:
            self._measured(target.account, region, params, answer)
        else:
            following = self._api.next_page(service, operation, params, answer)
            self.lines[key] = {"answer": {**answer, **({_NEXT: following} if following else {})}}
        return answer

    def _measured(
        self, account: str, region: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> None:
        values = {r["Id"]: r for r in answer.get("MetricDataResults") or ()}
        for query in params["MetricDataQueries"]:
            found = values.get(query["Id"], {}).get("Values") or []
            self.lines[_measure(account, region, query)] = {"answer": found[:1]}

    def save(self, path: Path) -> None:
        """Write the recording: a head with who and where, then one line per call, sorted."""
        accounts = list(self._api.accounts())
        regions = [r for a in accounts if isinstance(a, Scope) for r in self._api.regions(a)]
        head = {
            "identity": {
                **self._api.identity(),
                "endpoints": "recording",
                "credentials": "recording",
            },
            "accounts": [_plain(a) for a in accounts],
            "regions": [_plain(r) for r in regions],
            "organisation": sorted(self._api.organisation()),
            "inventory": [{**asdict(i), "target": _plain(i.target)} for i in self._inquiries],
        }
        rows = [head, *({"call": json.loads(k), **self.lines[k]} for k in sorted(self.lines))]
        text = "".join(json.dumps(r, sort_keys=True, ensure_ascii=False) + "\n" for r in rows)
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _plain(seen: Scope | Gap) -> dict[str, Any]:
    scope = seen.scope if isinstance(seen, Gap) else seen
    told = {name: getattr(scope, name) for name in _SCOPE}
    return {**told, "gap": [seen.reason, seen.detail]} if isinstance(seen, Gap) else told


def _seen(row: Mapping[str, Any]) -> Scope | Gap:
    scope = Scope(**{name: row[name] for name in _SCOPE})
    if "gap" not in row:
        return scope
    reason, detail = row["gap"]
    return Gap(scope=scope, kind="discovery", reason=Reason(reason), detail=detail)


class Recorded:
    """A connection to a recording."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            head, *rows = map(json.loads, gzip.decompress(data).decode().splitlines())
        except (OSError, EOFError, ValueError) as error:
            raise RunError("{name}: not a recording", hint="record it again", name=name) from error
        self._head = head
        self._rows = {json.dumps(r["call"], sort_keys=True): r for r in rows}
        self._named = {_named(*r["call"][2:]): r for r in rows}

    def identity(self) -> Mapping[str, str]:
        """Whose credentials were used when it was recorded."""
        return dict(self._head["identity"])

    def accounts(self) -> Iterable[Scope | Gap]:
        """The accounts that were seen."""
        return [_seen(row) for row in self._head["accounts"]]

    def regions(self, account: Scope) -> Iterator[Scope | Gap]:
        """The regions that an account had enabled."""
        rows = map(_seen, self._head["regions"])
        yield from (r for r in rows if _account(r) == account.account)

    def organisation(self) -> frozenset[str]:
        """The accounts known to be ours."""
        return frozenset(self._head["organisation"])

    def inventory(self, accounts: Sequence[Scope], rows: Collection[str]) -> Iterator[Inquiry]:
        """The questions that the inventory was asked."""
        for told in self._head.get("inventory", ()):
            target = Scope(**told["target"])
            yield Inquiry(target, told["op"], told["params"], tuple(told["accounts"]))

    def offered(self, service: str, region: str) -> bool:
        """A recording says itself what was unsupported."""
        return False

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The answer that was given, or the refusal."""
        if "MetricDataQueries" in params:
            return {"MetricDataResults": list(self._measured(target.account, region, params))}
        name = f"{service}:{operation}"
        row = self._rows.get(_key(target.account, region, name, params))
        if row is None and any("/" in str(value) for value in params.values()):
            row = self._named.get(_named(name, params))  # of a key, any account may have asked
        if row is None:
            raise ApiError(Reason.NOT_ASKED, f"{name}: not in the recording")
        if "error" in row:
            error = row["error"]
            raise ApiError(Reason(error["reason"]), error["detail"], code=error["code"])
        answer: Mapping[str, Any] = row["answer"]
        return answer

    def _measured(
        self, account: str, region: str, params: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        for query in params["MetricDataQueries"]:
            row = self._rows.get(_measure(account, region, query))
            if row and row["answer"]:
                yield {"Id": query["Id"], "Values": row["answer"]}

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The page after this answer, as it was asked for."""
        return answer.get(_NEXT)


def _account(seen: Scope | Gap) -> str:
    return seen.scope.account if isinstance(seen, Gap) else seen.account


def demo_connections() -> dict[str, Api]:
    """The invented hospital group that travels with the package."""
    found = {name: files(f"auditor.checks.{name}") / "demo.jsonl.gz" for name in _DEMO}
    return {name: Recorded(file.read_bytes(), name) for name, file in found.items()}
