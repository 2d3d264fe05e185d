"""What may be read in each subscription: Resource Graph leaves out the rest without a word.

Asked once of each subscription, for the whole of it: what may be read in one of its resource groups
only is not read whole. It is a GET, and told of the caller alone:
https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group
https://learn.microsoft.com/azure/azure-resource-manager/resource-manager-api-authentication
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from auditor.sdk import ApiError, Gap, Reason, Scope

from ._permissions import action

if TYPE_CHECKING:
    from ._api import Azure

PERMISSIONS = "Microsoft.Authorization:permissions"
VERSION = "2022-04-01"
_PATH = "/subscriptions/{}/providers/Microsoft.Authorization/permissions"
_THREADS = 16
_NAMED = 8  # missing permissions that are named; how many more there are is told


def unseen(azure: Azure, accounts: Sequence[Scope], operations: Collection[str]) -> Iterator[Gap]:
    """A gap for each subscription where some of these may not be read, or where none can tell."""
    wanted = {action(one).lower(): action(one) for one in sorted(operations, reverse=True)}
    asked = accounts if wanted else ()
    with ThreadPoolExecutor(_THREADS) as pool:
        for gap in pool.map(partial(_of_one, azure, wanted), asked):
            if gap is not None:
                yield gap


def _of_one(azure: Azure, wanted: Mapping[str, str], scope: Scope) -> Gap | None:
    try:
        roles = list(azure.rows(PERMISSIONS, _PATH.format(scope.account)))
    except ApiError as error:
        return Gap(scope=scope, kind="discovery", reason=error.reason, detail=error.detail)
    allowed = [_Role(role) for role in roles]
    missing = [wanted[one] for one in sorted(wanted) if not any(r.allows(one) for r in allowed)]
    if not missing:
        return None
    named = ", ".join(missing[:_NAMED])
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    detail = f"{PERMISSIONS}: not allowed in all of it: {named}{more}"
    return Gap(scope=scope, kind="discovery", reason=Reason.DENIED, detail=detail)


class _Role:
    """What one role of the caller allows: its actions, without those that it takes away again.

    https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._given = _patterns(told.get("actions"))
        self._taken = _patterns(told.get("notActions"))

    def allows(self, permission: str) -> bool:
        """Whether a permission, in lower case, is among them."""
        given = any(one.fullmatch(permission) for one in self._given)
        return given and not any(one.fullmatch(permission) for one in self._taken)


def _patterns(told: Any) -> list[re.Pattern[str]]:
    listed: Iterable[Any] = told if isinstance(told, list) else ()
    each = (str(one).lower().split("*") for one in listed)
    return [re.compile(".*".join(map(re.escape, parts))) for parts in each]
