"""What AWS answers, told in our terms; and a guard against answers that are none.

botocore turns a cut, empty or HTML answer with status 200 into an empty one: stores would vanish
without an error. The guard looks at every answer before it is parsed.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
    UnknownServiceError,
)

from auditor.sdk import ApiError, Reason

_THROTTLED = frozenset(
    ("Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "SlowDown",
     "RequestThrottledException", "TooManyRequestsException", "RequestLimitExceeded",
     "BandwidthLimitExceeded", "ProvisionedThroughputExceededException", "LimitExceededException",
     "TransactionInProgressException", "PriorRequestNotComplete", "EC2ThrottledException")
)  # fmt: skip
_REASONS = {
    Reason.DENIED: (
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError",
        "AuthorizationErrorException", "NotAuthorized", "Forbidden", "403", "AllAccessDisabled",
        "UnauthorizedAccess", "KMS.AccessDeniedException", "NotAuthorizedException",
    ),
    Reason.EXPIRED: (
        "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired",
    ),
    Reason.NOT_ENABLED: (
        "OptInRequired", "SubscriptionRequiredException", "AuthFailure", "InvalidClientTokenId",
        "UnrecognizedClientException", "InvalidAccessKeyId", "InvalidToken", "NotSignedUp",
        "RegionDisabledException",
    ),
    Reason.UNSUPPORTED: (
        "UnknownOperationException", "InvalidAction", "UnsupportedOperation", "NotImplemented",
        "UnsupportedOperationException", "UnknownOperation", "MethodNotAllowed",
    ),
    Reason.GONE: (
        "NoSuchBucket", "ResourceNotFoundException", "NotFoundException", "404",
        "TableNotFoundException", "FileSystemNotFound", "DBInstanceNotFound",
    ),
}  # fmt: skip
_REASON_OF = {code: reason for reason, codes in _REASONS.items() for code in codes}
_JSON = ("json", "rest-json")
_CBOR = "smithy-rpc-v2-cbor"


# The chain of credentials gave none: no longer, or not in time.
_NOT_RENEWED = (
    CredentialRetrievalError, NoCredentialsError, PartialCredentialsError, SSOError,
    TokenRetrievalError,
)  # fmt: skip


class NoAnswer(Exception):
    """An answer with status 200 that is cut, empty, or not what the protocol speaks."""


def guard(operation_model: Any, response_dict: Mapping[str, Any], **_: Any) -> None:
    """Refuse an answer that botocore would read as an empty one (event `before-parse`)."""
    status = response_dict["status_code"]
    if not 200 <= status < 300 or operation_model.has_streaming_output:
        return
    body, headers = response_dict["body"] or b"", response_dict["headers"]
    length = headers.get("content-length")
    if length and not headers.get("content-encoding") and int(length) != len(body):
        raise NoAnswer(f"{len(body)} of {length} bytes")
    text = bytes(body).strip()
    if text[:1] == b"<" and text[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise NoAnswer("HTML")
    if not _is_due(operation_model, text):
        raise NoAnswer("empty")
    if text and _is_document(operation_model) and not _is_whole(operation_model, text):
        raise NoAnswer("cut, or of another kind")


def _is_whole(operation_model: Any, text: bytes) -> bool:
    """Whether a body begins and ends as its protocol's documents do."""
    protocol = operation_model.service_model.resolved_protocol
    if protocol == _CBOR:
        return True  # a cut one does not decode
    ends = (b"{", b"}") if protocol in _JSON else (b"<", b">")
    return (text[:1], text[-1:]) == ends


def _is_due(operation_model: Any, text: bytes) -> bool:
    """Whether an empty body may be: only where nothing is expected in it."""
    shape = operation_model.output_shape
    if text or shape is None or not shape.members:
        return True
    in_body = [m for m in shape.members.values() if "location" not in m.serialization]
    return not in_body


def _is_document(operation_model: Any) -> bool:
    """Whether the body is a document of the protocol: a payload may be another text (a policy)."""
    shape = operation_model.output_shape
    payload = shape.serialization.get("payload") if shape is not None else None
    return payload is None or shape.members[payload].type_name == "structure"


@contextmanager
def in_our_terms(service: str, operation: str, offered: Callable[[], bool]) -> Iterator[None]:
    """AWS's refusals, told as ours: the operation and the code, never the answer's text."""
    name = f"{service}:{operation}"
    try:
        yield
    except ClientError as error:
        raise _refusal(name, error) from None
    except _NOT_RENEWED as error:
        kind = type(error).__name__
        raise ApiError(Reason.EXPIRED, f"{name}: {kind}", again=True) from None
    except UnknownServiceError:
        raise ApiError(Reason.UNSUPPORTED, f"{name}: unknown service") from None
    except ApiError:  # a role that could not be taken again: told by its own call
        raise
    except EndpointConnectionError as error:
        if _no_such_host(error) and not offered():
            raise ApiError(Reason.UNSUPPORTED, f"{name}: no endpoint in this region") from None
        raise ApiError(Reason.UNREACHABLE, f"{name}: no connection", again=True) from None
    except ConnectTimeoutError:
        raise ApiError(Reason.UNREACHABLE, f"{name}: no connection in time", again=True) from None
    except HTTPClientError as error:
        kind = type(error).__name__
        raise ApiError(Reason.UNREACHABLE, f"{name}: {kind}", again=True) from None
    except BotoCoreError as error:
        kind = type(error).__name__
        raise ApiError(Reason.MALFORMED, f"{name}: {kind}", again=True) from None
    except NoAnswer as error:
        raise ApiError(Reason.MALFORMED, f"{name}: {error}", again=True) from None
    except Exception as error:  # parsers and hooks raise bare errors on an answer that is none
        kind = type(error).__name__
        raise ApiError(Reason.MALFORMED, f"{name}: {kind}", again=True) from None


def _refusal(name: str, error: ClientError) -> ApiError:
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    detail = f"{name}: {code or status}"
    if code in _THROTTLED or status == 429:
        return ApiError(Reason.THROTTLED, detail, code=code)
    if code in _REASON_OF:
        reason = _REASON_OF[code]
        return ApiError(reason, detail, code=code, again=reason is Reason.EXPIRED)
    if status in (500, 502, 503, 504) or code in ("InternalError", "ServiceUnavailable"):
        html_refusal = status == 500 and not code
        return ApiError(
            Reason.FAILED if not html_refusal else Reason.MALFORMED, detail, code=code, again=True
        )
    if status == 403:
        return ApiError(Reason.DENIED, detail, code=code)
    return ApiError(Reason.FAILED, detail, code=code)


def _no_such_host(error: BaseException) -> bool:
    """Whether the name did not resolve, anywhere in the chain of causes."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, socket.gaierror) or "NameResolution" in repr(seen):
            return True
        seen = seen.__cause__ or seen.__context__ or getattr(seen, "reason", None)
    original = getattr(error, "kwargs", {}).get("error")
    return original is not None and (
        "NameResolution" in repr(original) or "gaierror" in repr(original)
    )
