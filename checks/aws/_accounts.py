"""Which accounts and regions there are to look at, and which cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from auditor.sdk import ApiError, Gap, Reason, Scope

if TYPE_CHECKING:
    from ._api import Aws
    from ._credentials import Credentials

_DISCOVERY = "discovery"


class Organisation:
    """The accounts of an AWS organisation as its management or delegated account sees them."""

    def __init__(self, aws: Aws, who: Credentials, settings: Mapping[str, Any]) -> None:
        self._aws = aws
        self._who = who
        self._settings = settings
        self.known: frozenset[str] = frozenset()

    # ------------------------------------------------------------------ accounts

    def accounts(self) -> Iterator[Scope | Gap]:
        """Accounts in scope with credentials of their own, the others as gaps."""
        callers = self._who.callers()
        self.known = frozenset(callers)
        wanted = str(self._settings.get("organisation", "auto")).lower()
        if len(callers) > 1 or wanted == "false":
            yield from (self._scope(account, "") for account in dict.fromkeys(callers))
            return
        try:
            listed = list(self._members(callers[0]))
        except ApiError as error:
            yield self._scope(callers[0], "")
            refused = error.reason is Reason.DENIED or "NotInUse" in error.code
            if wanted != "auto" or not refused:
                yield self._gap(callers[0], error)
            return
        self.known = frozenset(a["Id"] for a in listed) | self.known
        if not listed:  # no organisation: the account we are
            listed = [{"Id": callers[0]}]
        chosen = [a for a in listed if self._wanted(a)]
        with ThreadPoolExecutor(16) as pool:
            yield from pool.map(lambda a: self._member(a, callers[0]), chosen)

    def _members(self, caller: str) -> Iterator[Mapping[str, Any]]:
        units = self._settings.get("organisational_units") or {}
        include, exclude = units.get("include") or [], units.get("exclude") or []
        left_out = {a["Id"] for unit in exclude for a in self._under(caller, unit)}
        if include:
            found = {a["Id"]: a for unit in include for a in self._under(caller, unit)}
            members: Iterable[Mapping[str, Any]] = found.values()
        else:
            members = self._aws.pages(caller, "organizations", "ListAccounts", "Accounts")
        yield from (a for a in members if a["Id"] not in left_out)

    def _under(self, caller: str, unit: str) -> Iterator[Mapping[str, Any]]:
        """The accounts of an organisational unit and of the units below it."""
        yield from self._rows(caller, "ListAccountsForParent", "Accounts", unit)
        for below in self._rows(
            caller, "ListOrganizationalUnitsForParent", "OrganizationalUnits", unit
        ):
            yield from self._under(caller, below["Id"])

    def _rows(self, caller: str, operation: str, items: str, parent: str) -> Iterator[Any]:
        params: Mapping[str, Any] | None = {"ParentId": parent}
        while params is not None:
            answer = self._aws.ask_patiently(caller, "organizations", operation, params)
            yield from answer.get(items) or ()
            params = self._aws.next_page("organizations", operation, params, answer)

    def _wanted(self, account: Mapping[str, Any]) -> bool:
        chosen = self._settings.get("accounts") or {}
        include, exclude = chosen.get("include") or [], chosen.get("exclude") or []
        names = {account["Id"], account.get("Name", "")}
        return not names & set(exclude) and (not include or bool(names & set(include)))

    def _member(self, account: Mapping[str, Any], caller: str) -> Scope | Gap:
        identifier, name = account["Id"], account.get("Name", "")
        state = account.get("State") or account.get("Status") or "ACTIVE"
        scope = self._scope(identifier, name)
        if state != "ACTIVE":
            return Gap(scope=scope, kind=_DISCOVERY, reason=Reason.SUSPENDED, detail=state)
        if identifier == caller:
            return scope
        if not self._settings.get("role"):
            detail = "no role is set in [aws] role: the account was not asked"
            return Gap(scope=scope, kind=_DISCOVERY, reason=Reason.NOT_ASKED, detail=detail)
        try:
            self._who.assume(identifier, caller)
        except ApiError as error:
            return Gap(scope=scope, kind=_DISCOVERY, reason=error.reason, detail=error.detail)
        return scope

    def _scope(self, account: str, name: str) -> Scope:
        partition = self._aws.partition
        return Scope(provider="aws", partition=partition, account=account, account_name=name)

    def _gap(self, account: str, error: ApiError) -> Gap:
        scope = self._scope(account, "")
        return Gap(scope=scope, kind=_DISCOVERY, reason=error.reason, detail=error.detail)

    # ------------------------------------------------------------------ regions

    def regions(self, account: Scope) -> Iterator[Scope | Gap]:
        """Enabled regions. What the account has not enabled holds nothing; it is no gap."""
        wanted = self._settings.get("regions") or []
        try:
            answer = self._aws.ask_patiently(
                account.account, "ec2", "DescribeRegions", {"AllRegions": True}
            )
        except ApiError as error:
            yield from self._unlisted(account, wanted, error)
            return
        states = {r["RegionName"]: r.get("OptInStatus", "") for r in answer["Regions"]}
        for region in wanted or sorted(states):
            if states.get(region) in ("opt-in-not-required", "opted-in", ""):
                yield self._in(account, region)
            elif region in wanted:
                reason = Reason.NOT_ENABLED if region in states else Reason.UNCATALOGUED
                yield self._missing(account, region, reason, "named in the settings")

    def _unlisted(
        self, account: Scope, wanted: list[str], error: ApiError
    ) -> Iterator[Scope | Gap]:
        """Regions that could not be listed: those of the settings, else those botocore lists."""
        yield Gap(scope=account, kind=_DISCOVERY, reason=error.reason, detail=error.detail)
        if error.reason in (Reason.DENIED, Reason.FAILED, Reason.UNSUPPORTED):
            names = wanted or self._aws.default_regions()
            yield from (self._in(account, region) for region in names)

    def _in(self, account: Scope, region: str) -> Scope:
        return Scope(
            provider="aws",
            partition=account.partition,
            account=account.account,
            account_name=account.account_name,
            region=region,
        )

    def _missing(self, account: Scope, region: str, reason: Reason, detail: str) -> Gap:
        return Gap(scope=self._in(account, region), kind=_DISCOVERY, reason=reason, detail=detail)
