"""Files of Google credentials: each kind read by its own class, after a look into it.

What reads any kind at once (`google.auth.default`) also looks up a project of the credentials, at
a host that no setting chooses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from google.auth import aws, external_account_authorized_user, identity_pool, pluggable
from google.auth import impersonated_credentials as impersonated
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from auditor.sdk import CredentialsError

_HINT = "set [gcp] credentials or GOOGLE_APPLICATION_CREDENTIALS, or sign in with gcloud"
_AWS = "urn:ietf:params:aws:token-type:aws4_request"
_ASKED = ("token_uri", "token_url", "token_info_url", "service_account_impersonation_url")
_KINDS = {
    "service_account": "service account key",
    "authorized_user": "a person's application default credentials",
    "external_account": "workload identity federation",
    "external_account_authorized_user": "workforce identity federation",
    "impersonated_service_account": "impersonated service account",
}


def unusable(error: Exception) -> CredentialsError:
    """What the library refuses of credentials: its kind, and no word of its own."""
    return CredentialsError("gcp: {kind}", hint=_HINT, kind=type(error).__name__)


def from_file(
    path: Path, scopes: Sequence[str], trusted: Callable[[str, str], None]
) -> tuple[Any, str]:
    """The credentials of a file, and their kind; each host that it names is looked at before."""
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict) or told.get("type") not in _KINDS:
        raise CredentialsError("gcp: {path}: no credentials file", hint=_HINT, path=str(path))
    source = told.get("source_credentials")
    for part in (told, source if isinstance(source, dict) else {}):
        for key in filter(part.get, _ASKED):
            trusted(str(part[key]), f"{path.name}: {key}")
    try:
        return _loader(told)(told, scopes=list(scopes)), _KINDS[told["type"]]
    except (ValueError, KeyError, TypeError, AttributeError, GoogleAuthError) as error:
        kind = type(error).__name__
        raise CredentialsError(
            "gcp: {path}: {kind}", hint=_HINT, path=str(path), kind=kind
        ) from None


def _loader(told: Mapping[str, Any]) -> Any:
    match told["type"]:
        case "service_account":
            return service_account.Credentials.from_service_account_info
        case "authorized_user":
            return user.Credentials.from_authorized_user_info
        case "impersonated_service_account":
            return impersonated.Credentials.from_impersonated_service_account_info
        case "external_account_authorized_user":
            return lambda info, scopes: external_account_authorized_user.Credentials.from_info(info)
    source = told.get("credential_source")
    if told.get("subject_token_type") == _AWS:
        return aws.Credentials.from_info
    if isinstance(source, dict) and source.get("executable"):
        return pluggable.Credentials.from_info
    return identity_pool.Credentials.from_info
