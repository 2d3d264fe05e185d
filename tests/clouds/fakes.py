"""Fakes generated from botocore's own service models, for what moto lacks.

    with Fakes({("healthlake", "ListFHIRDatastores"): Pages([{...}, {...}])}, behind=moto) as fakes:
        boto3.client("healthlake", endpoint_url=fakes.url, ...)

A request is understood and validated against the operation's input shape; the reply is written in
the service's protocol, by its output shape. What is not given goes to the cloud behind, else it is
refused in the protocol's own terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from botocore.validate import ParamValidator

from .refusals import unknown
from .serving import Answer, Request, Server
from .upstream import Keys, Upstream
from .wire import Asked, say, understand


class Refusal(Exception):
    """An answer that is an error: its code, as the service spells it."""

    def __init__(self, code: str, message: str = "refused") -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Pages:
    """An answer told page by page, with the tokens of the operation's own paginator."""

    pages: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """Who asked what, for a reply that depends on it; the reply None leaves it to the cloud."""

    account: str
    region: str
    params: Mapping[str, Any]


Reply = Mapping[str, Any] | Pages | Refusal
Replies = Mapping[tuple[str, str], Reply | Callable[[Call], Reply | None]]


class Fakes(Server):
    """Serves the given replies; `behind` is the URL of the cloud for everything else."""

    def __init__(self, replies: Replies, *, behind: str = "", port: int = 0) -> None:
        super().__init__(port)
        self.replies = dict(replies)
        self._behind = Upstream(behind) if behind else None
        self._keys = Keys()

    async def answer(self, request: Request) -> Answer | None:
        """The reply given for what is asked, or what the cloud behind says."""
        asked = understand(request)
        if asked is None or (asked.service, asked.operation) not in self.replies:
            return await self._forward(request)
        wrong = _faults_of(asked)
        if wrong:
            return say(asked, Refusal("ValidationException", wrong))
        reply = self.replies[asked.service, asked.operation]
        if callable(reply):
            _, region, _ = request.signed
            told = reply(Call(self._keys.account(request), region, asked.params))
            if told is None:
                return await self._forward(request)
            reply = told
        return say(asked, _page(asked, reply.pages) if isinstance(reply, Pages) else reply)

    async def _forward(self, request: Request) -> Answer:
        if self._behind is None:
            return unknown(request)
        answer = await self._behind.forward(request)
        self._keys.learn(request, answer)
        return answer


def _faults_of(asked: Asked) -> str:
    """What the input shape has against the parameters; unknown members are lost before."""
    if asked.model.input_shape is None:
        return ""
    report = ParamValidator().validate(dict(asked.params), asked.model.input_shape)
    return str(report.generate_report())


def _page(asked: Asked, pages: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | Refusal:
    """The page that the token asks for, with the token of the next one."""
    into, out = _tokens_of(asked)
    token = asked.params.get(into)
    number = 0 if token is None else _number(str(token))
    if not 0 <= number < len(pages):
        return Refusal("ValidationException", "no such token")
    last = number == len(pages) - 1
    return pages[number] if last else {**pages[number], out: f"page-{number + 1}"}


def _number(token: str) -> int:
    digits = token.removeprefix("page-")
    return int(digits) if digits.isdigit() and token.startswith("page-") else -1


def _tokens_of(asked: Asked) -> tuple[str, str]:
    """The names of the token asked with and of the token told: its paginator's, else its model's.

    Some services page without a paginator of botocore's (HealthLake): the token is then the one
    name that the input and the output have in common.
    """
    try:
        pagers = Loader().load_service_model(asked.service, "paginators-1")["pagination"]
    except UnknownServiceError:
        pagers = {}
    pager = pagers.get(asked.operation)
    if pager is None:
        shapes = asked.model.input_shape, asked.model.output_shape
        for name in ("NextToken", "nextToken", "Marker", "marker"):
            if all(shape and name in shape.members for shape in shapes):
                return name, name
        raise LookupError(f"{asked.name} has no pages")
    into, out = pager["input_token"], pager["output_token"]
    if isinstance(into, list) or not str(out).isidentifier():
        raise LookupError(f"{asked.name}: tokens that a fake cannot make: {into}, {out}")
    return into, out
