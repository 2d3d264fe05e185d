"""Who asks: one way to a token, chosen before anything is asked, and the token while it lasts.

The chains of the SDK go from one identity to the next when the first is refused; an audit that
changes who it is in silence would miss what only the first may read. So the way is chosen once, by
what is there, and told.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import threading
import time
from collections.abc import Mapping
from typing import Any

from auditor.sdk import ApiError, Reason, SettingsError

from ._at_hand import FEDERATED, MANAGED, SECRETS, signed_in
from ._clouds import Cloud

_NAME = "token"
_EARLY = 300.0  # seconds before its end that a token is not used any more
_REMEMBERED = 5.0  # seconds that a refusal stands for those who wait behind it
_CODE = re.compile(r"AADSTS(\d{4,8})")
# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
_ENDED = frozenset(("50173", "700024", "700082", "7000222", "70043", "70044"))
_PASSING = frozenset(("50196", "90006", "90033", "90020"))
WAYS = ("environment", "workload_identity", "managed_identity", "cli")


def way_of(settings: Mapping[str, Any]) -> str:
    """The way to a token: that of the settings, else the first that something is there for."""
    chosen = str(settings.get("credential") or "auto")
    if chosen in WAYS:
        return chosen
    if chosen != "auto":
        raise SettingsError("azure: credential is one of {ways}", ways=", ".join(("auto", *WAYS)))
    if settings.get("token_file"):
        return "workload_identity"
    if any(map(os.environ.get, SECRETS)):
        return "environment"
    if os.environ.get(FEDERATED):
        return "workload_identity"
    if not any(map(os.environ.get, MANAGED)) and signed_in():
        return "cli"
    return "managed_identity"


class Tokens:
    """The token that signs all questions; taken again in time, by one thread for all."""

    def __init__(self, cloud: Cloud, settings: Mapping[str, Any], asked_for: str = "") -> None:
        self._cloud = cloud
        self._asked_for = asked_for or cloud.scope
        self._settings = settings
        self.way = way_of(settings)
        self._lock = threading.Lock()
        self._credential: Any = None
        self._token = ""
        self._until = 0.0
        self._claims = ""
        self._refused: tuple[float, ApiError] | None = None

    def take(self) -> str:
        """A token that is good for some minutes yet; raises `ApiError` when none is given."""
        with self._lock:
            if self._token and time.time() < self._until - _EARLY:
                return self._token
            if self._refused and time.monotonic() < self._refused[0]:
                raise self._refused[1]
            try:
                self._renew()
            except ApiError as error:
                self._refused = (time.monotonic() + _REMEMBERED, error)
                raise
            self._refused = None
            return self._token

    def refused(self, token: str, claims: str) -> bool:
        """A token was refused before its end: forget it, and whoever gave it.

        False when the same claims were asked for already: the next one would be refused too.
        """
        with self._lock:
            if token != self._token:
                return True
            known = bool(claims) and claims == self._claims
            self._token, self._credential, self._claims = "", None, claims
            return not known

    def told(self) -> Mapping[str, str]:
        """The tenant and the application of the token, where it can be read; no person's name."""
        parts = self.take().split(".")
        try:
            text = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
            claims = json.loads(text)
        except (IndexError, ValueError):
            claims = {}
        names = {"tenant": "tid", "application": "appid"}
        read = {name: claims.get(key) for name, key in names.items()}
        read["tenant"] = read["tenant"] or self._settings.get("tenant")
        return {name: value for name, value in read.items() if isinstance(value, str) and value}

    def _renew(self) -> None:
        from azure.core.exceptions import AzureError, ClientAuthenticationError

        asked: dict[str, Any] = {}
        if self._settings.get("tenant") and self.way != "managed_identity":
            asked["tenant_id"] = self._settings["tenant"]
        if self._claims:
            asked |= {"claims": self._claims, "enable_cae": True}
        try:
            self._credential = self._credential or self._build()
            got = self._credential.get_token(self._asked_for, **asked)
        except ClientAuthenticationError as error:
            raise _not_given(error) from None
        except AzureError as error:
            kind = type(error).__name__
            raise ApiError(Reason.UNREACHABLE, f"{_NAME}: {kind}", again=True) from None
        except ValueError as error:  # what the SDK or MSAL says of the machine's configuration
            kind = type(error).__name__
            raise ApiError(Reason.EXPIRED, f"{_NAME}: {self.way}: {kind}") from None
        self._token, self._until = got.token, float(got.expires_on)

    def _build(self) -> Any:
        import azure.identity as identity

        for name in ("azure.identity", "msal"):  # they log the authority's sentences, with names
            logging.getLogger(name).setLevel(logging.CRITICAL)
        settings = self._settings
        common: dict[str, Any] = {"connection_timeout": 10, "retry_total": 2}
        if self.way == "managed_identity":
            return identity.ManagedIdentityCredential(
                client_id=settings.get("client_id") or None, **common
            )
        tenants = [settings["tenant"]] if settings.get("tenant") else []
        if self.way == "cli":
            return identity.AzureCliCredential(
                additionally_allowed_tenants=tenants, process_timeout=60
            )
        common["additionally_allowed_tenants"] = tenants
        common |= {
            "authority": self._cloud.authority,
            "disable_instance_discovery": not self._cloud.known,
        }
        if settings.get("ca"):
            common["connection_verify"] = settings["ca"]
        if self.way == "environment":
            return identity.EnvironmentCredential(**common)
        return identity.WorkloadIdentityCredential(
            tenant_id=settings.get("tenant") or None,
            client_id=settings.get("client_id") or None,
            token_file_path=settings.get("token_file") or None,
            **common,
        )


def _not_given(error: Exception) -> ApiError:
    """Why no token was given: the authority's number, never its sentence."""
    found = _CODE.search(str(error))
    if not found:
        kind = type(error).__name__
        return ApiError(Reason.EXPIRED, f"{_NAME}: {kind}", again=False)
    number, code = found[1], found[0]
    if number in _PASSING:
        return ApiError(Reason.UNREACHABLE, f"{_NAME}: {code}", code=code, again=True)
    reason = Reason.EXPIRED if number in _ENDED else Reason.DENIED
    return ApiError(reason, f"{_NAME}: {code}", code=code)
