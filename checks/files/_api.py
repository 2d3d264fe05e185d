"""Exports as connections: each file is asked for its rows, and for nothing that it does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from auditor.sdk import ApiError, Gap, Inquiry, Inventory, Reason, Scope, SettingsError, StoreType

from ._declared import Declared
from ._opening import source_of
from ._scanning import KINDS, Part, Scan, scan

_PAGE = 1000
_OP = "export:rows"
CLOUDS = ("aws", "azure", "gcp")


def exports(
    files: Sequence[Path], kinds: Iterable[StoreType], partitions: Mapping[str, str]
) -> dict[str, Exported]:
    """A connection for each file and cloud. `partitions` are the clouds that settings name.

    Raises `SettingsError` where a file is missing, empty, broken or of no kind that is known.
    """
    declared = Declared(kinds)
    found: dict[str, Exported] = {}
    for path in dict.fromkeys(path.resolve() for path in files):
        read = scan(source_of(path), declared)
        clouds = [p for p in read.parts if p in CLOUDS]
        if not clouds:
            raise SettingsError(
                "{path}: no resource of a cloud that is known", hint="known: {clouds}",
                path=path, clouds=", ".join(CLOUDS),
            )  # fmt: skip
        for provider in sorted(clouds):
            first = provider == min(clouds)
            one = Exported(read, read.parts[provider], partitions.get(provider, ""), first)
            name = f"{provider} {path.name}"
            found[name if name not in found else f"{provider} {path}"] = one
    return found


class Exported:
    """What one file tells of one cloud, as a connection that answers from it alone."""

    shape = Inventory(items="rows", type="exported.type", account="exported.account")

    def __init__(self, read: Scan, part: Part, partition: str, first: bool) -> None:
        self.provider, self.form = part.provider, part.form
        self.source, self.kind, self.rows = read.source, KINDS[read.kind], part.rows
        if len(read.parts) > 1:
            self.kind += f" ({part.provider})"
        self._read, self._part, self._first = read, part, first
        self._partition = partition
        self._scopes = {self._scope(*one) for one in part.accounts}

    def _scope(self, partition: str, told: str, group: str) -> Scope:
        account = self._read.account(told, group)
        return Scope(
            provider=self.provider, partition=self._partition or partition, account=account
        )

    def identity(self) -> Mapping[str, str]:
        """Which file was read."""
        return {
            "file": self.source.name,
            "kind": self.kind,
            "sha256": self.source.digest,
            "written": self.source.date,
            "rows": str(self.rows),
        }

    def accounts(self) -> Iterator[Scope | Gap]:
        """The accounts that have a row, and what the file has that is not read."""
        yield from sorted(self._scopes)
        counted: Counter[tuple[Scope, str]] = Counter()
        for (partition, told, group, type_), n in self._part.unmapped.items():
            counted[self._scope(partition, told, group), type_] += n
        for (scope, type_), n in sorted(counted.items()):
            yield Gap(
                scope=scope, kind=type_, reason=Reason.UNCATALOGUED,
                detail=f"{self.source.name}: {n}",
            )  # fmt: skip
        if self._first:
            yield from self._of_the_whole()

    def _of_the_whole(self) -> Iterator[Gap]:
        scope = min(self._scopes, default=Scope(provider=self.provider, partition="", account=""))
        for name, part in sorted(self._read.parts.items()):
            if name not in CLOUDS:
                for (*_, type_), n in sorted(part.unmapped.items()):
                    detail = f"{self.source.name}: {n}"
                    yield Gap(scope=scope, kind=type_, reason=Reason.UNCATALOGUED, detail=detail)
        if self._read.cut:
            detail = f"{self.source.name}: {self._read.cut}"
            yield Gap(scope=scope, kind="discovery", reason=Reason.MALFORMED, detail=detail)
        if self._read.unread:
            detail = f"{self.source.name}: {self._read.unread}"
            yield Gap(scope=scope, kind="discovery", reason=Reason.NO_READER, detail=detail)
        if self._part.bare:
            detail = f"{self.source.name}: {self._part.bare} × no resource.data"
            yield Gap(scope=scope, kind="discovery", reason=Reason.UNTOLD, detail=detail)

    def regions(self, account: Scope) -> Iterable[Scope | Gap]:
        """None: a row says where it is."""
        return ()

    def organisation(self) -> frozenset[str]:
        """The accounts that have a row."""
        return frozenset(scope.account for scope in self._scopes)

    def offered(self, service: str, region: str) -> bool:
        """A file does not say."""
        return True

    def inventory(self, accounts: Sequence[Scope], rows: Collection[str]) -> Iterator[Inquiry]:
        """One question: all its rows."""
        if accounts:
            named = tuple(scope.account for scope in accounts)
            yield Inquiry(accounts[0], _OP, {"from": 0}, named)

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Some of its rows; anything else was not asked. Of its end it does not say that it is all:

        what a query left out, or a state does not manage, is not in it.
        """
        name = f"{service}:{operation}"
        if name != _OP:
            raise ApiError(Reason.NOT_ASKED, name)
        first = params["from"]
        if first >= len(self._part.spool):
            raise ApiError(Reason.NOT_ASKED, f"{self.source.name}: what it leaves out")
        return {"rows": [self._whose(row) for row in self._part.spool.rows(first, _PAGE)]}

    def _whose(self, row: dict[str, Any]) -> dict[str, Any]:
        told = row["exported"]
        account = self._read.account(told["account"], told["group"])
        row["exported"] = {"type": told["type"], "account": account}
        asset = row.get("asset")
        if isinstance(asset, dict) and asset.get("project"):
            asset["project"] = account
        return row

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The rows after these; after the last there is the question whether that was all."""
        if f"{service}:{operation}" != _OP:
            return None
        return {"from": params["from"] + _PAGE}
