"""A proxy in front of an emulated cloud: counts, delays, throttles, faults, refuses, replays.

    python -m tests.clouds.proxy --listen 6001 --upstream http://127.0.0.1:5001 --replay

`GET /__stats` tells the counts, `/__reset?latency_ms=30&rate=20&burst=20&fault=0.2` zeroes them and
changes the weather, `/__calls` tells every request, `/__forget` empties the replay memory.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .refusals import denied, expired, stranger, throttled, unknown
from .serving import Answer, Request, Server
from .upstream import Keys, Upstream
from .weather import FAULTS, Bucket, Counts, Seen, Weather, changed, fault_of, question

__all__ = ["FAULTS", "Proxy", "Seen", "Weather"]

_MARKUP = re.compile(rb"\s*<!doctype html", re.IGNORECASE)


class Proxy(Server):
    """Stands between a client and a cloud; see the module's head."""

    def __init__(
        self, upstream: str, *, weather: Weather | None = None, replay: bool = False, port: int = 0
    ) -> None:
        super().__init__(port)
        self._upstream = Upstream(upstream)
        self._replays = replay
        self._memory: dict[object, Answer] = {}
        self._keys = Keys()
        self.reset(weather or Weather())

    def reset(self, weather: Weather) -> None:
        """Zero the counts and change the weather; what was replayed is still known."""
        self.weather = weather
        self._counts = Counts()
        self._buckets: dict[tuple[str, str, str], Bucket] = {}
        self._met: set[object] = set()
        self._signed: Counter[str] = Counter()  # requests by key, and by account

    @property
    def log(self) -> list[Seen]:
        """Every request since the last reset, in the order of arrival."""
        return list(self._counts.log)

    def operations(self) -> Counter[str]:
        """How often each `service:Operation` was asked; `?` for what no model knows."""
        return Counter(a.name if (a := s.understood()) else "?" for s in self.log)

    def other_than_reads(self) -> list[str]:
        """The requests that no read-only client sends; also what no model knows."""
        found = ((s, s.understood()) for s in self.log)
        return [
            asked.name if asked else f"{seen.request.method} {seen.request.target}"
            for seen, asked in found
            if asked is None or not asked.only_reads
        ]

    def repeated(self) -> list[tuple[str, int]]:
        """Questions that were asked more than once, whatever the cause."""
        asked = Counter((question(s), s.request.target) for s in self.log)
        return [(target, times) for (_, target), times in asked.items() if times > 1]

    def stats(self) -> dict[str, Any]:
        """The counts as JSON values."""
        counts = self._counts
        hottest = [[*place, n] for place, n in counts.places.most_common(12)]
        return {
            "requests": len(counts.log), "connections": self.connections,
            "most_at_once": counts.most_at_once, "span_s": round(counts.last - counts.first, 4),
            "told": dict(counts.told), "status": {str(k): n for k, n in counts.status.items()},
            "hottest": hottest, "rate": self.weather.rate, "burst": self.weather.burst,
        }  # fmt: skip

    # ------------------------------------------------------------------ one request

    async def answer(self, request: Request) -> Answer | None:
        """Log, then let the weather decide, then ask the cloud."""
        if request.target.startswith("/__"):
            return self._admin(request)
        start, counts = time.monotonic(), self._counts
        _, region, service = request.signed
        seen = Seen(request, self._keys.account(request), region, service)
        counts.first = counts.first or start
        counts.log.append(seen)
        self._signed.update((request.signed[0], seen.account))
        counts.at_once += 1
        counts.most_at_once = max(counts.most_at_once, counts.at_once)
        found = await self._decide(seen)
        wait = start + self.weather.latency - time.monotonic()
        if found is not None and wait > 0.0005:
            await asyncio.sleep(wait)
        counts.at_once -= 1
        counts.last = time.monotonic()
        counts.status[found.status if found else 0] += 1
        return found

    async def _decide(self, seen: Seen) -> Answer | None:
        weather, told = self.weather, self._counts.told
        if not self._admitted(seen):
            told["throttled"] += 1
            return throttled(seen.request)
        if weather.expire and self._is_spent(seen):
            told["expired"] += 1
            return expired(seen.request)
        if weather.vanishing == seen.account and self._signed[seen.account] > weather.after:
            told["vanished"] += 1
            return stranger(seen.request)
        if weather.deny and self._is_denied(seen):
            told["denied"] += 1
            return denied(seen.request)
        if weather.fault or weather.silence:
            kind = self._fault(seen)
            if kind:
                told[kind] += 1
                return await self._fail(kind)
        return await self._ask(seen)

    def _admitted(self, seen: Seen) -> bool:
        """A token bucket per (account, region, service)."""
        place, weather, now = (
            (seen.account, seen.region, seen.service),
            self.weather,
            time.monotonic(),
        )
        self._counts.places[place] += 1
        if not weather.rate:
            return True
        bucket = self._buckets.setdefault(place, Bucket(weather.burst, now))
        bucket.tokens = min(weather.burst, bucket.tokens + (now - bucket.at) * weather.rate)
        bucket.at = now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True

    def _is_spent(self, seen: Seen) -> bool:
        """Whether a lent key has signed as often as it may; those given to us never end."""
        key = seen.request.signed[0]
        return self._keys.is_lent(key) and self._signed[key] > self.weather.expire

    def _is_denied(self, seen: Seen) -> bool:
        asked = seen.understood()
        names = {asked.name, f"{asked.name}@{seen.account}"} if asked else set()
        return bool(names & self.weather.deny)

    def _fault(self, seen: Seen) -> str:
        """The fault that this request meets; the second time it is answered."""
        asked = question(seen)
        if asked in self._met:
            return ""
        self._met.add(asked)
        return fault_of(asked, self.weather)

    async def _fail(self, kind: str) -> Answer | None:
        match kind:
            case "500" | "503":
                return Answer(int(kind), b"oops", (("Content-Type", "text/plain"),))
            case "html":
                page = b"<!doctype html><title>Bad Gateway</title>"
                return Answer(200, page, (("Content-Type", "text/html"),))
            case "short":
                return Answer(200, b"<cut", (("Content-Type", "text/xml"),), promised=4096)
            case "silence":
                await asyncio.sleep(self.weather.silent_for)
        return None

    async def _ask(self, seen: Seen) -> Answer:
        asked = question(seen) if self._replays else None
        if asked in self._memory:
            self._counts.told["replayed"] += 1
            return self._memory[asked]
        found = await self._upstream.forward(seen.request)
        if found.status >= 500 and _MARKUP.match(found.body):
            found = unknown(seen.request)  # the emulator lacks it; AWS would not invite retries
        self._keys.learn(seen.request, found)
        if asked is not None and found.status < 500 and _only_reads(seen):
            self._memory[asked] = found
        return found

    # ------------------------------------------------------------------ for a program elsewhere

    def _admin(self, request: Request) -> Answer:
        asked = urlsplit(request.target)
        if asked.path == "/__reset":
            self.reset(changed(self.weather, dict(parse_qsl(asked.query))))
        elif asked.path == "/__forget":
            self._memory.clear()
        told: Any = list(self._calls()) if asked.path == "/__calls" else self.stats()
        kind = (("Content-Type", "application/json"),)
        return Answer(200, json.dumps(told, default=str).encode(), kind)

    def _calls(self) -> Iterator[Mapping[str, Any]]:
        for seen in self._counts.log:
            asked = seen.understood()
            yield {
                "account": seen.account, "region": seen.region,
                "service": asked.service if asked else seen.service,
                "operation": asked.operation if asked else seen.request.target,
                "params": asked.params if asked else {},
            }  # fmt: skip


def _only_reads(seen: Seen) -> bool:
    asked = seen.understood()
    return asked is not None and asked.only_reads


def main() -> None:
    """Serve until interrupted."""
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listen", type=int, default=6001, help="port on loopback")
    parser.add_argument("--upstream", default="http://127.0.0.1:5001")
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("--deny", action="append", default=[], metavar="service:Operation")
    given = parser.parse_args()
    weather = Weather(deny=frozenset(given.deny))
    with Proxy(given.upstream, weather=weather, replay=given.replay, port=given.listen) as proxy:
        print(proxy.url, flush=True)
        proxy.join()


if __name__ == "__main__":
    main()
