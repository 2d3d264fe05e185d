"""Whether credentials for AWS are there: looked for in their usual places, asking nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
_VARIABLES = (
    "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)  # fmt: skip
_SETTINGS = ("profiles", "role", "endpoint", "endpoints")  # what nobody sets for nothing
_FILES = {"AWS_SHARED_CREDENTIALS_FILE": "credentials", "AWS_CONFIG_FILE": "config"}
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html
_MACHINE = (Path("/sys/class/dmi/id/sys_vendor"), Path("/sys/hypervisor/uuid"))


def at_hand(section: Mapping[str, Any]) -> bool:
    """Settings, variables, files, or a machine of Amazon's, which lends credentials itself."""
    return (
        any(map(section.get, _SETTINGS))
        or any(map(os.environ.get, _VARIABLES))
        or any(_file(variable, name).is_file() for variable, name in _FILES.items())
        or any(map(_of_amazon, _MACHINE))
    )


def _file(variable: str, name: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / ".aws" / name)


def _of_amazon(file: Path) -> bool:
    try:
        told = file.read_text(encoding="ascii", errors="replace").lower()
    except OSError:
        return False
    return told.startswith(("amazon", "ec2"))
