"""Which subscriptions are in scope, and which gaps are told."""

from __future__ import annotations

import pytest

from auditor.discover import discover
from auditor.testing.azure import subscription
from tests.checks.azure.asking import ONE, THREE, TWO, connected, estate, parted

ALL = [subscription(ONE, "CHU Lumière"), subscription(TWO, "Recherche"), subscription(THREE)]
GROUPS = {"mg-sante": [ONE, THREE.upper()], "mg-vide": []}
UNSEEN = "Microsoft.ResourceGraph:resources: the inventory does not show this subscription"


@pytest.mark.parametrize(
    ("settings", "accounts"),
    [
        ({}, [ONE, TWO, THREE]),
        ({"subscriptions": [ONE.upper()]}, [ONE]),
        ({"subscriptions": ["recherche"]}, [TWO]),
        ({"exclude": ["CHU LUMIÈRE", THREE]}, [TWO]),
        ({"management_groups": ["mg-sante"]}, [ONE, THREE]),
        ({"management_groups": ["mg-sante"], "subscriptions": [TWO]}, [ONE, TWO, THREE]),
        ({"management_groups": ["mg-sante"], "exclude": [ONE]}, [THREE]),
        ({"management_groups": ["mg-vide"]}, []),
    ],
)
def test_what_the_settings_choose(settings, accounts):
    with connected(estate(subscriptions=ALL, groups=GROUPS), settings) as (_, azure):
        assert parted(azure.accounts()) == (accounts, [])
        assert {ONE, TWO, THREE} <= azure.organisation()


def test_a_subscription_that_is_listed_twice_is_there_once():
    twice = [*ALL, subscription(ONE.upper(), "CHU Lumière", tenant="other")]
    with connected(estate(subscriptions=twice)) as (fake, azure):
        fake.page = 2
        assert parted(azure.accounts()) == ([ONE, TWO, THREE], [])


@pytest.mark.parametrize(
    ("state", "accounts", "told"),
    [
        ("Enabled", [ONE], []),
        ("Warned", [ONE], []),
        ("PastDue", [ONE], []),
        ("Disabled", [ONE], [(ONE, "suspended", "Disabled")]),
        ("Deleted", [], [(ONE, "suspended", "Deleted")]),
    ],
)
def test_states(state, accounts, told):
    listed = [subscription(ONE, state=state)]
    with connected(estate(subscriptions=listed)) as (_, azure):
        assert parted(azure.accounts()) == (accounts, told)


def test_one_that_is_named_and_not_visible_is_a_gap():
    with connected(settings={"subscriptions": [ONE, THREE]}) as (_, azure):
        accounts, gaps = parted(azure.accounts())
        assert accounts == [ONE]
        assert [(account, reason) for account, reason, _ in gaps] == [(THREE, "denied")]


def test_one_below_a_group_and_not_visible_is_a_gap_and_ours():
    groups = {"mg": [ONE, THREE]}
    with connected(estate(groups=groups), {"management_groups": ["mg"]}) as (_, azure):
        accounts, gaps = parted(azure.accounts())
        assert accounts == [ONE]
        assert [account for account, _, _ in gaps] == [THREE]
        assert THREE in azure.organisation()


def test_a_group_that_is_refused_is_a_gap():
    with connected(settings={"management_groups": ["mg-inconnu"]}) as (_, azure):
        detail = "Microsoft.Management:managementGroups/descendants: AuthorizationFailed"
        assert parted(azure.accounts()) == ([], [("mg-inconnu", "denied", detail)])


def test_one_that_the_inventory_hides_is_told():
    with connected() as (fake, azure):
        fake.hide(TWO)
        accounts, gaps = parted(azure.accounts())
        assert accounts == [ONE, TWO]
        assert [(account, reason) for account, reason, _ in gaps] == [(TWO, "denied")]
        assert gaps[0][2].startswith(UNSEEN)


def test_what_cannot_be_listed_is_a_gap_and_names_what_was_wanted():
    with connected(settings={"subscriptions": [ONE]}) as (fake, azure):
        fake.denied = ["/subscriptions"]
        detail = "Microsoft.Resources:subscriptions: AuthorizationFailed"
        told = [("subscriptions", "denied", detail), (ONE, "denied", detail)]
        assert parted(azure.accounts()) == ([], told)


def test_a_failure_that_passes_is_waited_for():
    with connected() as (fake, azure):
        fake.failing = 2
        assert parted(azure.accounts()) == ([ONE, TWO], [])


def test_the_engine_discovers_them():
    with connected() as (_, azure):
        found = discover(azure)
        assert [scope.account for scope in found.accounts] == [ONE, TWO]
        assert [scope.account_name for scope in found.accounts] == ["CHU Lumière", "Recherche"]
        assert not found.regions
        assert not found.gaps
        assert found.organisation == {ONE, TWO}
