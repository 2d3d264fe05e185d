"""Blob Storage: pages of the blobs of a container, and ranges of their bytes. Only by GET.

Another host than Azure Resource Manager's, asked with a token of its own, which is given for no
other service: https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from email.utils import formatdate
from typing import Any
from urllib.parse import quote, urlencode

from auditor.sdk import ApiError, Reason

from ._answers import claims_of, in_our_terms, refusal
from ._clouds import Cloud
from ._credentials import Tokens

LIST, READ = "Microsoft.Storage:blobs.list", "Microsoft.Storage:blobs.read"
_VERSION = "2022-11-02"  # since 2021-12-02 the cold tier is told
_SCOPE = "https://storage.azure.com/.default"  # the same in all clouds
_ACCOUNT = re.compile(r"[a-z0-9]{3,24}")
_CONTAINER = re.compile(r"\$?[a-z0-9][a-z0-9-]{1,62}")
_PAGE = 5000  # blobs of a page, the most that is given
_MOST = 64 << 20  # bytes of a page
_GOOD = (200, 206)


class Blobs:
    """The blobs of all accounts that the credentials may read."""

    def __init__(self, cloud: Cloud, settings: Mapping[str, Any], pipeline: Any) -> None:
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)  # else it logs names
        self._storage = cloud.storage
        self._pipeline = pipeline
        self._tokens = Tokens(cloud, settings, _SCOPE)

    def get(self, params: Mapping[str, Any]) -> bytes:
        """A range of the blob that is named, `at` and `length`; or a page of its container."""
        if "blob" not in params:
            query = {"restype": "container", "comp": "list", "maxresults": str(_PAGE)}
            query |= {k: params[k] for k in ("prefix", "marker") if params.get(k)}
            return self._ask(LIST, f"{self._address(LIST, params)}?{urlencode(query)}", {}, _MOST)
        blob, at, length = str(params["blob"]), params["at"], params["length"]
        if {".", ".."} & set(blob.split("/")):  # clients and servers fold these
            raise ApiError(Reason.UNSUPPORTED, f"{READ}: a name that no address can have")
        url = f"{self._address(READ, params)}/{quote(blob, safe='/~')}"
        return self._ask(READ, url, {"x-ms-range": f"bytes={at}-{at + length - 1}"}, length)

    def _address(self, name: str, params: Mapping[str, Any]) -> str:
        account, container = str(params["account"]), str(params["container"])
        if not _ACCOUNT.fullmatch(account) or not _CONTAINER.fullmatch(container):
            raise ApiError(Reason.GONE, f"{name}: no account or container can have this name")
        if not self._storage:
            raise ApiError(Reason.UNSUPPORTED, f"{name}: storage is not set in [azure]")
        return f"{self._storage.replace('{account}', account)}/{container}"

    def _ask(self, name: str, url: str, more: Mapping[str, str], most: int) -> bytes:
        from azure.core.rest import HttpRequest

        token = self._tokens.take()
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept-Encoding": "identity",
            "x-ms-version": _VERSION,
            "x-ms-date": formatdate(usegmt=True),
            **more,
        }
        with in_our_terms(name):
            request = HttpRequest("GET", url, headers=headers)
            response = self._pipeline.run(request, stream=True).http_response
            try:
                received = _within(response.iter_raw(), most)  # as stored, were it compressed
            finally:
                response.close()
        if response.status_code in _GOOD:
            part = response.status_code == 206
            if part is not bool(more) or len(received) > most:
                raise ApiError(Reason.MALFORMED, f"{name}: other bytes than were asked for")
            return received
        told = {key.lower(): value for key, value in response.headers.items()}
        error = refusal(name, response.status_code, told, received)
        if error.reason is Reason.EXPIRED and not self._tokens.refused(token, claims_of(told)):
            detail = f"{name}: insufficient_claims"
            raise ApiError(Reason.DENIED, detail, code="insufficient_claims")
        raise error


def _within(pieces: Iterable[bytes], most: int) -> bytes:
    """What comes, and no more than a piece beyond what may."""
    kept = bytearray()
    for piece in pieces:
        kept += piece
        if len(kept) > most:
            break
    return bytes(kept)
