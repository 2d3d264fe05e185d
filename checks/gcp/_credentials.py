"""Who asks Google Cloud: the credentials that were found, their token, and where it may be sent.

google-auth's own `AuthorizedSession` has each thread renew a token that ended; here one does it for
all. The scope is `cloud-platform`: the asset and health interfaces take none that only reads, as
their discovery documents say, so what may be done is bounded by the role.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import google.auth
import requests
from google.auth import exceptions, impersonated_credentials
from google.auth.transport.requests import Request

from auditor.sdk import ApiError, CredentialsError, Reason, SettingsError

from ._at_hand import default_file
from ._files import from_file, unusable

DEFAULT_UNIVERSE = "googleapis.com"
_SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)


def universe_of(settings: Mapping[str, Any]) -> str:
    """The universe that is asked: its interfaces live under this domain."""
    named = settings.get("universe_domain") or os.environ.get("GOOGLE_CLOUD_UNIVERSE_DOMAIN")
    return str(named or DEFAULT_UNIVERSE).strip().lower()


class Credentials:
    """The credentials of one connection; loaded when they are first needed."""

    def __init__(self, settings: Mapping[str, Any], session: requests.Session) -> None:
        self._settings = settings
        # said with each request: else a bundle of the environment goes before that of the settings
        self._request: Any = partial(Request(session), verify=settings.get("ca") or True)
        self._lock = threading.Lock()
        self._held: Any = None
        self._ended: ApiError | None = None
        self.method = ""

    def headers(self) -> dict[str, str]:
        """What signs a question; the token is renewed in time, once for all threads."""
        with self._lock:
            held = self._loaded()
            if self._ended is not None:
                raise self._ended
            if not held.valid:
                self._renew(held)
            signed: dict[str, str] = {}
            held.apply(signed)
            return signed

    def refused(self, signed: Mapping[str, str]) -> None:
        """A token was refused before its time: the next question takes a new one."""
        with self._lock:
            now: dict[str, str] = {}
            if self._held is not None and self._held.token:
                self._held.apply(now)
            if now == signed:
                self._held.token = None

    def _renew(self, held: Any) -> None:
        try:
            held.refresh(self._request)
        except exceptions.TransportError:
            raise ApiError(Reason.UNREACHABLE, "token: no connection", again=True) from None
        except exceptions.GoogleAuthError as error:
            again = bool(getattr(error, "retryable", False))
            told = ApiError(Reason.EXPIRED, f"token: {type(error).__name__}", again=again)
            self._ended = None if again else told  # asking a thousand times more changes nothing
            raise told from None

    def _loaded(self) -> Any:
        if self._held is None:
            self._held = self._load()
        return self._held

    def _load(self) -> Any:
        path = self._settings.get("credentials") or default_file()
        try:
            if path:
                known = Path(str(path)).expanduser()
                found, self.method = from_file(known, _SCOPES, self._trusted)
            else:
                found, _ = google.auth.default(scopes=_SCOPES, request=self._request)
                self.method = type(found).__module__.removeprefix("google.")
            self._same_universe(found)
            return self._lent(found)
        except exceptions.GoogleAuthError as error:
            raise unusable(error) from None

    def _trusted(self, url: str, what: str) -> None:
        """Whether secrets may go there: Google's own hosts, this universe's, those of settings."""
        target = urlsplit(url)
        ours = {urlsplit(str(e)).netloc for e in (self._settings.get("endpoints") or {}).values()}
        domains = (DEFAULT_UNIVERSE, universe_of(self._settings))
        known = target.netloc in ours or any(
            (target.hostname or "").endswith("." + domain) for domain in domains
        )
        if target.scheme != "https" or not known:
            hint = "name this host in [gcp] endpoints if it is meant"
            raise CredentialsError("gcp: {what}: a host that is not known", hint=hint, what=what)

    def _same_universe(self, found: Any) -> None:
        """Credentials of one universe are never shown to another."""
        ours, theirs = universe_of(self._settings), found.universe_domain
        if ours != theirs:
            raise SettingsError(
                "gcp: the credentials belong to the universe {theirs}, the settings ask {ours}",
                hint="set [gcp] universe_domain",
                theirs=theirs,
                ours=ours,
            )

    def _lent(self, found: Any) -> Any:
        """The credentials as they ask: those of another service account where it is said so."""
        project = self._settings.get("quota_project") or os.environ.get(
            "GOOGLE_CLOUD_QUOTA_PROJECT"
        )
        target = self._settings.get("impersonate")
        if target:
            lent: Any = impersonated_credentials.Credentials
            found = lent(
                source_credentials=found,
                target_principal=str(target),
                target_scopes=list(_SCOPES),
                iam_endpoint_override=self._iam(str(target)),
            )
            self.method = f"{self.method}, as {target}"
        return found.with_quota_project(project) if project else found

    def _iam(self, target: str) -> str | None:
        base = (self._settings.get("endpoints") or {}).get("iamcredentials")
        path = f"/v1/projects/-/serviceAccounts/{target}:generateAccessToken"
        return f"{str(base).rstrip('/')}{path}" if base else None
