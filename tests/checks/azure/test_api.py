"""Azure Resource Manager through the true client: what is asked, and what refusals become."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor.errors import ApiError
from auditor.model import Reason
from auditor.registry import resolve
from auditor.testing._https import HttpsServer, Reply
from tests.checks.azure.asking import ONE, PERSON, TWO, ask, connected, estate, pages, stored

refusal = resolve("auditor.checks.azure._answers:refusal")
wait_of = resolve("auditor.checks.azure._answers:wait_of")
STORES = "Microsoft.Storage:storageAccounts"
CONTAINERS = "Microsoft.Storage:storageAccounts/blobServices/containers"
HERE = stored(ONE, "chulumiere0")["id"]
LIST = f"{HERE}/blobServices/default/containers"
FIVE = estate(answers={LIST: {"value": [{"name": f"imagerie {n}"} for n in range(5)]}})


def test_a_resource_is_read_in_its_own_version():
    with connected() as (fake, azure):
        answer = ask(azure, STORES, path=HERE)
        assert answer["name"] == "chulumiere0"
        assert ("GET", HERE) in fake.asked


def test_a_list_is_paged():
    with connected(FIVE) as (fake, azure):
        fake.page = 2
        found = [row["name"] for page in pages(azure, CONTAINERS, {"path": LIST})
                 for row in page["value"]]  # fmt: skip
        assert found == [f"imagerie {n}" for n in range(5)]


def test_nothing_but_reads_is_asked():
    with connected(FIVE) as (fake, azure):
        azure.identity()
        list(azure.accounts())
        ask(azure, CONTAINERS, path=LIST)
        graph = "/providers/Microsoft.ResourceGraph/resources"
        told = {(method, path) for method, path in fake.asked if method != "GET"}
        assert not fake.refused
        assert {path for _, path in told if not path.endswith("/token")} == {graph}


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "http://127.0.0.1", "https://127.0.0.1:1", "https://[", "//x"],
)
def test_a_next_page_elsewhere_is_refused(elsewhere):
    with connected(FIVE) as (fake, azure):
        fake.page, fake.elsewhere = 2, elsewhere
        before = len(fake.asked)
        with pytest.raises(ApiError, match="elsewhere") as caught:
            list(pages(azure, CONTAINERS, {"path": LIST}))
        assert caught.value.reason is Reason.MALFORMED
        assert len([p for _, p in fake.asked[before:] if p == LIST]) == 1


def test_user_and_password_in_a_next_page_lead_nowhere():
    with connected(FIVE) as (fake, azure):
        fake.page, fake.elsewhere = 2, fake.url.replace("https://", "https://a:b@")
        with pytest.raises(ApiError, match="elsewhere"):
            list(pages(azure, CONTAINERS, {"path": LIST}))


def test_a_page_that_leads_to_itself_ends():
    with connected() as (fake, azure):
        link = f"{fake.url}{LIST}?api-version=1"
        fake._answers[LIST.lower()] = {"nextLink": link}
        with pytest.raises(ApiError, match="itself"):
            list(pages(azure, CONTAINERS, {"path": LIST}))


@pytest.mark.parametrize("path", ["", "subscriptions", None, "/subscriptions/../providers"])
def test_what_is_no_path_is_not_asked(path):
    with connected() as (fake, azure):
        with pytest.raises(ApiError, match="no path"):
            ask(azure, STORES, path=path)
        assert not fake.asked


def test_a_strange_name_stays_one_segment():
    odd = stored(ONE, "a?b#c%2fd e")
    with connected(estate(rows=[odd])) as (_, azure):
        assert ask(azure, STORES, path=odd["id"])["name"] == "a?b#c%2fd e"


@pytest.mark.parametrize(
    ("status", "code", "reason", "again"),
    [
        (403, "AuthorizationFailed", Reason.DENIED, False),
        (403, "", Reason.DENIED, False),
        (401, "InvalidAuthenticationTokenTenant", Reason.DENIED, False),
        (401, "ExpiredAuthenticationToken", Reason.EXPIRED, True),
        (404, "ResourceNotFound", Reason.GONE, False),
        (404, "ResourceGroupNotFound", Reason.GONE, False),
        (409, "MissingSubscriptionRegistration", Reason.NOT_ENABLED, False),
        (409, "DisallowedOperation", Reason.DENIED, False),
        (400, "NoRegisteredProviderFound", Reason.UNSUPPORTED, False),
        (409, "SomethingNew", Reason.FAILED, False),
        (429, "", Reason.THROTTLED, False),
        (429, "OperationNotAllowed", Reason.THROTTLED, False),
        (503, "ServerUnavailable", Reason.FAILED, True),
        (500, "", Reason.FAILED, True),
        (302, "", Reason.FAILED, False),
    ],
)
def test_refusals_in_our_terms(status, code, reason, again):
    told = {"error": {"code": code, "message": f"Jean {PERSON}"}}
    error = refusal("X:y", status, {}, json.dumps(told).encode())
    assert (error.reason, error.again) == (reason, again)
    assert PERSON not in str(error) + error.detail + error.code
    assert error.code == (code or ("429" if status == 429 else ""))


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b'{"error": "a sentence, with spaces"}', b'{"error": [1]}',
     b'{"error": {"code": {"a": 1}}}', b'{"error": {"code": "Jean Dupont"}}', b"[" * 10_000],
)  # fmt: skip
def test_what_is_no_code_goes_no_further(body):
    error = refusal("X:y", 403, {}, body)
    assert (error.detail, error.code) == ("X:y: 403", "")


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "17"}, 17.0),
        ({"retry-after": "99999"}, 600.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, 0.0),
        ({"x-ms-user-quota-resets-after": "00:00:03"}, 3.0),
        ({"x-ms-user-quota-resets-after": "00:01:03.5"}, 63.5),
        ({"x-ms-user-quota-resets-after": "-"}, 0.0),
        ({}, 0.0),
    ],
)
def test_how_long_to_wait(headers, wait):
    assert wait_of(headers) == wait


def test_throttled_says_until_when():
    with connected() as (fake, azure):
        fake.throttled = 1
        with pytest.raises(ApiError) as caught:
            ask(azure, STORES, path=HERE)
        assert (caught.value.reason, caught.value.after) == (Reason.THROTTLED, 1.0)
        assert ask(azure, STORES, path=HERE)["name"] == "chulumiere0"


def test_one_subscription_that_is_refused_leaves_the_other():
    with connected() as (fake, azure):
        fake.denied = [f"/subscriptions/{ONE}"]
        with pytest.raises(ApiError) as caught:
            ask(azure, STORES, path=HERE)
        error = caught.value
        assert (error.reason, error.code) == (Reason.DENIED, "AuthorizationFailed")
        assert error.detail == f"{STORES}: AuthorizationFailed"
        assert ask(azure, STORES, path=stored(TWO, "chulumiere0")["id"])


@pytest.mark.parametrize(
    ("body", "what"), [(b"{", "no JSON"), (b"<html/>", "no JSON"), (b"[1]", "no JSON object")]
)
def test_an_answer_that_is_none(body, what):
    with connected() as (_, azure), HttpsServer(lambda _: Reply(body)) as other:
        azure._pipeline = resolve("auditor.checks.azure._api:_pipeline")(other.ca)
        url = f"{other.url}/subscriptions"
        with pytest.raises(ApiError, match=what) as caught:
            azure._ask("X:y", "GET", url)
        assert (caught.value.reason, caught.value.again) == (Reason.MALFORMED, True)


def test_a_redirection_is_not_followed():
    away = Reply({}, 302, {"Location": "https://evil.example/"})
    with connected() as (_, azure), HttpsServer(lambda _: away) as other:
        azure._pipeline = resolve("auditor.checks.azure._api:_pipeline")(other.ca)
        with pytest.raises(ApiError, match="302"):
            azure._ask("X:y", "GET", other.url)


def test_nobody_there():
    with connected(settings={"endpoint": "https://127.0.0.1:1"}) as (_, azure):
        with pytest.raises(ApiError) as caught:
            ask(azure, STORES, path=HERE)
        assert (caught.value.reason, caught.value.again) == (Reason.UNREACHABLE, True)


def test_an_authority_that_is_not_trusted_gets_no_token():
    with connected() as (fake, _), connected(settings={"ca": ""}) as (other, azure):
        assert fake.url != other.url
        with pytest.raises(ApiError) as caught:
            ask(azure, STORES, path=HERE)
        assert caught.value.reason is Reason.UNREACHABLE
        assert not other.asked


def test_many_threads_share_one_token():
    with connected() as (fake, azure), ThreadPoolExecutor(32) as pool:
        found = list(pool.map(lambda _: ask(azure, STORES, path=HERE)["name"], range(96)))
        assert set(found) == {"chulumiere0"}
        assert fake.grants == 1
