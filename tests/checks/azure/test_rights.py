"""What the roles of a reader allow in a subscription, as Azure tells them."""

from __future__ import annotations

import pytest

from auditor.model import Reason
from tests.checks.azure.asking import ONE, TWO, connected, estate, scope

STORES = "Microsoft.Storage/storageAccounts"
READ = f"{STORES}/read"


def missing(roles, operations=("Microsoft.Storage:storageAccounts",)):
    """What is told of a subscription where the reader has these roles."""
    path = f"/subscriptions/{ONE}/providers/Microsoft.Authorization/permissions"
    with connected(estate(answers={path: {"value": roles}})) as (fake, azure):
        fake.page = 1
        gaps = list(azure.unseen([scope(ONE), scope(TWO)], operations))
        assert fake.refused == []
    assert [gap.scope.account for gap in gaps] in ([], [ONE])
    return [gap.detail.rpartition(": ")[2] for gap in gaps]


def role(*actions, without=()):
    return {"actions": list(actions), "notActions": list(without)}


@pytest.mark.parametrize(
    "roles",
    [
        [role("*")],
        [role("*/read")],
        [role("*/READ")],
        [role("Microsoft.Storage/*")],
        [role("microsoft.storage/storageaccounts/read")],
        [role("Microsoft.Storage/*/read")],
        [role(), role(READ)],
        [role("*", without=["Microsoft.Storage/*"]), role(READ)],
        [role("*", without=["*/write"])],
        [{"actions": ["*/read"]}],
    ],
)
def test_it_is_allowed(roles):
    assert missing(roles) == []


@pytest.mark.parametrize(
    "roles",
    [
        [],
        [role()],
        [{}],
        [role(f"{STORES}/write")],
        [role("Microsoft.Storage/storageAccounts")],
        [role("Microsoft.Storagex/*")],
        [role("Microsoft.Storage.storageAccounts/read")],
        [role("*/read", without=[READ.lower()])],
        [role("*", without=["Microsoft.Storage/*"])],
        [role("*", without=["Microsoft.Storage/*"]), role("Microsoft.Compute/*")],
    ],
)
def test_it_is_not_allowed(roles):
    assert missing(roles) == [READ]


def test_a_row_and_an_operation_of_one_type_are_one_permission():
    assert missing([], ["Microsoft.Storage:storageAccounts", STORES.lower()]) == [READ]


def test_no_more_are_named_than_a_reader_reads():
    (told,) = missing([], [f"Microsoft.Storage:kind{n:02}" for n in range(20)])
    assert told.count("Microsoft.Storage") == 8
    assert told.endswith(" and 12 more")


def test_nothing_is_asked_where_nothing_is_needed():
    with connected() as (fake, azure):
        assert list(azure.unseen([scope(ONE)], ())) == []
        assert fake.asked == []


def test_one_that_cannot_tell_leaves_the_others():
    with connected() as (fake, azure):
        fake.denied = [f"/subscriptions/{ONE}/"]
        (gap,) = azure.unseen([scope(ONE), scope(TWO)], [STORES])
        assert (gap.scope.account, gap.reason) == (ONE, Reason.DENIED)
        assert gap.detail == "Microsoft.Authorization:permissions: AuthorizationFailed"


def test_a_failure_that_passes_is_waited_for():
    with connected() as (fake, azure):
        azure.identity()
        fake.failing = 2
        assert list(azure.unseen([scope(ONE), scope(TWO)], [STORES])) == []
