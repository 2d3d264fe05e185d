"""The server behind a proxy or a fake: requests forwarded over kept connections."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from .serving import LOOPBACK, Answer, Request

DEFAULT_ACCOUNT = "123456789012"  # moto's, whatever the access key
ROLE = re.compile(rb"RoleArn=([^&]+)")
_KEY = re.compile(rb"<AccessKeyId>([^<]+)</AccessKeyId>")


@dataclass(slots=True)
class Keys:
    """Whose an access key is: those of assumed roles are learnt as they come by."""

    _accounts: dict[str, str] = field(default_factory=dict)

    def account(self, request: Request) -> str:
        """The account whose credentials signed."""
        return self._accounts.get(request.signed[0], DEFAULT_ACCOUNT)

    def is_lent(self, key: str) -> bool:
        """Whether a role's taking gave this key."""
        return key in self._accounts

    def learn(self, request: Request, answer: Answer) -> None:
        """Look whether this answer lends a role's key."""
        if request.signed[2] == "sts" and b"Action=AssumeRole" in request.body:
            role, key = ROLE.search(request.body), _KEY.search(answer.body)
            if role and key:
                self._accounts[key[1].decode()] = unquote(role[1].decode()).split(":")[4]


@dataclass(slots=True)
class Upstream:
    """The server behind: forwards requests over kept connections."""

    url: str
    at_once: int = 32
    _idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)
    _slots: asyncio.Semaphore | None = None

    async def forward(self, request: Request) -> Answer:
        """What the server behind answers; 502 when it does not."""
        self._slots = self._slots or asyncio.Semaphore(self.at_once)
        async with self._slots:
            try:
                return await self._forward(request)
            except (OSError, asyncio.IncompleteReadError) as error:
                return Answer(502, repr(error).encode())

    async def _forward(self, request: Request) -> Answer:
        place = urlsplit(self.url)
        for kept in (True, False):
            if kept and not self._idle:
                continue
            opened = self._idle.pop() if kept else await _open(place.hostname, place.port)
            try:
                answer, alive = await _exchange(*opened, request)
            except (asyncio.IncompleteReadError, ConnectionError):
                opened[1].close()
                if not kept:
                    raise
                continue
            if alive:
                self._idle.append(opened)
            else:
                opened[1].close()
            return answer
        raise AssertionError("unreachable")


async def _open(
    host: str | None, port: int | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if host not in (LOOPBACK, "localhost"):
        raise ConnectionRefusedError("loopback only")
    return await asyncio.open_connection(host, port, limit=1 << 24)


_HOP = {"connection", "content-length", "transfer-encoding", "expect"}


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request
) -> tuple[Answer, bool]:
    head = [f"{request.method} {request.target} HTTP/1.1"]
    head += [f"{k}: {v}" for k, v in request.headers.items() if k not in _HOP]
    head += [f"content-length: {len(request.body)}", "connection: keep-alive", "", ""]
    writer.write("\r\n".join(head).encode("latin-1") + request.body)
    top = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = top[:-4].split("\r\n")
    status = int(first.split(" ")[1])
    headers = tuple((k, v.strip()) for k, _, v in (line.partition(":") for line in lines))
    named = {k.lower(): v for k, v in headers}
    alive = named.get("connection", "").lower() != "close" and not first.startswith("HTTP/1.0")
    if request.method == "HEAD" or status in (204, 304):
        kept = tuple(h for h in headers if h[0].lower() not in _HOP - {"content-length"})
        return Answer(status, b"", kept), alive
    if "chunked" in named.get("transfer-encoding", ""):
        body = await _read_chunks(reader)
    elif "content-length" in named:
        body = await reader.readexactly(int(named["content-length"]))
    else:
        body, alive = await reader.read(), False
    return Answer(status, body, tuple(h for h in headers if h[0].lower() not in _HOP)), alive


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return body
