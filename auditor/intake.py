"""Taking in what a provider's inventory lists: rows of many types, dealt out to their units.

A unit begins with its first row; of an account that the inventory had to tell all about, those
without a row are finished with it: read, and empty.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from .calls import FIRST_PAGE, PAGE, Call, Calls
from .declare import StoreType
from .errors import ApiError
from .model import Coverage, CoverageState, Reason, Scope, Unknown
from .plugin import Inventory
from .reading import path
from .units import Unit, in_order

if TYPE_CHECKING:
    from .sdk import Inquiry


def row_of(kind: StoreType) -> str:
    """The row type that opens stores of this type, or leads to their listing; none: ""."""
    if kind.listing is not None:
        return kind.listing.of
    return kind.row


class Surveying(Protocol):
    """What is done of units as rows come; `deal` and `close` with the unit's lock held."""

    def begin(self, unit: Unit) -> None: ...
    def empty(self, covered: Mapping[str, Coverage]) -> None: ...
    def deal(self, unit: Unit, row: Any, kind: StoreType) -> None: ...
    def close(self, unit: Unit) -> None: ...


@dataclass(slots=True)
class _Pages:
    """The pages of one inquiry: those asked for or being dealt out, and what follows them."""

    inquiry: Inquiry
    open: int = 0
    following: tuple[Mapping[str, Any], int] | None = None  # its parameters, the rows before it


