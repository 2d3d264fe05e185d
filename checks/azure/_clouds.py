"""Which Azure is asked: the endpoints of the clouds that are known, or those that settings give.

A cloud that is not listed here (Bleu, Delos, Azure Stack) is told by its name, its authority and
its endpoint of Azure Resource Manager; nothing is looked up in another one. Where its blobs are is
told too, if they are to be read: `storage`, an address with `{account}` in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from auditor.sdk import SettingsError

_HINT = "set cloud, authority and endpoint in [azure] of auditor.toml, each address with https://"


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where tokens are given, where questions are put, and for whom the tokens are."""

    name: str
    authority: str
    endpoint: str
    audience: str
    storage: str  # where blobs are, with a hole for the account
    known: bool = True  # one of ours: its authority can be checked with Microsoft

    @property
    def scope(self) -> str:
        """What a token is asked for; an audience keeps its slash, where it ends with one."""
        return f"{self.audience}/.default"


# https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
# https://learn.microsoft.com/azure/china/resources-developer-guide
_CLOUDS = {
    "AzureCloud": (
        "https://login.microsoftonline.com",
        "https://management.azure.com",
        "https://management.azure.com",
        "https://{account}.blob.core.windows.net",
    ),
    "AzureUSGovernment": (
        "https://login.microsoftonline.us",
        "https://management.usgovcloudapi.net",
        "https://management.core.usgovcloudapi.net",
        "https://{account}.blob.core.usgovcloudapi.net",
    ),
    "AzureChinaCloud": (
        "https://login.chinacloudapi.cn",
        "https://management.chinacloudapi.cn",
        "https://management.chinacloudapi.cn",
        "https://{account}.blob.core.chinacloudapi.cn",
    ),
}


def cloud_of(settings: Mapping[str, Any]) -> Cloud:
    """The cloud that the settings name; what they say of it wins over what is known."""
    name = settings.get("cloud") or "AzureCloud"
    authority, endpoint, audience, storage = _CLOUDS.get(name, ("", "", "", ""))
    authority = _address(settings.get("authority") or authority, name, "authority")
    asked = _address(settings.get("endpoint") or endpoint, name, "endpoint")
    if settings.get("endpoint"):
        audience = asked
    known = (authority, asked) == _CLOUDS.get(name, ("", ""))[:2]
    storage = settings.get("storage") or storage
    if storage:
        storage = _address(storage, name, "storage")
    return Cloud(name, authority, asked, settings.get("audience") or audience, storage, known)


def _address(text: str, cloud: str, key: str) -> str:
    """An address that a token may be sent to: over TLS, and nothing else in it than a host."""
    if not text:
        raise SettingsError("azure: {cloud} has no {key}", hint=_HINT, cloud=cloud, key=key)
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.query:
        raise SettingsError("azure: the {key} is no https address", hint=_HINT, key=key)
    return text.rstrip("/")
