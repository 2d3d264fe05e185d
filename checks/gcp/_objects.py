"""Objects of Cloud Storage, for sampling: the listing of a bucket, and ranges of their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import Event
from typing import Any, Protocol, TypeVar

from auditor.sdk import ApiError, Listed, Reason, Scope

_ATTEMPTS = 5
_LONGEST = 30.0  # seconds that are waited between two of them
_LIST = ("storage", "objects.list")
_FIELDS = "items(name,size,storageClass),nextPageToken"
PAUSE = Event()
_Got = TypeVar("_Got")


class _Google(Protocol):
    universe: str

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]: ...

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None: ...

    def bytes_of(self, target: Scope, region: str, params: Mapping[str, Any]) -> bytes: ...


class Bucket:
    """One bucket, or what is under a prefix of it."""

    def __init__(self, api: _Google, name: str, prefix: str, scope: Scope | None = None) -> None:
        self._api, self._name, self._prefix = api, name, prefix
        self._scope = scope or Scope(provider="gcp", partition=api.universe, account="")

    def objects(self) -> Iterator[Listed]:
        """Every object, in the order of the listing."""
        params: Mapping[str, Any] | None = {
            "bucket": self._name, "prefix": self._prefix or None, "fields": _FIELDS,
        }  # fmt: skip
        while params is not None:
            answer = self._page(params)
            for row in answer.get("items") or ():
                yield _listed(row)
            params = self._api.next_page(*_LIST, params, answer)

    def fetch(self, key: str, at: int, length: int) -> bytes:
        """Some bytes of an object, by one ranged request."""
        wanted = {"bucket": self._name, "object": key, "at": at, "length": length}
        return self._patiently(lambda: self._api.bytes_of(self._scope, "", wanted))

    def _page(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        service, operation = _LIST
        return self._patiently(
            lambda: self._api.call(self._scope, service, "", operation, params)
        )

    @staticmethod
    def _patiently(ask: Callable[[], _Got]) -> _Got:
        for attempt in range(_ATTEMPTS):
            try:
                return ask()
            except ApiError as error:
                passing = error.again or error.reason is Reason.THROTTLED
                if not passing or attempt == _ATTEMPTS - 1:
                    raise
                PAUSE.wait(min(error.after or 0.1 * 2**attempt, _LONGEST))
        raise AssertionError("unreachable")


def _listed(row: Mapping[str, Any]) -> Listed:
    name, size = row.get("name"), str(row.get("size", ""))
    if not isinstance(name, str) or not size.isdecimal():
        raise ApiError(Reason.MALFORMED, "storage:objects.list: an object without name or size")
    return Listed(name, int(size), str(row.get("storageClass") or ""))


def bucket(api: _Google, name: str, prefix: str = "", scope: Scope | None = None) -> Bucket:
    """The bucket of this name, or of any other name that a store has, opened for sampling."""
    return Bucket(api, name.rpartition("/")[2], prefix, scope)
