"""What botocore's models say of an operation: what declarations are checked against.

Only tests and plugin authors import it: an audit never does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import botocore.session
from botocore.exceptions import DataNotFoundError, UnknownServiceError
from botocore.model import OperationNotFoundError

_KINDS = {
    "structure": "structure", "list": "list", "map": "map", "boolean": "boolean",
    "timestamp": "timestamp", "string": "string", "character": "string", "blob": "string",
    "integer": "number", "long": "number", "float": "number", "double": "number",
}  # fmt: skip

# Codes that mean "there is none" and that S3's model does not list:
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
_UNLISTED = {
    "s3:GetBucketTagging": ("NoSuchTagSet",),
    "s3:GetBucketPolicy": ("NoSuchBucketPolicy",),
    "s3:GetBucketReplication": ("ReplicationConfigurationNotFoundError",),
    "s3:GetBucketEncryption": ("ServerSideEncryptionConfigurationNotFoundError",),
    "s3:GetPublicAccessBlock": ("NoSuchPublicAccessBlockConfiguration",),
}

# Listings that have a token and no paginator, and why one page is enough.
_ONE_PAGE = {
    # at most 10 data stores in an account and region, where a page holds 500:
    # https://docs.aws.amazon.com/healthlake/latest/devguide/quotas.html
    "healthlake:ListFHIRDatastores",
}
_TOKENS = {"NextToken", "nextToken", "Marker", "marker", "ContinuationToken", "PaginationToken"}

# Verbs that only look. What looks inside a store is refused by name.
_VERBS = ("Describe", "List", "Get")
_CONTENT = (
    "GetObject", "GetItem", "GetRecords", "GetShardIterator", "GetLogEvents", "GetLogRecord",
    "GetLogObject", "GetQueryResults", "GetSnapshotBlock", "GetImageFrame", "GetImageSet",
    "GetDICOM", "GetReadSet", "GetReference", "GetSecretValue", "GetParameter",
    "GetStatementResult", "GetFile", "GetBlob", "GetMedia", "GetClip", "GetDownload",
    "GetRecoveryPointRestoreMetadata", "GetDataEndpoint", "GetPasswordData", "GetConsoleOutput",
    "GetConsoleScreenshot", "GetClusterCredentials", "GetSessionToken", "GetFederationToken",
    "GetParametersForImport",
)  # fmt: skip
_NO_CONTENT = ("GetReferenceStore", "GetReferenceMetadata", "GetReadSetMetadata")


def only_looks(operation: str) -> bool:
    """Whether `service:Operation` neither writes nor reads what a store contains."""
    name = operation.partition(":")[2]
    if name in _NO_CONTENT:
        return True
    return name.startswith(_VERBS) and not name.startswith(_CONTENT)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A botocore shape in the words of the conformance check; it may refer to itself."""

    of: Any

    @property
    def kind(self) -> str:
        """structure, list, map, string, number, boolean or timestamp."""
        return _KINDS[self.of.type_name]

    @property
    def members(self) -> Mapping[str, _Shape]:
        """The members of a structure."""
        return {k: _Shape(v) for k, v in getattr(self.of, "members", {}).items()}

    @property
    def item(self) -> _Shape:
        """What a list or a map holds."""
        return _Shape(self.of.member if self.of.type_name == "list" else self.of.value)

    @property
    def choices(self) -> Sequence[str]:
        """The values that a string, or the keys of a map, may take."""
        return tuple(getattr(self.of.key if self.kind == "map" else self.of, "enum", ()))


@dataclass(frozen=True, slots=True)
class _Empty:
    """No answer at all."""

    kind: str = "structure"
    choices: tuple[str, ...] = ()

    @property
    def members(self) -> Mapping[str, _Shape]:
        """None."""
        return {}


@dataclass(frozen=True, slots=True)
class _Operation:
    """One operation of a service."""

    name: str
    model: Any
    page: Mapping[str, Any]

    @property
    def inputs(self) -> Mapping[str, _Shape]:
        """Its parameters."""
        shape = self.model.input_shape
        return _Shape(shape).members if shape else {}

    @property
    def required(self) -> Collection[str]:
        """The parameters that must be given."""
        return self.model.input_shape.required_members if self.model.input_shape else ()

    @property
    def output(self) -> _Shape | _Empty:
        """Its answer."""
        return _Shape(self.model.output_shape) if self.model.output_shape else _Empty()

    @property
    def errors(self) -> Collection[str]:
        """The codes of refusal that its model lists, and ours."""
        return {*_codes(self.model), *_UNLISTED.get(self.name, ())}

    @property
    def paged(self) -> bool:
        """Whether its answer may be one page of several."""
        return bool(_TOKENS & set(self.inputs)) and self.name not in _ONE_PAGE

    @property
    def page_items(self) -> Sequence[str]:
        """The lists that its paginator gathers."""
        keys = self.page.get("result_key", ())
        return (keys,) if isinstance(keys, str) else tuple(keys)

    @property
    def reads(self) -> bool:
        """Whether it neither writes nor reads what a store contains."""
        return only_looks(self.name)


def _codes(model: Any) -> Iterator[str]:
    for shape in model.error_shapes:
        yield shape.name
        yield shape.metadata.get("error", {}).get("code", shape.name)


class _Models:
    """Every service that this botocore knows."""

    def __init__(self) -> None:
        self._session = botocore.session.get_session()

    def operation(self, name: str) -> _Operation | None:
        """The operation that `service:Operation` names, if there is one."""
        service, _, operation = name.partition(":")
        try:
            model = self._session.get_service_model(service).operation_model(operation)
        except (UnknownServiceError, OperationNotFoundError):
            return None
        return _Operation(name, model, self._page(service, operation))

    def _page(self, service: str, operation: str) -> Mapping[str, Any]:
        try:
            page: Mapping[str, Any] = self._session.get_paginator_model(service).get_paginator(
                operation
            )
        except (DataNotFoundError, UnknownServiceError, ValueError):
            return {}
        return page


@cache
def models() -> _Models:
    """The models of the botocore that is installed."""
    return _Models()
