"""What Azure answers, told in our terms: reasons and codes, never the text of an answer.

An error's message may name people, resources and addresses; only its code leaves this module.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from auditor.sdk import ApiError, Reason

# https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
# https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider
# https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
_REASONS = {
    Reason.DENIED: (
        "AuthorizationFailed", "LinkedAuthorizationFailed", "Forbidden", "DisallowedOperation",
        "RequestDisallowedByPolicy", "RequestDisallowedByAzure", "AccessDenied",
        "InvalidAuthenticationTokenTenant", "InvalidAuthenticationTokenAudience",
    ),
    Reason.NOT_ENABLED: ("MissingSubscriptionRegistration", "SubscriptionNotRegistered"),
    Reason.UNSUPPORTED: (
        "NoRegisteredProviderFound", "InvalidResourceType", "InvalidResourceNamespace",
        "InvalidApiVersionParameter", "LocationNotAvailableForResourceType",
        "NoRegisteredProviderFoundForLocation",
    ),
    Reason.SUSPENDED: ("ReadOnlyDisabledSubscription", "SubscriptionNotActive"),
    Reason.GONE: (
        "ResourceNotFound", "ResourceGroupNotFound", "NotFound", "ParentResourceNotFound",
        "SubscriptionNotFound",
    ),
    Reason.THROTTLED: (
        "TooManyRequests", "RateLimiting", "OperationNotAllowedDueToThrottling",
        "SubscriptionRequestsThrottled", "ResourceRequestsThrottled", "ServerBusy",
    ),
    Reason.COLD: ("BlobArchived", "BlobBeingRehydrated"),
}  # fmt: skip
_REASON_OF = {code: reason for reason, codes in _REASONS.items() for code in codes}
_BY_STATUS = {
    401: Reason.EXPIRED, 403: Reason.DENIED, 404: Reason.GONE, 429: Reason.THROTTLED,
}  # fmt: skip
_PASSING = frozenset((408, 500, 502, 503, 504))
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{1,79}")
_CLAIMS = re.compile(r'claims="([A-Za-z0-9+/=_-]{1,4096})"')
_CLOCK = re.compile(r"(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)")
_LONGEST_WAIT = 600.0  # seconds: what asks for more is told as it is, and asked again sooner


@contextmanager
def in_our_terms(name: str) -> Iterator[None]:
    """What keeps a request from being answered at all, told as ours."""
    from azure.core.exceptions import (
        AzureError,
        DecodeError,
        ServiceRequestError,
        ServiceResponseError,
    )

    try:
        yield
    except ServiceRequestError as error:
        kind = "no connection in time" if "Timeout" in type(error).__name__ else "no connection"
        raise ApiError(Reason.UNREACHABLE, f"{name}: {kind}", again=True) from None
    except ServiceResponseError:
        raise ApiError(Reason.UNREACHABLE, f"{name}: no answer in time", again=True) from None
    except DecodeError:
        raise ApiError(Reason.MALFORMED, f"{name}: not to be decoded", again=True) from None
    except AzureError as error:
        kind = type(error).__name__
        raise ApiError(Reason.MALFORMED, f"{name}: {kind}", again=True) from None
    except OSError as error:  # authorities that can no longer be read
        kind = type(error).__name__
        raise ApiError(Reason.UNREACHABLE, f"{name}: {kind}", again=True) from None


def document(name: str, content: bytes) -> dict[str, Any]:
    """The JSON object that an answer is; anything else is none."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        raise ApiError(Reason.MALFORMED, f"{name}: no JSON", again=True) from None
    if not isinstance(value, dict):
        raise ApiError(Reason.MALFORMED, f"{name}: no JSON object", again=True)
    return value


def refusal(name: str, status: int, headers: Mapping[str, str], content: bytes) -> ApiError:
    """A refusal, by its code, else by its status."""
    code = _code(content) or _told_apart(headers)
    detail = f"{name}: {code or status}"
    reason = _REASON_OF.get(code) or _BY_STATUS.get(status) or Reason.FAILED
    if status == 429:
        reason, code = Reason.THROTTLED, code or "429"
    again = status in _PASSING or reason is Reason.EXPIRED
    return ApiError(reason, detail, code=code, again=again, after=wait_of(headers))


def wait_of(headers: Mapping[str, str]) -> float:
    """How many seconds the provider asks to be left alone; 0.0 when it does not say."""
    told = headers.get("retry-after") or ""
    if told.isdigit():
        return min(float(told), _LONGEST_WAIT)
    if told:
        try:
            wait = (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            wait = 0.0
        return min(max(wait, 0.0), _LONGEST_WAIT)
    return clock(headers.get("x-ms-user-quota-resets-after") or "")


def clock(text: str) -> float:
    """The seconds of a time span written `hh:mm:ss`; 0.0 when it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return 0.0
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return min(((days * 24 + hours) * 60 + minutes) * 60 + seconds, _LONGEST_WAIT)


def _code(content: bytes) -> str:
    """The provider's own code in a refusal, where it is a code and not a sentence."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    told = value.get("error", value) if isinstance(value, dict) else None
    code = told.get("code") or told.get("Code") if isinstance(told, dict) else told
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _told_apart(headers: Mapping[str, str]) -> str:
    """The code that storage tells beside its answer, which is no JSON."""
    code = headers.get("x-ms-error-code") or ""
    return code if _CODE.fullmatch(code) else ""


def claims_of(headers: Mapping[str, str]) -> str:
    """What a refusal wants to be claimed in the next token (continuous access evaluation)."""
    found = _CLAIMS.search(headers.get("www-authenticate") or "")
    if not found:
        return ""
    text = found[1].replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""
