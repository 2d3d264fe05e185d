"""What AWS answers, or does not, each with its own reason; and answers that are none."""

from __future__ import annotations

import pytest
from botocore import exceptions as boto
from botocore.session import get_session

from auditor.errors import ApiError
from auditor.model import Reason
from auditor.registry import resolve

in_our_terms = resolve("auditor.checks.aws._answers:in_our_terms")
guard = resolve("auditor.checks.aws._answers:guard")
NoAnswer = resolve("auditor.checks.aws._answers:NoAnswer")
SECRET = "patient-dupont"


def refusal(code: str, status: int = 400) -> boto.ClientError:
    told = {"Error": {"Code": code, "Message": SECRET}}
    return boto.ClientError({**told, "ResponseMetadata": {"HTTPStatusCode": status}}, "Op")


def no_host() -> boto.EndpointConnectionError:
    return boto.EndpointConnectionError(endpoint_url="x", error=OSError("NameResolutionError"))


@pytest.mark.parametrize(
    ("error", "offered", "reason", "again"),
    [
        (refusal("AccessDenied", 403), True, Reason.DENIED, False),
        (refusal("UnauthorizedOperation", 403), True, Reason.DENIED, False),
        (refusal("SomethingNew", 403), True, Reason.DENIED, False),
        (refusal("Throttling"), True, Reason.THROTTLED, False),
        (refusal("SlowDown", 503), True, Reason.THROTTLED, False),
        (refusal("", 429), True, Reason.THROTTLED, False),
        (refusal("OptInRequired"), True, Reason.NOT_ENABLED, False),
        (refusal("InvalidClientTokenId", 403), True, Reason.NOT_ENABLED, False),
        (refusal("ExpiredToken"), True, Reason.EXPIRED, True),
        (refusal("UnknownOperationException"), True, Reason.UNSUPPORTED, False),
        (refusal("NoSuchBucket", 404), True, Reason.GONE, False),
        (refusal("", 500), True, Reason.MALFORMED, True),
        (refusal("InternalError", 500), True, Reason.FAILED, True),
        (refusal("SomethingElse"), True, Reason.FAILED, False),
        (boto.NoCredentialsError(), True, Reason.EXPIRED, True),
        (boto.CredentialRetrievalError(provider="x", error_msg=SECRET), True, Reason.EXPIRED, True),
        (boto.UnauthorizedSSOTokenError(), True, Reason.EXPIRED, True),
        (boto.UnknownServiceError(service_name="x", known_service_names=""), True,
         Reason.UNSUPPORTED, False),
        (no_host(), True, Reason.UNREACHABLE, True),
        (no_host(), False, Reason.UNSUPPORTED, False),
        (boto.ConnectTimeoutError(endpoint_url="x"), False, Reason.UNREACHABLE, True),
        (boto.ReadTimeoutError(endpoint_url="x"), True, Reason.UNREACHABLE, True),
        (boto.ResponseStreamingError(error=SECRET), True, Reason.UNREACHABLE, True),
        (boto.EndpointResolutionError(msg=SECRET), True, Reason.MALFORMED, True),
        (NoAnswer("HTML"), True, Reason.MALFORMED, True),
        (KeyError(SECRET), True, Reason.MALFORMED, True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)  # fmt: skip
def test_each_failure_has_its_reason(error, offered, reason, again):
    with pytest.raises(ApiError) as told, in_our_terms("s3", "Op", lambda: offered):
        raise error
    assert (told.value.reason, told.value.again) == (reason, again)
    assert told.value.detail.startswith("s3:Op: ")
    assert SECRET not in str(told.value)


OPERATIONS = {
    "json": ("dynamodb", "ListTables"),
    "rest-json": ("efs", "DescribeFileSystems"),
    "query": ("rds", "DescribeDBInstances"),
    "rest-xml": ("s3", "ListBuckets"),
}
WHOLE = {"json": b"{}", "rest-json": b"{}", "query": b"<a></a>", "rest-xml": b"<a></a>"}


def answer(protocol: str, body: bytes, status: int = 200, length: str = "") -> None:
    service, operation = OPERATIONS[protocol]
    model = get_session().get_service_model(service).operation_model(operation)
    headers = {"content-length": length} if length else {}
    guard(model, {"status_code": status, "body": body, "headers": headers})


@pytest.mark.parametrize("protocol", OPERATIONS)
@pytest.mark.parametrize(
    "body",
    [b"", b"  \n", b"<html><body>sign in</body></html>", b"<!DOCTYPE HTML><title>", b'{"a": [',
     b"<a><b>", b"plain words"],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused(protocol, body):
    if (protocol, body) in {("query", b"<a><b>"), ("rest-xml", b"<a><b>")}:
        return  # cut at a tag's end: botocore's parser refuses it by itself
    with pytest.raises(NoAnswer):
        answer(protocol, body)


@pytest.mark.parametrize("protocol", OPERATIONS)
def test_an_answer_shorter_than_it_promised_is_refused(protocol):
    with pytest.raises(NoAnswer):
        answer(protocol, WHOLE[protocol], length="4096")


@pytest.mark.parametrize("protocol", OPERATIONS)
def test_a_whole_answer_and_a_refusal_pass(protocol):
    answer(protocol, WHOLE[protocol])
    answer(protocol, b"<html>", status=503)
