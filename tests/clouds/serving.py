"""A small HTTP/1.1 server on loopback, in a thread: what the proxy and the fakes stand on."""

from __future__ import annotations

import asyncio
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

LOOPBACK = "127.0.0.1"
_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4")


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def signed(self) -> tuple[str, str, str]:
        """Access key, region and service of the signature; dashes for an unsigned request."""
        found = _CREDENTIAL.search(self.headers.get("authorization", ""))
        return (found[1], found[2], found[3]) if found else ("-", "-", "-")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `promised` is a Content-Length that the body will not reach."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    promised: int = 0

    def wire(self, method: str) -> bytes:
        """The bytes to send; a HEAD and a 204 have no body."""
        head = [f"HTTP/1.1 {self.status} {'OK' if self.status < 300 else 'No'}"]
        names = {name.lower() for name, _ in self.headers}
        head += [f"{name}: {value}" for name, value in self.headers]
        if "content-length" not in names and self.status not in (204, 304):
            head.append(f"Content-Length: {self.promised or len(self.body)}")
        bodiless = method == "HEAD" or self.status in (204, 304)
        return "\r\n".join([*head, "", ""]).encode("latin-1") + (b"" if bodiless else self.body)


class Server(ABC):
    """Answers requests in a thread of its own; a subclass says how by `answer`."""

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name=type(self).__name__)
        self._ready = threading.Event()
        self.connections = 0

    @abstractmethod
    async def answer(self, request: Request) -> Answer | None:
        """The answer, or None to reset the connection."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{LOOPBACK}:{self._port}"

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def join(self) -> None:
        """Serve until the thread ends; for a program that does nothing else."""
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        listen = self._loop.create_server(lambda: _Connection(self), LOOPBACK, self._port)
        server = self._loop.run_until_complete(listen)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()


class _Connection(asyncio.Protocol):
    """One client's connection: requests in turn, kept alive."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffer = b""
        self._task: asyncio.Task[None] | None = None  # the loop itself holds tasks only weakly
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.connections += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._task is None:
            self._next()

    def _next(self) -> None:
        request, self._buffer, wants = take(self._buffer)
        if request is not None:
            self._task = asyncio.ensure_future(self._respond(request))
        elif wants and self._transport:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    async def _respond(self, request: Request) -> None:
        answer = await self._server.answer(request)
        self._task = None
        if self._transport is None:
            return
        if answer is None:
            self._transport.abort()
            return
        self._transport.write(answer.wire(request.method))
        if answer.promised:
            self._transport.close()
        else:
            self._next()


def take(buffer: bytes) -> tuple[Request | None, bytes, bool]:
    """The first whole request in the buffer, the rest, and whether the client awaits a 100."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None, buffer, False
    first, *lines = buffer[:end].decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    rest = buffer[end + 4 :]
    if "chunked" in headers.get("transfer-encoding", ""):
        found = _chunks(rest)
    else:
        length = int(headers.get("content-length") or 0)
        found = (rest[:length], rest[length:]) if len(rest) >= length else None
    if found is None:
        return None, buffer, not rest and "100" in headers.get("expect", "")
    return Request(method, target, headers, found[0]), found[1], False


def _chunks(data: bytes) -> tuple[bytes, bytes] | None:
    """A chunked body and what follows it, once it is whole."""
    body, at = b"", 0
    while (end := data.find(b"\r\n", at)) >= 0:
        size = int(data[at:end].split(b";")[0], 16)
        if len(data) < end + 2 + size + 2:
            return None
        if not size:
            return body, data[end + 4 :]
        body += data[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return None
