"""How AWS refuses, in the protocol of the request: throttled, denied, not known."""

from __future__ import annotations

from .serving import Answer, Request

_XML = "<?xml version='1.0'?>"


def throttled(request: Request) -> Answer:
    """Asked too often."""
    match _family(request):
        case "s3":
            return _say(request, 503, "SlowDown", "Please reduce your request rate.")
        case "ec2":
            return _say(request, 503, "RequestLimitExceeded", "Request limit exceeded.")
        case "query":
            return _say(request, 400, "Throttling", "Rate exceeded")
        case "json":
            return _say(request, 400, "ThrottlingException", "Rate exceeded")
        case _:
            return _say(request, 429, "TooManyRequestsException", "Rate exceeded")


def denied(request: Request) -> Answer:
    """The role may not ask this."""
    text = "User is not authorized to perform this action"
    match _family(request):
        case "s3" | "query":
            return _say(request, 403, "AccessDenied", text)
        case "ec2":
            return _say(request, 403, "UnauthorizedOperation", text)
        case "json":
            return _say(request, 400, "AccessDeniedException", text)
        case _:
            return _say(request, 403, "AccessDeniedException", text)


def expired(request: Request) -> Answer:
    """The key was lent, and its time is over."""
    return _say(request, 403, _expired_code(request), "The security token has expired")


def _expired_code(request: Request) -> str:
    return "ExpiredToken" if _family(request) in ("s3", "query") else "ExpiredTokenException"


def stranger(request: Request) -> Answer:
    """The key belongs to no account that there is."""
    code = "InvalidAccessKeyId" if _family(request) == "s3" else "UnrecognizedClientException"
    return _say(request, 403, code, "The security token included in the request is invalid")


def unknown(request: Request) -> Answer:
    """There is no such operation: refused once, no invitation to try again."""
    match _family(request):
        case "s3":
            return _say(request, 501, "NotImplemented", "not emulated")
        case "ec2" | "query":
            return _say(request, 400, "InvalidAction", "not emulated")
        case _:
            return _say(request, 400, "UnknownOperationException", "not emulated")


def _family(request: Request) -> str:
    """Which of five manners of refusing this request understands."""
    service = request.signed[2]
    if service in ("s3", "ec2"):
        return service
    if "x-amz-target" in request.headers:
        return "json"
    form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    return "query" if form else "rest-json"


def _say(request: Request, status: int, code: str, message: str) -> Answer:
    inner = f"<Code>{code}</Code><Message>{message}</Message>"
    match _family(request):
        case "s3":
            kind, text = "application/xml", f"{_XML}<Error>{inner}</Error>"
        case "ec2":
            text = f"<Errors><Error>{inner}</Error></Errors><RequestID>x</RequestID>"
            kind, text = "text/xml", f"{_XML}<Response>{text}</Response>"
        case "query":
            text = f"<Error><Type>Sender</Type>{inner}</Error><RequestId>x</RequestId>"
            kind, text = "text/xml", f"{_XML}<ErrorResponse>{text}</ErrorResponse>"
        case family:
            kind = "application/x-amz-json-1.0" if family == "json" else "application/json"
            text = f'{{"__type":"{code}","message":"{message}"}}'
    headers = (("Content-Type", kind), ("x-amzn-errortype", code), ("x-amzn-requestid", "x"))
    return Answer(status, text.encode(), headers)
