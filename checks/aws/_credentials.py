"""Whose credentials sign: those we were given, and the roles taken with them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.credentials import DeferredRefreshableCredentials, ReadOnlyCredentials
from botocore.exceptions import (
    BotoCoreError,
    ConfigParseError,
    ProfileNotFound,
    UnknownRegionError,
)

from auditor.sdk import ApiError, CredentialsError, Reason

if TYPE_CHECKING:
    from ._api import Aws

_KEPT = 5.0  # seconds: renewal begins a quarter of an hour before the end
_NO_WAY = (Reason.UNREACHABLE, Reason.MALFORMED)
_HINT = "set AWS_PROFILE or AWS_ACCESS_KEY_ID, sign in, or name profiles in [aws] of auditor.toml"
_REACH_HINT = "check the network, the endpoint and the CA bundle in [aws] of auditor.toml"


# What the chain says of the machine's own configuration: names and paths, never a secret.
_PLAIN = (ConfigParseError, ProfileNotFound, UnknownRegionError)


@contextmanager
def from_the_chain() -> Iterator[None]:
    """What the credential chain refuses is a mistake that a person can mend."""
    try:
        yield
    except BotoCoreError as error:
        why = str(error) if isinstance(error, _PLAIN) else type(error).__name__
        raise CredentialsError("aws: {why}", hint=_HINT, why=why) from error


class Credentials:
    """Credentials by account. They stay here: a scope only names its account."""

    def __init__(self, aws: Aws, settings: Mapping[str, Any], sessions: Mapping[str, Any]) -> None:
        self._aws = aws
        self._settings = settings
        self._sessions = sessions
        self._lock = threading.Lock()
        self._callers: dict[str, str] = {}  # profile → account
        self._roles: dict[str, Callable[[], dict[str, str]]] = {}
        self._frozen: dict[str, tuple[Any, float, ReadOnlyCredentials]] = {}
        self.held: dict[str, Any] = {}

    def caller(self, profile: str) -> tuple[str, str]:
        """The account behind a profile, asked once, and where its credentials came from."""
        with from_the_chain():
            credentials = self._sessions[profile].get_credentials()
        if credentials is None:
            raise CredentialsError("aws: no credentials were found", hint=_HINT)
        if profile not in self._callers:
            self._callers[profile] = self._account_of("caller:" + profile, credentials)
        return self._callers[profile], str(credentials.method)

    def callers(self) -> list[str]:
        """The accounts whose credentials we were given, in the settings' order."""
        return [self.caller(profile)[0] for profile in self._sessions]

    def _account_of(self, who: str, credentials: Any) -> str:
        self.held[who] = credentials
        try:
            answer = self._aws.ask_patiently(who, "sts", "GetCallerIdentity", {})
        except ApiError as error:
            hint = _REACH_HINT if error.reason in _NO_WAY else _HINT
            raise CredentialsError("aws: {why}", hint=hint, why=error.detail) from error
        account = str(answer["Account"])
        self.held.setdefault(account, credentials)
        return account

    def frozen(self, who: str) -> ReadOnlyCredentials:
        """What signs a call; whether it is to be renewed is looked at every few seconds only."""
        held, now = self.held[who], time.monotonic()
        kept = self._frozen.get(who)
        if kept is None or kept[0] is not held or kept[1] < now:
            kept = (held, now + _KEPT, held.get_frozen_credentials())
            self._frozen[who] = kept
        return kept[2]

    def assume(self, account: str, caller: str) -> None:
        """Take the role of the settings in an account; renewed when it expires."""
        settings = self._settings
        form = settings.get("role") or ""
        arn = form if form.startswith("arn:") else "arn:{partition}:iam::{account}:role/" + form
        params = {
            "RoleArn": arn.format(partition=self._aws.partition, account=account),
            "RoleSessionName": settings.get("role_session") or "health-residency-auditor",
        }
        if settings.get("external_id"):
            params["ExternalId"] = settings["external_id"]

        def fetch() -> dict[str, str]:
            got = self._aws.ask_patiently(caller, "sts", "AssumeRole", params)["Credentials"]
            return {
                "access_key": got["AccessKeyId"],
                "secret_key": got["SecretAccessKey"],
                "token": got["SessionToken"],
                "expiry_time": got["Expiration"],
            }

        self._roles[account] = fetch
        self._lend(account).get_frozen_credentials()

    def _lend(self, account: str) -> Any:
        """Credentials that take an account's role when they are first needed, and again in time."""
        lent = DeferredRefreshableCredentials(self._roles[account], "assume-role")
        self.held[account] = lent
        return lent

    def renew(self, who: str, signed_by: Any) -> None:
        """Take a role again whose credentials were refused early: once for all their calls."""
        with self._lock:
            if who in self._roles and self.held.get(who) is signed_by:
                self._lend(who)
