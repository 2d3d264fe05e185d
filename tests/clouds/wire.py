"""What a request asks, by botocore's own models: service, operation, parameters.

moto brings routers, request parsers and response serializers for every protocol and every model
of botocore, the services it does not emulate included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS, RequestParserError
from moto.core.request import Request as MotoRequest
from moto.core.request import determine_request_protocol
from moto.core.routing import ServiceOperationRouter
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound

from .serving import Answer, Request

# What signs under the name of another: tried in turn, the first whose model knows the request.
_SIGNED_AS = {
    "elasticfilesystem": ("efs",),
    "es": ("opensearch", "es"),
    "monitoring": ("cloudwatch",),
}
_CONTROL = "/v20180820/"  # S3 Control signs as S3, whose own paths begin with a bucket
_READS = ("Describe", "List", "Get", "Head", "Search", "BatchGet", "Lookup", "AssumeRole")
# Reads by the letter of their name, but what they read is content, or they hand out secrets.
_CONTENT = frozenset(
    ("s3:GetObject", "s3:HeadObject", "s3:GetObjectTorrent", "dynamodb:GetItem",
     "dynamodb:BatchGetItem", "kinesis:GetRecords", "logs:GetLogEvents", "logs:GetLogRecord",
     "secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters",
     "medical-imaging:GetImageFrame", "omics:GetReadSet", "omics:GetReference",
     "sts:GetSessionToken", "sts:GetFederationToken")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A request understood: botocore's names of what it asks, and with which parameters."""

    service: str
    operation: str
    model: OperationModel
    params: Mapping[str, Any]
    protocol: str

    @property
    def name(self) -> str:
        """`service:Operation`."""
        return f"{self.service}:{self.operation}"

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing and reads no content."""
        return self.operation.startswith(_READS) and self.name not in _CONTENT


@cache
def _router(service: str) -> tuple[ServiceModel, ServiceOperationRouter]:
    model: ServiceModel = get_service_model(service)
    return model, ServiceOperationRouter(model)


def understand(request: Request) -> Asked | None:
    """What a signed request asks; None when no model knows it."""
    signed = request.signed[2]
    host = request.headers.get("host", "localhost")
    asked = MotoRequest.from_primitives(
        request.method, f"http://{host}{request.target}", dict(request.headers), request.body
    )
    asked.environ["RAW_URI"] = request.target  # an ARN in a path is one label, slashes and all
    if signed == "s3" and request.target.startswith(_CONTROL):
        signed = "s3control"
    for service in _SIGNED_AS.get(signed, (signed,)):
        found = _within(service, asked)
        if found is not None:
            return found
    return None


def _within(service: str, asked: MotoRequest) -> Asked | None:
    try:
        model, router = _router(service)
        operation, in_url = router.match(asked)
        protocol = determine_request_protocol(model, asked.content_type)
    except (NotFound, LookupError, NotImplementedError, ValueError):
        return None
    parts = {
        "method": asked.method, "headers": asked.headers, "url_path": asked.path,
        "url_params": in_url, "values": asked.values,
        "body": asked.data or asked.get_data(),
    }  # fmt: skip
    parser = PROTOCOL_PARSERS[protocol](operation, map_type=dict)
    try:
        params = parser.parse(parts)
    except (RequestParserError, ValueError, TypeError):
        params = {}
    known = operation.input_shape.members if operation.input_shape else {}
    told = {k: v for k, v in params.items() if k in known and v is not None}
    return Asked(service, str(operation.name), operation, told, protocol)


def say(asked: Asked, result: Any) -> Answer:
    """A result or an error (an exception with `code` and `message`), as the protocol says it."""
    serializer = get_serializer_class(asked.service, asked.protocol)(asked.model)
    told = serializer.serialize(result)
    body = told["body"]
    return Answer(
        told["status_code"],
        body.encode() if isinstance(body, str) else body,
        tuple((k, str(v)) for k, v in told["headers"].items() if k.lower() != "content-length"),
    )
