"""What may be read in each project, told before it is asked.

No permission is needed to ask it, and it changes nothing:
https://docs.cloud.google.com/resource-manager/reference/rest/v3/projects/testIamPermissions
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from auditor.sdk import ApiError, Gap, Reason, Scope

from ._permissions import action

if TYPE_CHECKING:
    from ._api import Google

HELD = "cloudresourcemanager:projects.testIamPermissions"
_PROJECT = re.compile(r"[A-Za-z0-9-]+|[A-Za-z0-9.-]+:[A-Za-z0-9-]+")  # the older ones: of a domain
_THREADS = 16
_MOST = 100  # permissions in one question
_NAMED = 8  # missing permissions that are named; how many more there are is told


def path_of(project: str) -> str:
    """Where it is asked of a project; a name that would lead elsewhere is none."""
    if not _PROJECT.fullmatch(project):
        raise ApiError(Reason.MALFORMED, f"{HELD}: no path with this project")
    return f"v3/projects/{quote(project, safe='')}:testIamPermissions"


class Rights:
    """The permissions of the reader, project by project, side by side."""

    def __init__(self, google: Google) -> None:
        self._google = google
        self._odd: set[str] = set()  # what cannot be asked of a project: one spoils the question

    def unseen(self, accounts: Sequence[Scope], operations: Collection[str]) -> Iterator[Gap]:
        """A gap for each project where some of these may not be asked, or where none can tell.

        Rows of the inventory are not asked after: who may list it is told them all.
        """
        wanted = sorted({action(one) for one in operations if ":" in one})
        asked = accounts if wanted else ()
        found = [self._of_one(wanted, scope) for scope in asked[:1]]  # it tells what is odd
        with ThreadPoolExecutor(_THREADS) as pool:
            found += pool.map(partial(self._of_one, wanted), asked[1:])
        yield from (gap for gap in found if gap is not None)
        if self._odd:
            detail = f"{HELD}: cannot be asked of a project: {_named(sorted(self._odd))}"
            scope = Scope(provider="gcp", partition=self._google.universe, account="")
            yield Gap(scope=scope, kind="discovery", reason=Reason.UNSUPPORTED, detail=detail)

    def _of_one(self, wanted: Sequence[str], scope: Scope) -> Gap | None:
        asked = [one for one in wanted if one not in self._odd]
        held: set[str] = set()
        try:
            for start in range(0, len(asked), _MOST):
                held |= self._held(scope.account, asked[start : start + _MOST])
        except ApiError as error:
            return Gap(scope=scope, kind="discovery", reason=error.reason, detail=error.detail)
        missing = [one for one in asked if one not in held and one not in self._odd]
        if not missing:
            return None
        detail = f"{HELD}: not allowed in all of it: {_named(missing)}"
        return Gap(scope=scope, kind="discovery", reason=Reason.DENIED, detail=detail)

    def _held(self, project: str, permissions: Sequence[str]) -> set[str]:
        try:
            return set(self._google.held(project, permissions))
        except ApiError as error:
            if error.code != "INVALID_ARGUMENT":
                raise
        if len(permissions) == 1:
            self._odd.update(permissions)
            return set()
        half = len(permissions) // 2
        first, second = permissions[:half], permissions[half:]
        return self._held(project, first) | self._held(project, second)


def _named(permissions: Sequence[str]) -> str:
    more = len(permissions) - _NAMED
    return ", ".join(permissions[:_NAMED]) + (f" and {more} more" if more > 0 else "")