class Intake:
    """Takes in one provider's inventory."""

    def __init__(self, declared: Inventory, api: Any, calls: Calls, survey: Surveying) -> None:
        self._api, self._calls, self._survey = api, calls, survey
        self._items, self._total = path(declared.items), declared.total
        self._type, self._account = path(declared.type), path(declared.account)
        self._lock = threading.Lock()
        self._scopes: dict[str, Scope] = {}
        self._kinds: dict[str, list[StoreType]] = {}  # account → its types to read
        self._every: dict[str, StoreType] = {}
        self._by_row: dict[str, list[StoreType]] = {}
        self._units: dict[str, dict[str, Unit]] = {}  # account → its units, by type
        self._failed: dict[str, list[Unknown]] = {}
        self._left: Counter[str] = Counter()  # inquiries that still tell of an account
        self._asked = 0

    def expect(self, scope: Scope, kind: StoreType, to_read: bool) -> None:
        """A type in an account, to be read; or known to be there, and finished before."""
        ours = self._kinds.setdefault(scope.account, [])
        if to_read:
            self._scopes.setdefault(scope.account, scope)
            self._every[kind.name] = kind
            ours.append(kind)

    def ask(self) -> None:
        """Put every question of the inventory; none when nothing is to be read."""
        if not self._every:
            return
        for kind in self._every.values():
            for face in (kind, *kind.faces):
                self._by_row.setdefault(row_of(face).lower(), []).append(face)
        rows = sorted(row_of(faces[0]) for faces in self._by_row.values())
        inquiries = list(self._api.inventory(list(self._scopes.values()), rows))
        for inquiry in inquiries:
            self._left.update(set(inquiry.accounts))
        self._asked = len(inquiries)
        for inquiry in inquiries:
            self._page(_Pages(inquiry), inquiry.params, 0, FIRST_PAGE)
        for account in [a for a in self._scopes if not self._left[a]]:
            self._failed[account] = [Unknown(Reason.NOT_ASKED, "inventory")]
            self._finish(account)

    def _page(self, pages: _Pages, params: Mapping[str, Any], so_far: int, rank: int) -> None:
        inquiry = pages.inquiry

        def answered(answer: Any) -> None:
            if isinstance(answer, ApiError):
                self._fail(inquiry, answer.unknown)
                self._dealt(pages)
            else:
                self._answered(pages, params, so_far, answer)

        pages.open += 1
        self._calls.put(
            Call(inquiry.target, inquiry.target.region, inquiry.op, params, answered, rank)
        )

    def _answered(
        self, pages: _Pages, params: Mapping[str, Any], so_far: int, answer: Mapping[str, Any]
    ) -> None:
        """Deal out a page; the next one is on its way meanwhile, as one is dealt out at a time."""
        inquiry, rows = pages.inquiry, self._items(answer) or ()
        so_far += len(rows)
        service, _, operation = inquiry.op.partition(":")
        following = self._api.next_page(service, operation, params, answer)
        if following is None:
            self._count(inquiry, so_far, answer)
        else:
            with self._lock:
                pages.following = following, so_far
                if pages.open == 1:
                    self._follow(pages)
        for row in rows:
            self._row(inquiry, row)
        self._dealt(pages)

    def _follow(self, pages: _Pages) -> None:
        """Ask for the page that was found to follow, if one was; with the lock held."""
        if pages.following is not None:
            (params, so_far), pages.following = pages.following, None
            self._page(pages, params, so_far, PAGE)

    def _dealt(self, pages: _Pages) -> None:
        """A page is dealt out, or will not come; after the last one the inquiry has ended."""
        with self._lock:
            pages.open -= 1
            self._follow(pages)
            ended = not pages.open
        if ended:
            self._end(pages.inquiry)

    def _count(self, inquiry: Inquiry, so_far: int, answer: Mapping[str, Any]) -> None:
        total = path(self._total)(answer) if self._total else None
        if isinstance(total, int) and so_far < total:
            self._fail(inquiry, Unknown(Reason.MALFORMED, f"{inquiry.op}: {so_far} / {total}"))

    def _row(self, inquiry: Inquiry, row: Any) -> None:
        account = self._account(row)
        account = account.lower() if isinstance(account, str) else inquiry.target.account
        for face in self._by_row.get(str(self._type(row)).lower(), ()):
            unit = self._unit(inquiry, account, face.name)
            if unit is not None:
                with unit.lock:
                    self._survey.deal(unit, row, face)

    def _unit(self, inquiry: Inquiry, account: str, name: str) -> Unit | None:
        """The unit that a row belongs to; none when it was finished before this run went on.

        An account that was not known to be there is one all the same.
        """
        with self._lock:
            units = self._units.setdefault(account, {})
            if name in units:
                return units[name]
            known = self._kinds.get(account)
            if known is not None and all(kind.name != name for kind in known):
                return None
            scope = self._scopes.get(account) or replace(
                inquiry.target, account=account, account_name=""
            )
            units[name] = Unit(scope, self._every[name], open=1)
            self._survey.begin(units[name])
            return units[name]

    def _fail(self, inquiry: Inquiry, why: Unknown) -> None:
        with self._lock:
            for account in inquiry.accounts:
                self._failed.setdefault(account, []).append(why)

    def _end(self, inquiry: Inquiry) -> None:
        """No more rows come of an inquiry: accounts that no other one tells of are finished."""
        with self._lock:
            self._left.subtract(set(inquiry.accounts))
            self._asked -= 1
            ended = [a for a in sorted(set(inquiry.accounts)) if not self._left[a]]
            strangers = [a for a in self._units if a not in self._left] if not self._asked else []
        for account in (*ended, *strangers):
            self._finish(account)

    def _finish(self, account: str) -> None:
        units = self._units.pop(account, {})
        failed = self._failed.get(account, ())
        state = CoverageState.UNREAD if failed else CoverageState.READ
        gaps = in_order(set(failed))
        scope = self._scopes.get(account)
        self._survey.empty(
            {
                f"{scope} {kind.name}": Coverage(
                    scope=scope, kind=kind.name, state=state, gaps=gaps
                )
                for kind in self._kinds.get(account, ())
                if scope is not None and kind.name not in units
            }
        )
        for unit in units.values():
            with unit.lock:
                unit.unlisted = unit.unlisted or bool(failed)
                unit.gaps.update(failed)
                self._survey.close(unit)
