"""HTTPS on loopback, in threads: what the fakes of Azure and Google Cloud stand on.

The real clients refuse to send a token over plain HTTP. So each server makes itself a certificate
that is valid for a day, and says where its authority is (`ca`).
"""

from __future__ import annotations

import json
import ssl
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: its path without escapes, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    asked: str = ""  # the query as it came

    def all(self, name: str) -> list[str]:
        """Every value that the query has under a name."""
        return parse_qs(self.asked, keep_blank_values=True).get(name, [])

    def json(self) -> Any:
        """The body's JSON value; nothing where there is none."""
        return json.loads(self.body) if self.body else None

    def form(self) -> dict[str, str]:
        """The fields of a form that was sent."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: a JSON value, or bytes as they are."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0  # seconds that pass before it leaves

    def content(self) -> bytes:
        """The bytes to send."""
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


Answer = Callable[[Request], Reply]


class HttpsServer:
    """Answers with what `answer` returns; it is called from many threads at once."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._folder = tempfile.TemporaryDirectory(prefix="auditor-testing-")
        self.folder = Path(self._folder.name)  # for files that go with the server
        self.ca = str(self.folder / "ca.pem")
        self.url = ""
        self._server: _Server | None = None

    def __enter__(self) -> Self:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(Path(self.ca)))
        self._server = _Server(self._answer, context)
        self.url = f"https://{LOOPBACK}:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self._folder.cleanup()


class _Server(ThreadingHTTPServer):
    """One thread per connection; the handshake is made there too."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, answer: Answer, context: ssl.SSLContext) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.answer = answer
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away, or does not trust us, is its own affair."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together
    server: _Server

    def _reply(self) -> None:
        reply = self.server.answer(self._request())
        if reply.after:
            time.sleep(reply.after)
        content = reply.content()
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _reply

    def _request(self) -> Request:
        target = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        return Request(
            method=self.command,
            path=unquote(target.path),
            query=dict(parse_qsl(target.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length) if length else b"",
            asked=target.query,
        )

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written: what was asked is kept by whoever answers."""


def _certificate(path: Path) -> Path:
    """A certificate of our own for loopback, with its key; it is its own authority."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "auditor.testing")])
    names = [x509.IPAddress(IPv4Address(LOOPBACK)), x509.DNSName("localhost")]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    both = path.with_name("server.pem")
    both.touch(mode=0o600)
    both.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + path.read_bytes()
    )
    return both
