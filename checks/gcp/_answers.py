"""What Google Cloud answers, told in our terms: codes only, for its messages hold names.

Errors follow https://cloud.google.com/apis/design/errors; the older interfaces (storage, BigQuery,
Compute) tell their reason in `errors[]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import ApiError, Reason

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,63}")
_REASONS = {
    Reason.THROTTLED: (
        "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded",
    ),
    # A disabled interface may still hide stores: that it cannot be asked is a gap, never "none".
    Reason.NOT_ENABLED: (
        "SERVICE_DISABLED", "accessNotConfigured", "BILLING_DISABLED", "API_DISABLED",
    ),
    Reason.SUSPENDED: ("CONSUMER_SUSPENDED", "CONSUMER_INVALID"),
    Reason.EXPIRED: ("UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED", "authError"),
    Reason.UNSUPPORTED: ("UNIMPLEMENTED", "LOCATION_NOT_SUPPORTED"),
    Reason.GONE: ("NOT_FOUND", "notFound"),
}  # fmt: skip
_REASON_OF = {code: reason for reason, codes in _REASONS.items() for code in codes}
_BY_STATUS = {
    401: Reason.EXPIRED, 403: Reason.DENIED, 404: Reason.GONE, 410: Reason.GONE,
    429: Reason.THROTTLED, 501: Reason.UNSUPPORTED,
}  # fmt: skip
_MAY_PASS = frozenset((408, 409, 500, 502, 503, 504))
_LONGEST = 3600.0  # seconds: a longer wait is no longer one question's


def answer_of(
    name: str, status: int, headers: Mapping[str, str], content: bytes
) -> Mapping[str, Any]:
    """The JSON object of an answer; what is none becomes an `ApiError`."""
    value = _value(content)
    if 200 <= status < 300 and isinstance(value, dict):
        return value
    if 200 <= status < 300:
        raise ApiError(Reason.MALFORMED, f"{name}: not a JSON object", again=True)
    raise _refusal(name, status, headers, value)


def refusal_of(name: str, status: int, headers: Mapping[str, str], content: bytes) -> ApiError:
    """What an answer that is none says."""
    return _refusal(name, status, headers, _value(content))


def _value(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _refusal(name: str, status: int, headers: Mapping[str, str], value: Any) -> ApiError:
    error = value.get("error") if isinstance(value, dict) else None
    told: Mapping[str, Any] = error if isinstance(error, dict) else {}
    codes = [str(code) for code in _codes(told) if _CODE.fullmatch(str(code))]
    code = next((c for c in codes if c in _REASON_OF), codes[0] if codes else "")
    detail = f"{name}: {codes[0] if codes else status}"
    reason = _reason(code, status)
    if value is None and status >= 500:
        return ApiError(Reason.MALFORMED, detail, again=True)
    if reason is Reason.THROTTLED and _of_the_day(told):
        return ApiError(Reason.FAILED, f"{detail}: the quota of the day is spent", code=code)
    again = reason is Reason.EXPIRED or status in _MAY_PASS
    return ApiError(reason, detail, code=code, again=again, after=_wait(told, headers))


def _reason(code: str, status: int) -> Reason:
    """By the code that says more; a mere `PERMISSION_DENIED` says no more than its status."""
    return _REASON_OF.get(code) or _BY_STATUS.get(status, Reason.FAILED)


def _codes(error: Mapping[str, Any]) -> Iterator[Any]:
    """The codes of an error, what says most first."""
    yield from (d["reason"] for d in _details(error, "ErrorInfo") if "reason" in d)
    for old in error.get("errors") or ():
        if isinstance(old, dict) and "reason" in old:
            yield old["reason"]
    yield error.get("status") or ""


def _details(error: Mapping[str, Any], kind: str) -> Iterator[Mapping[str, Any]]:
    listed = error.get("details")
    for detail in listed if isinstance(listed, list) else ():
        if isinstance(detail, dict) and str(detail.get("@type", "")).endswith("." + kind):
            yield detail


def _of_the_day(error: Mapping[str, Any]) -> bool:
    """Whether the spent quota is one of a whole day: no patience helps."""
    told = (d.get("metadata") for d in _details(error, "ErrorInfo"))
    return any(isinstance(m, dict) and str(m.get("quota_unit")).startswith("1/d") for m in told)


def _wait(error: Mapping[str, Any], headers: Mapping[str, str]) -> float:
    """The seconds to wait, by `RetryInfo` or the header; 0 where nothing is told."""
    told = [str(d.get("retryDelay", "")) for d in _details(error, "RetryInfo")]
    told.append(headers.get("Retry-After") or "")
    for text in told:
        if re.fullmatch(r"\d{1,6}(\.\d+)?s?", text):
            return min(_LONGEST, float(text.removesuffix("s")))
    return 0.0
