"""Objects of S3 buckets, for sampling: their listing, and ranges of their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from auditor.sdk import ApiError, Listed, Scope, patiently


class _Aws(Protocol):
    home: str
    partition: str

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]: ...

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None: ...

    def bytes_of(self, target: Scope, region: str, params: Mapping[str, Any]) -> bytes: ...

    def caller(self) -> str: ...


class Bucket:
    """One bucket, or what is under a prefix of it."""

    def __init__(self, api: _Aws, name: str, prefix: str, scope: Scope | None = None) -> None:
        self._api, self._name, self._prefix = api, name, prefix
        self._scope = scope or Scope(
            provider="aws", partition=api.partition, account=api.caller(), region=""
        )
        self._region = self._scope.region

    def objects(self) -> Iterator[Listed]:
        """Every object, in the order of the listing."""
        params: Mapping[str, Any] | None = {"Bucket": self._name, "Prefix": self._prefix}
        while params is not None:
            answer = self._ask("ListObjectsV2", params)
            for row in answer.get("Contents") or ():
                yield Listed(row["Key"], row.get("Size", 0), row.get("StorageClass", ""))
            params = self._api.next_page("s3", "ListObjectsV2", params, answer)

    def fetch(self, key: str, at: int, length: int) -> bytes:
        """Some bytes of an object, by one ranged request."""
        wanted = {"Bucket": self._name, "Key": key, "Range": f"bytes={at}-{at + length - 1}"}
        return patiently(lambda: self._api.bytes_of(self._scope, self._home(), wanted), _tries)

    def _home(self) -> str:
        if not self._region:
            told = self._api.call(
                self._scope, "s3", self._api.home, "GetBucketLocation", {"Bucket": self._name}
            ).get("LocationConstraint")
            self._region = "eu-west-1" if told == "EU" else str(told or "us-east-1")
        return self._region

    def _ask(self, operation: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        region = self._home()
        return patiently(
            lambda: self._api.call(self._scope, "s3", region, operation, params), _tries
        )


def _tries(error: ApiError) -> int:
    return 5 if error.again else 1


def bucket(api: _Aws, name: str, prefix: str = "", scope: Scope | None = None) -> Bucket:
    """The bucket of this name, opened for sampling."""
    return Bucket(api, name, prefix, scope)
