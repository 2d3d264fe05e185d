"""What Google Cloud answers, or does not, each with its own reason; its messages stay there."""

from __future__ import annotations

import json

import pytest

from auditor.errors import ApiError
from auditor.model import Reason
from auditor.registry import resolve

answer_of = resolve("auditor.checks.gcp._answers:answer_of")
SECRET = "patient-dupont"


def told(status: str = "", *details: dict, errors: list | None = None) -> bytes:
    error: dict = {"code": 0, "message": SECRET, "details": list(details)}
    if status:
        error["status"] = status
    if errors:
        error["errors"] = errors
    return json.dumps({"error": error}).encode()


def info(reason: str, **metadata: str) -> dict:
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    return {"@type": kind, "reason": reason, "metadata": metadata}


RETRY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7.5s"}
PER_DAY = info("RATE_LIMIT_EXCEEDED", quota_unit="1/d/{organization}")


@pytest.mark.parametrize(
    ("status", "content", "reason", "code", "again"),
    [
        (401, told("UNAUTHENTICATED"), Reason.EXPIRED, "UNAUTHENTICATED", True),
        (403, told("PERMISSION_DENIED"), Reason.DENIED, "PERMISSION_DENIED", False),
        (403, told("PERMISSION_DENIED", info("SERVICE_DISABLED")), Reason.NOT_ENABLED,
         "SERVICE_DISABLED", False),
        (403, told("PERMISSION_DENIED", info("SECURITY_POLICY_VIOLATED")), Reason.DENIED,
         "SECURITY_POLICY_VIOLATED", False),
        (403, told("PERMISSION_DENIED", info("CONSUMER_SUSPENDED")), Reason.SUSPENDED,
         "CONSUMER_SUSPENDED", False),
        (403, told(errors=[{"reason": "rateLimitExceeded"}]), Reason.THROTTLED,
         "rateLimitExceeded", False),
        (403, told(errors=[{"reason": "accessNotConfigured"}]), Reason.NOT_ENABLED,
         "accessNotConfigured", False),
        (403, told(errors=[{"reason": "forbidden"}]), Reason.DENIED, "forbidden", False),
        (403, b"<html>", Reason.DENIED, "", False),
        (404, told("NOT_FOUND"), Reason.GONE, "NOT_FOUND", False),
        (400, told("INVALID_ARGUMENT"), Reason.FAILED, "INVALID_ARGUMENT", False),
        (400, told("FAILED_PRECONDITION"), Reason.FAILED, "FAILED_PRECONDITION", False),
        (429, told("RESOURCE_EXHAUSTED"), Reason.THROTTLED, "RESOURCE_EXHAUSTED", False),
        (429, told("RESOURCE_EXHAUSTED", PER_DAY), Reason.FAILED, "RATE_LIMIT_EXCEEDED", False),
        (429, b"", Reason.THROTTLED, "", False),
        (500, told("INTERNAL"), Reason.FAILED, "INTERNAL", True),
        (503, told("UNAVAILABLE"), Reason.FAILED, "UNAVAILABLE", True),
        (502, b"<html>bad gateway", Reason.MALFORMED, "", True),
        (501, told("UNIMPLEMENTED"), Reason.UNSUPPORTED, "UNIMPLEMENTED", False),
        (302, b"", Reason.FAILED, "", False),
        (200, b"<html>", Reason.MALFORMED, "", True),
        (200, b'{"items": [', Reason.MALFORMED, "", True),
        (200, b"[1]", Reason.MALFORMED, "", True),
        (200, b"", Reason.MALFORMED, "", True),
        (200, b"[" * 100_000, Reason.MALFORMED, "", True),
        (403, json.dumps({"error": "invalid_grant"}).encode(), Reason.DENIED, "", False),
        (403, told(f"NO {SECRET}"), Reason.DENIED, "", False),
        (403, json.dumps({"error": {"details": 7, "errors": "x"}}).encode(), Reason.DENIED, "",
         False),
    ],
)  # fmt: skip
def test_tells_each_refusal_by_its_code(status, content, reason, code, again):
    with pytest.raises(ApiError) as caught:
        answer_of("storage:buckets.get", status, {}, content)
    error = caught.value
    assert (error.reason, error.code, error.again) == (reason, code, again)
    assert error.detail.startswith("storage:buckets.get: ")
    assert SECRET not in error.detail + str(error)


@pytest.mark.parametrize(
    ("headers", "details", "after"),
    [
        ({}, (RETRY,), 7.5),
        ({"Retry-After": "30"}, (), 30.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, (), 0.0),
        ({"Retry-After": "999999"}, (), 3600.0),
        ({}, (), 0.0),
    ],
)
def test_tells_how_long_to_wait(headers, details, after):
    with pytest.raises(ApiError) as caught:
        answer_of("x:y", 429, headers, told("RESOURCE_EXHAUSTED", *details))
    assert caught.value.after == after


def test_gives_a_json_object_as_it_is():
    assert answer_of("x:y", 200, {}, b'{"a": 1}') == {"a": 1}
