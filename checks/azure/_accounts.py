"""Which subscriptions there are to look at, and which cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditor.sdk import ApiError, Gap, Reason, Scope

from ._inventory import GRAPH, visible

if TYPE_CHECKING:
    from ._api import Azure

SUBSCRIPTIONS = "Microsoft.Resources:subscriptions"
DESCENDANTS = "Microsoft.Management:managementGroups/descendants"
_DISCOVERY = "discovery"
_CLOSED = ("Deleted", "Disabled")  # a disabled one can still be read; a deleted one cannot
_UNSEEN = f"{GRAPH}: the inventory does not show this subscription to these credentials"
_INVISIBLE = f"{SUBSCRIPTIONS}: not visible to these credentials"


class Subscriptions:
    """The subscriptions that the credentials see, or those of them that the settings choose."""

    def __init__(self, azure: Azure, settings: Mapping[str, Any]) -> None:
        self._azure = azure
        self._wanted = _folded(settings.get("subscriptions"))
        self._excluded = _folded(settings.get("exclude"))
        self._groups = [str(group) for group in settings.get("management_groups") or ()]
        self.known: frozenset[str] = frozenset()

    def accounts(self) -> Iterator[Scope | Gap]:
        """Those in scope, and as gaps those that cannot be read, or not whole."""
        listed, why = self._listed()
        gaps = [] if why is None else [self._gap("subscriptions", "", why.reason, why.detail)]
        below, refused = self._below()
        self.known = frozenset(listed) | frozenset(below)
        names = {str(row.get("displayName", "")).casefold(): account for account, row in
                 listed.items()}  # fmt: skip
        wanted = {names.get(one, one) for one in self._wanted}
        named = wanted | set(below) if wanted or self._groups else set(listed)
        chosen = {a for a in named if not self._is_excluded(a, listed.get(a) or {})}
        found = sorted(chosen & set(listed))
        yield from (*gaps, *refused, *self._missing(chosen - set(listed), why))
        scopes = [self._scope(account, listed[account]) for account in found]
        states = [str(listed[account].get("state") or "") for account in found]
        closed = [(s, state) for s, state in zip(scopes, states, strict=True) if state in _CLOSED]
        for scope, state in closed:
            yield Gap(scope=scope, kind=_DISCOVERY, reason=Reason.SUSPENDED, detail=state)
        deleted = {scope.account for scope, state in closed if state == "Deleted"}
        yield from self._seen([scope for scope in scopes if scope.account not in deleted])

    def _listed(self) -> tuple[dict[str, Mapping[str, Any]], ApiError | None]:
        """What is visible, each subscription once, and what kept it from being listed whole."""
        listed: dict[str, Mapping[str, Any]] = {}
        try:
            for row in self._azure.rows(SUBSCRIPTIONS, "/subscriptions"):
                account = row.get("subscriptionId")
                if isinstance(account, str) and account:
                    listed.setdefault(account.lower(), row)
        except ApiError as error:
            return listed, error
        return listed, None

    def _below(self) -> tuple[set[str], list[Gap]]:
        """The subscriptions under the management groups of the settings."""
        found: set[str] = set()
        gaps = []
        for group in self._groups:
            path = f"/providers/Microsoft.Management/managementGroups/{group}/descendants"
            try:
                for row in self._azure.rows(DESCENDANTS, path):
                    if str(row.get("type", "")).lower().endswith("/subscriptions"):
                        found.add(str(row.get("name", "")).lower())
            except ApiError as error:
                gaps.append(self._gap(group, "", error.reason, error.detail))
        return found - {""}, gaps

    def _missing(self, accounts: set[str], why: ApiError | None) -> Iterator[Gap]:
        reason, detail = (why.reason, why.detail) if why else (Reason.DENIED, _INVISIBLE)
        yield from (self._gap(account, "", reason, detail) for account in sorted(accounts))

    def _seen(self, scopes: Sequence[Scope]) -> Iterator[Scope | Gap]:
        """The scopes; and a gap for each that the inventory would leave out without a word."""
        yield from scopes
        for inquiry in visible(scopes):
            try:
                rows = self._azure.inventoried(inquiry)
                shown = {str(row.get("subscriptionId", "")).lower() for row in rows}
            except ApiError as error:
                yield self._gap(inquiry.target.account, "", error.reason, error.detail)
                continue
            for scope in scopes:
                if scope.account in inquiry.accounts and scope.account not in shown:
                    yield Gap(scope=scope, kind=_DISCOVERY, reason=Reason.DENIED, detail=_UNSEEN)

    def _is_excluded(self, account: str, row: Mapping[str, Any]) -> bool:
        return bool({account, str(row.get("displayName", "")).casefold()} & self._excluded)

    def _scope(self, account: str, row: Mapping[str, Any]) -> Scope:
        name = row.get("displayName")
        return Scope(
            provider="azure",
            partition=self._azure.partition,
            account=account,
            account_name=name if isinstance(name, str) else "",
        )

    def _gap(self, account: str, name: str, reason: Reason, detail: str) -> Gap:
        scope = self._scope(account, {"displayName": name})
        return Gap(scope=scope, kind=_DISCOVERY, reason=reason, detail=detail)


def _folded(values: Any) -> frozenset[str]:
    return frozenset(str(value).casefold() for value in values or ())
