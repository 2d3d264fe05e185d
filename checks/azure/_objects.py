"""Blobs of Azure Storage, for sampling: the listing of a container, and ranges of their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from auditor.sdk import ApiError, Listed, Reason, Scope, backoff, patiently

from ._blobs import LIST

_LONGEST = 30.0  # seconds that are waited between two of them


class _Azure(Protocol):
    partition: str

    def bytes_of(self, target: Scope, region: str, params: Mapping[str, Any]) -> bytes: ...


class Container:
    """One container of a storage account, or what is under a prefix of it."""

    def __init__(self, api: _Azure, address: str, scope: Scope | None = None) -> None:
        account, _, rest = address.partition("/")
        container, _, self._prefix = rest.partition("/")
        self._api = api
        self._named = {"account": account, "container": container}
        self._scope = scope or Scope(provider="azure", partition=api.partition, account="")

    def objects(self) -> Iterator[Listed]:
        """Every blob, in the order of the listing; its access tier is its storage class."""
        marker = ""
        while True:
            page = _page(self._ask({"prefix": self._prefix, "marker": marker}))
            yield from map(_listed, page.iterfind("Blobs/Blob"))
            following = page.findtext("NextMarker") or ""
            if not following:
                return
            if following == marker:
                raise ApiError(Reason.MALFORMED, f"{LIST}: a page that leads to itself")
            marker = following

    def fetch(self, key: str, at: int, length: int) -> bytes:
        """Some bytes of a blob, by one ranged request."""
        return self._ask({"blob": key, "at": at, "length": length})

    def _ask(self, params: Mapping[str, Any]) -> bytes:
        asked = {**self._named, **params}
        return patiently(lambda: self._api.bytes_of(self._scope, "", asked), _tries, _wait)


def _tries(error: ApiError) -> int:
    return 5 if error.again or error.reason is Reason.THROTTLED else 1


def _wait(error: ApiError, attempt: int) -> float:
    return min(error.after or backoff(error, attempt), _LONGEST)


def container(api: _Azure, name: str, prefix: str = "", scope: Scope | None = None) -> Container:
    """The container that the name and the prefix say together: `account/container/prefix`."""
    return Container(api, f"{name}/{prefix}", scope)


class _Plain(TreeBuilder):
    """A tree without any declaration of entities: no answer of storage has one."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse it before an entity is read."""
        raise ParseError("a document type")


def _page(content: bytes) -> Element:
    parser = XMLParser(target=_Plain())
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError):
        raise ApiError(Reason.MALFORMED, f"{LIST}: no XML", again=True) from None
    if root.tag != "EnumerationResults":
        raise ApiError(Reason.MALFORMED, f"{LIST}: no listing")
    return root


def _listed(blob: Element) -> Listed:
    name = blob.find("Name")
    key = (name.text or "") if name is not None else ""
    if name is not None and name.get("Encoded") == "true":  # it has what XML cannot have
        key = unquote(key)
    size = blob.findtext("Properties/Content-Length") or ""
    if blob.findtext("Properties/ResourceType") == "directory":
        size = size or "0"
    if not key or not size.isdecimal():
        raise ApiError(Reason.MALFORMED, f"{LIST}: a blob without its name or size")
    return Listed(key, int(size), blob.findtext("Properties/AccessTier") or "")
