"""Whether Google Cloud can be asked at all: looked up on this machine, nothing is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def at_hand(section: Mapping[str, Any]) -> bool:
    """Whether settings speak of it, or its usual credentials lie where they are looked for."""
    return any(section.values()) or bool(default_file())


def default_file() -> str:
    """The file of credentials that the environment names, or that gcloud keeps; none: ""."""
    named = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if named:
        return named
    told = os.environ.get("CLOUDSDK_CONFIG")
    folder = Path(told) if told else Path("~/.config/gcloud").expanduser()
    kept = folder / "application_default_credentials.json"
    return str(kept) if kept.is_file() else ""
