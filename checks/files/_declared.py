"""The declared store types, by the rows that exports have of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditor.sdk import Part, Row, StoreType, Value

from ._lifting import Keep, declared, sizes
from ._rows import CONFIG, OWN, TERRAFORM

_Name = tuple[str, str, str]  # provider, form, type of the row in lower case
_ENVELOPE = ("arn", "id", "owner_id", "account_id", "project", "location", "region")
_ITEM = (
    "arn", "ARN", "accountId", "awsAccountId", "awsRegion", "resourceType", "resourceId",
    "resourceName", "configurationItemStatus", "configurationItemCaptureTime",
)  # fmt: skip
_ROW = ("id", "name", "type", "location", "subscriptionId")
_ASSET = ("name", "assetType", "ancestors", "project", "location", "updateTime")
_STORE = ("kind", "partition", "collected", "category")  # of our own runs: only to know them


class Declared:
    """What to lift for each row type, and for a document whose rows are not yet known."""

    def __init__(self, kinds: Iterable[StoreType]) -> None:
        self._keeps: dict[_Name, Keep] = {}
        self._accounts: dict[_Name, Value] = {}
        self._sizes: dict[_Name, frozenset[str]] = {}
        for kind in kinds:
            if kind.row:
                self._add(kind, OWN, kind.row, kind)
            for row in kind.rows:
                self._add(kind, row.form, row.type, row)
        self.row, self.resource = self._any_row(), self._any_resource()

    def _add(self, kind: StoreType, form: str, type_: str, said: StoreType | Row) -> None:
        name = (kind.provider, form, type_.lower())
        self._keeps.setdefault(name, Keep()).add(declared(said))
        if isinstance(said, Row):
            self._accounts[name] = said.values.get("account", "")
            self._sizes[name] = self._sizes.get(name, frozenset()) | sizes(said)

    def keep(self, provider: str, form: str, type_: str) -> Keep | None:
        """What is read of rows of a type; None when no store type has such rows."""
        return self._keeps.get((provider, form, type_.lower()))

    def account(self, provider: str, type_: str, row: Mapping[str, Any]) -> str:
        """The account that a resource of a state tells, where its declaration says how."""
        return _text(self._accounts.get((provider, TERRAFORM, type_.lower()), ""), row)

    def sized(self, provider: str, type_: str, row: dict[str, Any]) -> None:
        """Sizes that an old state writes as text become numbers."""
        for path in self._sizes.get((provider, TERRAFORM, type_.lower()), ()):
            if isinstance(row.get(path), str) and row[path].isdecimal():
                row[path] = int(row[path])

    def _of(self, form: str, provider: str = "") -> Iterator[Keep]:
        for name, keep in self._keeps.items():
            if name[1] == form and provider in ("", name[0]):
                yield keep

    def _any_row(self) -> Keep:
        whole = Keep()
        for name in (*_ROW, *_ITEM, *_ASSET, *_STORE):
            whole.at(name).whole = True
        for keep in (*self._of(OWN, "azure"), *self._of(CONFIG)):
            whole.add(keep)
        resource = whole.at("resource")
        for name in ("location", "parent"):
            resource.at(name).whole = True
        resource.at("data")
        for keep in self._of(OWN, "gcp"):
            resource.at("data").add(keep)
        resource.at("data").below.pop("asset", None)
        for name in ("configuration", "properties", "tags", "sku", "identity", "kind"):
            whole.at(name).coded = name != "kind"
        for node in whole.at("supplementaryConfiguration").below.values():
            node.coded = True
        return whole

    def _any_resource(self) -> Keep:
        attributes = Keep()
        for name in _ENVELOPE:
            attributes.at(name).whole = True
        for keep in self._of(TERRAFORM):
            attributes.add(keep)
        flat = Keep(below=attributes.below, flat=True)
        whole = Keep()
        for name in ("mode", "type", "provider"):
            whole.at(name).whole = True
        one = Keep(below={"attributes": attributes, "attributes_flat": flat})
        one.at("sensitive_attributes").whole = True
        whole.below["instances"] = one
        whole.below["primary"] = Keep(below={"attributes": flat})
        return whole


def _text(value: Value, row: Mapping[str, Any]) -> str:
    """A plain value of a row: a member, or a part of one."""
    match value:
        case str() if value:
            found = row.get(value)
            return found if isinstance(found, str) else ""
        case Part():
            parts = _text(value.of, row).split(value.separator)
            return parts[value.index] if len(parts) > value.index else ""
        case tuple():
            return next(filter(None, (_text(one, row) for one in value)), "")
    return ""
