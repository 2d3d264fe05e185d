"""Tokens of the fake: given for a service account's signed word, refused when they ended."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from ._google_replies import error
from ._https import Reply, Request

_ISSUED = "urn:ietf:params:oauth:token-type:access_token"
READER = "auditor@chu-lumiere-audit.iam.gserviceaccount.com"


class Tokens:
    """The tokens that were given, and how often each was used."""

    def __init__(self) -> None:
        self.given = 0
        self.refusing = False  # no more tokens are given
        self._uses: Counter[str] = Counter()
        self._lock = threading.Lock()

    def grant(self, request: Request, seconds: float) -> Reply:
        """A token for a service account's signed word, or for that of another identity provider."""
        if self.refusing or not {"assertion", "subject_token"} & set(request.form()):
            return Reply({"error": "invalid_grant", "error_description": "no"}, 400)
        told = {"token_type": "Bearer", "issued_token_type": _ISSUED}
        return Reply({**told, "access_token": self._token(), "expires_in": int(seconds)})

    def lend(self, request: Request, seconds: float) -> Reply:
        """A token of another service account, for one who may act as it."""
        if not self._known(request):
            return error(401, "UNAUTHENTICATED")
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        return Reply(
            {"accessToken": self._token(), "expireTime": until.strftime("%Y-%m-%dT%H:%M:%SZ")}
        )

    def are_good(self, request: Request, uses: int) -> bool:
        """Whether a request bears a token that is still taken."""
        if not self._known(request):
            return False
        with self._lock:
            token = request.headers["authorization"]
            self._uses[token] += 1
            return not uses or self._uses[token] <= uses

    def _token(self) -> str:
        with self._lock:
            self.given += 1
            return f"ya29.fake-{self.given}"

    @staticmethod
    def _known(request: Request) -> bool:
        """Ours, or the word that a service account of another universe signs for itself."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        return kind == "Bearer" and (token.startswith("ya29.fake-") or token.count(".") == 2)


def key_file(folder: Path, url: str, universe: str) -> Path:
    """The key of a service account that exists nowhere."""
    told = {
        "type": "service_account",
        "project_id": "chu-lumiere-audit",
        "private_key_id": "1",
        "private_key": _private_key(),
        "client_email": READER,
        "client_id": "1",
        "token_uri": f"{url}/token",
        "universe_domain": universe,
    }
    path = folder / "key.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(told))
    return path


@lru_cache(maxsize=1)
def _private_key() -> str:
    """Made once for all fakes of a process: it takes a second."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem: bytes = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    text: str = pem.decode()
    return text
