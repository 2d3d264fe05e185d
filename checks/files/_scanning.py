"""Reading a file once: which kind it is, whose rows it has, and what of them is declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from auditor.sdk import SettingsError

from . import _rows
from ._declared import Declared
from ._documents import ALONE, HEAD, elements
from ._events import BrokenJson, events_of
from ._harmless import holds_nothing
from ._lifting import kept
from ._opening import Source, pieces
from ._rows import CONFIG, OWN, TERRAFORM, Told
from ._spool import Spool
from ._tables import is_table, table

KINDS = {
    "azure": "Azure Resource Graph", "gcp": "Google Cloud Asset Inventory", "aws": "AWS Config",
    "terraform": "Terraform / OpenTofu",
}  # fmt: skip
_BY_LIST = {
    "data": "azure", "assets": "gcp", "configurationItems": "aws", "Results": "aws",
    "BaseConfigurationItems": "aws", "resources": "terraform", "modules": "terraform",
}  # fmt: skip
_TOKENS = ("skip_token", "skipToken", "$skipToken", "nextPageToken", "NextToken", "nextLink")
_TOTALS = ("total_records", "totalRecords")


@dataclass(slots=True)
class Part:
    """What one file tells of one cloud."""

    provider: str
    form: str
    spool: Spool = field(default_factory=Spool)
    accounts: set[tuple[str, str, str]] = field(default_factory=set)  # partition, as told, group
    unmapped: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)  # … and type
    rows: int = 0
    bare: int = 0  # named, and not described


@dataclass(slots=True)
class Scan:
    """What one file tells."""

    source: Source
    kind: str = ""
    rows: int = 0
    unread: int = 0  # elements that are no resource
    cut: str = ""  # why it is not whole
    parts: dict[str, Part] = field(default_factory=dict)
    same: dict[str, set[str]] = field(default_factory=dict)  # a group → the accounts it was seen of

    def account(self, told: str, group: str) -> str:
        """The account that is meant: its own name, the one that stands for it, or the only one."""
        known = self.same.get(group, set()) if group else set()
        if told and not (told == group and known):
            return told
        if len(known) == 1:
            return next(iter(known))
        every = set().union(*self.same.values()) if self.same else set()
        return next(iter(every)) if not told and len(every) == 1 else told


def scan(source: Source, declared: Declared) -> Scan:
    """Read a file; a person is told when it is none that can be read, and why."""
    found = Scan(source)
    text = partial(pieces, source.path)
    broken = -1
    try:
        for where, element in _told_by(text, declared):
            _take(found, declared, where, element)
    except BrokenJson as error:
        broken = error.at
    if broken >= 0:
        raise SettingsError(
            "{path}: not JSON from byte {at} on",
            hint="it may be cut, or of another format: export it again",
            path=source.path,
            at=broken,
        )
    if not found.kind:
        raise SettingsError(
            "{path}: not an export that is known",
            hint="known: {kinds}",
            path=source.path,
            kinds=", ".join(KINDS.values()),
        )
    return found


def _told_by(text: Callable[[], Iterator[bytes]], declared: Declared) -> Iterator[tuple[str, Any]]:
    if is_table(text):
        return (("data", row) for row in table(text, declared.row))
    return elements(events_of(text), declared.row, declared.resource)


def _take(found: Scan, declared: Declared, where: str, element: Any) -> None:
    if where == HEAD:
        _head(found, element)
        return
    kind = _BY_LIST.get(where) or _kind_of(element)
    if not kind or not isinstance(element, dict) or (found.kind and kind != found.kind):
        found.unread += 1
        return
    found.kind = kind
    if kind == "terraform":
        for told in _rows.terraform(element):
            _keep(found, declared, TERRAFORM, told)
        return
    one = {"azure": _rows.azure, "gcp": _rows.gcp, "aws": _rows.aws}[kind](element)
    if one is not None:
        _keep(found, declared, CONFIG if kind == "aws" else OWN, one)
    elif "resourceType" not in element:
        found.unread += 1


def _kind_of(element: Any) -> str:
    """The kind of an element that stands alone, by its members."""
    if not isinstance(element, dict):
        return ""
    if "assetType" in element:
        return "gcp"
    if "resourceType" in element:
        return "aws"
    row = "type" in element and ("subscriptionId" in element or "id" in element)
    return "azure" if row and str(element.get("id", "/")).startswith("/") else ""


def _head(found: Scan, head: Mapping[str, Any]) -> None:
    if found.kind == "terraform" or "terraform_version" in head or "lineage" in head:
        version = head.get("version")
        if version not in (3, 4):
            raise SettingsError(
                "{path}: a state of version {version}, and 3 and 4 are read",
                hint="read it with a newer version of the auditor",
                path=found.source.path,
                version=version if isinstance(version, int) else "?",
            )
        found.kind = "terraform"
    if any(head.get(token) for token in _TOKENS) or head.get("resultTruncated") in ("true", True):
        found.cut = "more pages"
    for name in _TOTALS:
        total = head.get(name)
        if isinstance(total, int) and found.rows < total:
            found.cut = f"{found.rows} / {total}"


def _keep(found: Scan, declared: Declared, form: str, told: Told) -> None:
    part = found.parts.get(told.provider)
    if part is None:  # each has a file of its own
        part = found.parts[told.provider] = Part(told.provider, form)
    row = dict(told.row) if told.row is not None else None
    account = told.account
    if form == TERRAFORM and row is not None:
        account = declared.account(told.provider, told.type, row) or account
        declared.sized(told.provider, told.type, row)
    if account and account != told.group:
        found.same.setdefault(told.group or account, set()).add(account)
    if told.type == "aws_caller_identity":
        return
    found.rows += 1
    part.rows += 1
    keep = declared.keep(told.provider, form, told.type)
    if keep is None:
        if not holds_nothing(told.provider, form, told.type):
            part.accounts.add((told.partition, account, told.group))
            part.unmapped[told.partition, account, told.group, told.type] += 1
        return
    part.accounts.add((told.partition, account, told.group))
    if row is None:
        part.bare += 1
        return
    whose = {"type": told.type, "account": account, "group": told.group}
    part.spool.add({**kept(row, keep), _WHOSE: {**whose, "partition": told.partition}})


_WHOSE = "exported"
__all__ = ["ALONE", "KINDS", "Part", "Scan", "scan"]
