"""Resource Graph: groups, tables, pages, and a quota that is kept before it is refused."""

from __future__ import annotations

import pytest

from auditor.errors import ApiError
from auditor.model import Reason
from auditor.quota import Quota
from auditor.registry import resolve
from tests.checks.azure.asking import GRAPH, ONE, TWO, connected, estate, pages, scope, stored

inquiries = resolve("auditor.checks.azure._inventory:inquiries")
refuse = resolve("auditor.checks.azure._inventory:refuse_what_is_cut")
ROWS = ["microsoft.storage/storageaccounts"]
ITEM = "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems"


def many(count: int) -> list:
    return [scope(f"00000000-0000-4000-8000-{n:012d}") for n in range(count)]


def asked(azure, rows=ROWS, accounts=(ONE, TWO)):
    return list(azure.inventory([scope(account) for account in accounts], rows))


def listed(azure, inquiry):
    return [row["name"] for page in pages(azure, GRAPH, inquiry.params) for row in page["data"]]


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (250, [250]), (251, [125, 126]), (1000, [250] * 4)]
)
def test_subscriptions_are_asked_in_groups(count, sizes):
    found = list(inquiries(many(count), ROWS))
    assert [len(inquiry.accounts) for inquiry in found] == sizes
    assert sorted(a for i in found for a in i.accounts) == [s.account for s in many(count)]
    assert all(inquiry.params["subscriptions"] == list(inquiry.accounts) for inquiry in found)
    assert all(inquiry.op == GRAPH for inquiry in found)


def test_the_query_names_types_and_columns_and_has_an_order():
    (inquiry,) = inquiries(many(1), ["Microsoft.Sql/servers", *ROWS])
    query = inquiry.params["query"]
    assert query.startswith(
        "resources | where type in~ ('microsoft.sql/servers', 'microsoft.storage/storageaccounts')"
    )
    assert " project id, " in query  # without it there is no next page
    assert query.endswith("order by id asc")
    assert inquiry.params["options"] == {"$top": 1000, "resultFormat": "objectArray"}


def test_a_type_of_another_table_is_asked_there():
    told = estate(
        rows=[stored(ONE, "dossiers"), {**stored(ONE, "vm-dpi"), "type": ITEM}],
        tables={ITEM: "recoveryservicesresources"},
    )
    with connected(told) as (_, azure):
        found = asked(azure, [*ROWS, ITEM])
        assert [i.params["query"].split()[0] for i in found] == [
            "recoveryservicesresources",
            "resources",
        ]
        assert [listed(azure, inquiry) for inquiry in found] == [["vm-dpi"], ["dossiers"]]


def test_rows_are_paged_in_order_and_each_is_told_once():
    rows = [stored(a, f"s{n:04d}") for a in (ONE, TWO) for n in range(1100)]
    with connected(estate(rows=rows)) as (_, azure):
        (inquiry,) = asked(azure)
        found = list(pages(azure, GRAPH, inquiry.params))
        assert [len(page["data"]) for page in found] == [1000, 1000, 200]
        assert {page["totalRecords"] for page in found} == {2200}
        ids = [row["id"] for page in found for row in page["data"]]
        assert ids == sorted(row["id"] for row in rows)


def test_only_the_accounts_that_are_asked_are_told():
    with connected() as (_, azure):
        (inquiry,) = asked(azure, accounts=(TWO,))
        (page,) = pages(azure, GRAPH, inquiry.params)
        assert {row["subscriptionId"] for row in page["data"]} == {TWO}


def test_rows_that_are_counted_and_not_given_stay_counted():
    with connected() as (fake, azure):
        fake.drop(2)
        (inquiry,) = asked(azure)
        (page,) = pages(azure, GRAPH, inquiry.params)
        assert (len(page["data"]), page["totalRecords"]) == (4, 6)


def test_a_quota_is_kept_before_it_is_refused():
    now = [0.0]
    with connected(quota=(3, 5.0), clock=lambda: now[0]) as (fake, azure):
        azure._quota = Quota(3, 5.0, clock=lambda: now[0])
        (inquiry,) = asked(azure)
        for _ in range(3):
            listed(azure, inquiry)
        before = len(fake.asked)
        with pytest.raises(ApiError) as caught:
            listed(azure, inquiry)
        error = caught.value
        assert (error.reason, error.code) == (Reason.THROTTLED, "")
        assert 5.0 < error.after < 5.2  # the service counts from when the first one arrived
        assert len(fake.asked) == before
        now[0] = error.after
        assert listed(azure, inquiry)


def test_what_the_service_says_of_its_quota_wins():
    now = [0.0]
    with connected(quota=(2, 30.0), clock=lambda: now[0]) as (fake, azure):
        azure._quota = Quota(15, 5.0, clock=lambda: now[0])
        (inquiry,) = asked(azure)
        listed(azure, inquiry)
        listed(azure, inquiry)
        before = len(fake.asked)
        with pytest.raises(ApiError) as caught:
            listed(azure, inquiry)
        assert caught.value.after == 30.0
        assert len(fake.asked) == before


def test_a_quota_that_others_spend_is_waited_for():
    now = [0.0]
    with connected(quota=(1, 12.0), clock=lambda: now[0]) as (fake, azure):
        assert fake._window
        fake._window.take()
        (inquiry,) = asked(azure)
        with pytest.raises(ApiError) as caught:
            listed(azure, inquiry)
        error = caught.value
        assert (error.reason, error.after, error.code) == (Reason.THROTTLED, 12.0, "RateLimiting")
        before = len(fake.asked)
        with pytest.raises(ApiError, match="quota"):
            listed(azure, inquiry)
        assert len(fake.asked) == before


def test_a_reader_without_rights_is_told():
    with connected() as (fake, azure):
        fake.denied = ["/providers/microsoft.resourcegraph"]
        (inquiry,) = asked(azure)
        with pytest.raises(ApiError) as caught:
            listed(azure, inquiry)
        assert caught.value.reason is Reason.DENIED


def test_subscriptions_that_were_not_looked_at_are_told():
    with connected() as (fake, azure):
        fake.limited = True
        (inquiry,) = asked(azure)
        with pytest.raises(ApiError, match="not all subscriptions"):
            listed(azure, inquiry)


PARAMS = {"options": {"$skipToken": "a"}}


@pytest.mark.parametrize(
    ("headers", "answer", "what"),
    [
        ({}, {"data": [], "totalRecords": 0}, ""),
        ({}, {"totalRecords": 0}, "no rows"),
        ({}, {"data": {"columns": [], "rows": []}, "totalRecords": 0}, "no rows"),
        ({}, {"data": [1], "totalRecords": 1}, "no rows"),
        ({}, {"data": []}, "no total"),
        ({}, {"data": [], "totalRecords": True}, "no total"),
        ({}, {"data": [], "totalRecords": 2, "$skipToken": "a"}, "itself"),
        (
            {"x-ms-tenant-subscription-limit-hit": "True"},
            {"data": [], "totalRecords": 0},
            "not all subscriptions",
        ),
    ],
)
def test_an_answer_that_leaves_something_out(headers, answer, what):
    if not what:
        assert refuse(PARAMS, headers, answer) is None
        return
    with pytest.raises(ApiError, match=what):
        refuse(PARAMS, headers, answer)
