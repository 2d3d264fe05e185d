"""Objects of Cloud Storage buckets, for sampling: their listing, and ranges of their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from auditor.sdk import Listed, Scope


class _Google(Protocol):
    def pages(self, asked: str, params: Mapping[str, Any], items: str) -> Iterator[Any]: ...

    def bytes_of(self, params: Mapping[str, Any], at: int, length: int) -> bytes: ...

    def patiently(self, ask: Callable[[], Any]) -> Any: ...


class Bucket:
    """One bucket, or what is under a prefix of it."""

    def __init__(self, api: _Google, name: str, prefix: str) -> None:
        self._api, self._name, self._prefix = api, name, prefix

    def objects(self) -> Iterator[Listed]:
        """Every object, in the order of the listing."""
        params = {"bucket": self._name, "prefix": self._prefix or None, "maxResults": 1000}
        for row in self._api.pages("storage:objects.list", params, "items"):
            yield Listed(row["name"], int(row.get("size") or 0), row.get("storageClass", ""))

    def fetch(self, key: str, at: int, length: int) -> bytes:
        """Some bytes of an object, by one ranged request."""
        params = {"bucket": self._name, "object": key}
        content: bytes = self._api.patiently(lambda: self._api.bytes_of(params, at, length))
        return content


def bucket(api: _Google, name: str, prefix: str = "", scope: Scope | None = None) -> Bucket:
    """The bucket of this name, opened for sampling; its name says it in every project."""
    return Bucket(api, name, prefix)
