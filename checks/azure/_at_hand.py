"""Whether Azure can be asked at all, told without asking anything."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# https://learn.microsoft.com/python/api/azure-identity/azure.identity.environmentcredential
SECRETS = ("AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_PASSWORD")
FEDERATED = "AZURE_FEDERATED_TOKEN_FILE"
# https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
MANAGED = ("IDENTITY_ENDPOINT", "MSI_ENDPOINT", "IMDS_ENDPOINT")
_NAMED = ("AZURE_CLIENT_ID", "AZURE_TENANT_ID", FEDERATED, *SECRETS, *MANAGED)


def at_hand(section: Mapping[str, Any]) -> bool:
    """Whether settings, environment variables or a signed-in Azure CLI are there."""
    return any(section.values()) or any(map(os.environ.get, _NAMED)) or signed_in()


def signed_in() -> bool:
    """Whether the Azure CLI of this person keeps a profile."""
    folder = os.environ.get("AZURE_CONFIG_DIR")
    profile = (Path(folder) if folder else Path.home() / ".azure") / "azureProfile.json"
    try:
        return profile.stat().st_size > len('{"subscriptions": []}') * 2
    except (OSError, RuntimeError):
        return False
