"""What the way to a cloud is like, what came by on it, and which requests are the same."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .serving import Request
from .upstream import ROLE
from .wire import Asked, understand

FAULTS = ("500", "503", "reset", "short", "html")


@dataclass(frozen=True, slots=True)
class Weather:
    """What the way to the cloud is like. Shares are between 0 and 1."""

    latency: float = 0.0  # seconds, no answer leaves earlier after its request
    rate: float = 0.0  # requests a second per (account, region, service); 0 is no limit
    burst: float = 100.0
    fault: float = 0.0  # share of distinct requests that meet one fault, then an answer
    seed: int = 1
    kinds: tuple[str, ...] = FAULTS
    silence: float = 0.0  # share of distinct requests met once by `silent_for` of nothing
    silent_for: float = 10.0
    deny: frozenset[str] = frozenset()  # "service:Operation", or the same with "@account"
    expire: int = 0  # requests that a lent key may sign before it is refused; 0 is no end
    vanishing: str = ""  # an account whose keys are refused for good …
    after: int = 0  # … once they have signed that many requests


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that came by."""

    request: Request
    account: str
    region: str
    service: str  # as signed

    def understood(self) -> Asked | None:
        """What it asks, by botocore's models."""
        return understand(self.request)


@dataclass(slots=True)
class Bucket:
    """The tokens that one (account, region, service) has left."""

    tokens: float
    at: float


@dataclass(slots=True)
class Counts:
    """What came by since the last reset."""

    log: list[Seen] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    status: Counter[int] = field(default_factory=Counter)
    places: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    at_once: int = 0
    most_at_once: int = 0
    first: float = 0.0
    last: float = 0.0


def question(seen: Seen) -> object:
    """What makes two requests the same, whoever sends them and when."""
    request, body = seen.request, seen.request.body
    target = request.headers.get("x-amz-target", "")
    if seen.service == "sts":  # a session's name differs per tool
        role = ROLE.search(body)
        body = body[: body.find(b"&")] + (role[1] if role else b"")
    elif target.endswith("GetMetricData"):  # asks of the last hours: its times are now's
        told = json.loads(body)
        body = json.dumps({k: v for k, v in told.items() if not k.endswith("Time")}).encode()
    return (request.method, request.target, seen.account, seen.region, seen.service, target, body)


def changed(weather: Weather, knobs: Mapping[str, str]) -> Weather:
    numbers = {k: float(v) for k, v in knobs.items() if k in ("rate", "burst", "fault", "silence")}
    latency = float(knobs.get("latency_ms", weather.latency * 1000)) / 1000
    return replace(weather, latency=latency, **numbers)  # type: ignore[arg-type]


def fault_of(asked: object, weather: Weather) -> str:
    """The fault that a question meets, by its content and the seed: never by its turn."""
    digest = hashlib.sha256(repr((weather.seed, asked)).encode()).hexdigest()
    dice = random.Random(digest)
    if dice.random() < weather.fault:
        return dice.choice(weather.kinds)
    return "silence" if dice.random() < weather.silence else ""
