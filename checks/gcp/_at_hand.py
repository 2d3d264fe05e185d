"""Whether Google Cloud can be asked at all: looked up on this machine, nothing is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def at_hand(section: Mapping[str, Any]) -> bool:
    """Whether settings speak of it, or its usual credentials lie where they are looked for."""
    if any(section.values()) or os.environ.get("GOOGLE_APPLICATION_CREDENTIALS"):
        return True
    told = os.environ.get("CLOUDSDK_CONFIG")
    folder = Path(told) if told else Path("~/.config/gcloud").expanduser()
    return (folder / "application_default_credentials.json").is_file()
