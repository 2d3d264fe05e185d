"""Blob Storage of the fake: pages of a container's blobs, ranges of their bytes, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from ._https import Reply, Request
from ._stored import Objects, Stored, ranged

PATH = "/blob"  # of this fake: /blob/account/container/blob
_MARK = b"\xef\xbb\xbf"  # the true ones send it too
_COLD = "Archive"


def blobs(stored: Mapping[str, Objects], request: Request, most: int) -> Reply:
    """What one request is answered; `stored` is by `account/container`."""
    if "x-ms-version" not in request.headers or "x-ms-date" not in request.headers:
        return refused(400, "MissingRequiredHeader")
    account, _, rest = request.path.removeprefix(PATH + "/").partition("/")
    container, _, key = rest.partition("/")
    held = stored.get(f"{account}/{container}")
    if held is None:
        return refused(404, "ContainerNotFound")
    if key:
        return _read(held.get(key), request)
    if request.query.get("restype") != "container" or request.query.get("comp") != "list":
        return refused(400, "InvalidQueryParameterValue")
    return _listed(held, request, most)


def refused(status: int, code: str, headers: Mapping[str, str] | None = None) -> Reply:
    """A refusal; its sentence names a person, as the true ones do: it must go no further."""
    root = Element("Error")
    SubElement(root, "Code").text = code
    SubElement(root, "Message").text = "jean.dupont@chu-lumiere.example was refused."
    told = {"Content-Type": "application/xml", "x-ms-error-code": code, **(headers or {})}
    return Reply(_MARK + tostring(root), status, told)


def _read(blob: Stored | None, request: Request) -> Reply:
    if blob is None:
        return refused(404, "BlobNotFound")
    if blob.tier == _COLD:
        return refused(409, "BlobArchived")
    return ranged(blob, request.headers.get("x-ms-range", "")) or refused(416, "InvalidRange")


def _listed(held: Objects, request: Request, most: int) -> Reply:
    prefix = request.query.get("prefix", "")
    keys = sorted(key for key in held if key.startswith(prefix))
    start = int(request.query.get("marker") or 0)
    end = start + min(most, int(request.query.get("maxresults") or 5000))
    root = Element("EnumerationResults")
    listed = SubElement(root, "Blobs")
    for key in keys[start:end]:
        _told(SubElement(listed, "Blob"), key, held[key])
    SubElement(root, "NextMarker").text = str(end) if end < len(keys) else None
    return Reply(_MARK + tostring(root), headers={"Content-Type": "application/xml"})


def _told(row: Element, key: str, blob: Stored) -> None:
    name = SubElement(row, "Name")
    name.text = key
    if any(letter < " " or letter in "\ufffe\uffff" for letter in key):  # what XML cannot have
        name.text = quote(key)
        name.set("Encoded", "true")
    told = SubElement(row, "Properties")
    SubElement(told, "Content-Length").text = str(len(blob.content))
    SubElement(told, "BlobType").text = "BlockBlob"
    SubElement(told, "AccessTier").text = blob.tier or "Hot"
