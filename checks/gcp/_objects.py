"""Objects of Cloud Storage buckets, for sampling: their listing, and ranges of their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from auditor.sdk import ApiError, Listed, Reason, Scope

_LIST = "storage:objects.list"
_FIELDS = "items(name,size,storageClass),nextPageToken"


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
        params = {
            "bucket": self._name, "prefix": self._prefix or None, "maxResults": 1000,
            "fields": _FIELDS,
        }  # fmt: skip
        yield from map(_listed, self._api.pages(_LIST, params, "items"))

    def fetch(self, key: str, at: int, length: int) -> bytes:
        """Some bytes of an object, by one ranged request."""
        params = {"bucket": self._name, "object": key}
        content: bytes = self._api.patiently(lambda: self._api.bytes_of(params, at, length))
        return content


def _listed(row: Any) -> Listed:
    name, size = (row.get("name"), row.get("size")) if isinstance(row, dict) else ("", "")
    if not isinstance(name, str) or not str(size).isdecimal():
        raise ApiError(Reason.MALFORMED, f"{_LIST}: an object without its name or size")
    return Listed(name, int(str(size)), str(row.get("storageClass") or ""))


def bucket(api: _Google, name: str, prefix: str = "", scope: Scope | None = None) -> Bucket:
    """The bucket of this name, or of any other name of the store, opened for sampling.

    Its name says it in every project.
    """
    return Bucket(api, name.rpartition("/")[2], prefix)
