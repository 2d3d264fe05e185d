"""Tokens of the fake: the discovery of OpenID, the grant, and what is refused there."""

from __future__ import annotations

import base64
import itertools
import json
import re
import threading
from collections.abc import Callable
from typing import Any

from ._https import Reply, Request

_PATH = re.compile(r"/([^/]+)/(?:v2\.0/\.well-known/openid-configuration|oauth2/v2\.0/token)")
_TOLD = "; a sentence with Jean Dupont, jean.dupont@chu-lumiere.example in it"


class Entra:
    """Gives tokens to whoever asks, until told otherwise.

    `blocked` is the number of an error that each grant is refused with; `expire` makes all tokens
    given so far worthless; `claims` is what a token must have been asked for with.
    """

    def __init__(self, tenant: str, lifetime: int, clock: Callable[[], float]) -> None:
        self._tenant, self._lifetime, self._clock = tenant, lifetime, clock
        self._given: dict[str, tuple[float, str]] = {}  # token → when given, for which claims
        self._scopes: dict[str, str] = {}  # token → what it is for
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self.blocked = ""
        self.claims = ""
        self.stubborn = False  # never satisfied, whatever is claimed
        self.grants = 0

    @property
    def challenge(self) -> str:
        """How a token without the wanted claims is refused."""
        wanted = base64.b64encode(self.claims.encode()).decode()
        return f'Bearer realm="", error="insufficient_claims", claims="{wanted}"'

    def expire(self) -> None:
        """Make all tokens given so far worthless."""
        with self._lock:
            self._given.clear()

    def refusal(self, request: Request, audience: str = "") -> str:
        """Why the token of a request is no good: `missing`, `expired`, `claims`; else empty.

        Where an `audience` is named, it must be for that.
        """
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        with self._lock:
            since, claims = self._given.get(token, (None, ""))
            scope = self._scopes.get(token, "")
        if kind != "Bearer" or not token or not scope.startswith(audience):
            return "missing"
        if since is None or self._clock() - since > self._lifetime:
            return "expired"
        return "" if self._claimed(claims) else "claims"

    def _claimed(self, claims: str) -> bool:
        """Whether a token was asked for with what is wanted: clients add claims of their own."""
        if not self.claims:
            return True
        asked = json.loads(claims or "{}").get("access_token", {})
        wanted = json.loads(self.claims)["access_token"]
        return all(asked.get(name) == value for name, value in wanted.items())

    def answer(self, request: Request, url: str) -> Reply | None:
        """What the authority answers; None where it is not asked."""
        found = _PATH.fullmatch(request.path)
        if not found:
            return None
        base = f"{url}/{found[1]}"
        if request.method == "GET" and request.path.endswith("openid-configuration"):
            return Reply(
                {
                    "issuer": f"{base}/v2.0",
                    "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                    "token_endpoint": f"{base}/oauth2/v2.0/token",
                    "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
                    "jwks_uri": f"{base}/discovery/v2.0/keys",
                }
            )
        if request.method == "POST" and request.path.endswith("/token"):
            return self._grant(request.form())
        return None

    def _grant(self, form: dict[str, str]) -> Reply:
        with self._lock:
            self.grants += 1
        if self.blocked:
            number = int(self.blocked)
            return Reply(
                {
                    "error": "invalid_grant",
                    "error_description": f"AADSTS{number}: refused{_TOLD}",
                    "error_codes": [number],
                },
                status=400,
            )
        claims = {"tid": self._tenant, "appid": form.get("client_id", ""), "n": next(self._numbers)}
        token = ".".join(map(_part, ({"alg": "none"}, claims, {})))
        with self._lock:
            kept = "" if self.stubborn else form.get("claims", "")
            self._given[token] = (self._clock(), kept)
            self._scopes[token] = form.get("scope", "")
        return Reply(
            {
                "token_type": "Bearer",
                "expires_in": 3600,
                "ext_expires_in": 3600,
                "access_token": token,
            }
        )


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
