"""What the tests of the command line start from: an empty folder, a plain environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .calling import Shell


@pytest.fixture
def auditor(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    for name in list(os.environ):
        if name.startswith(("AWS_", "AUDITOR_", "LC_", "LANG")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))  # no credentials of whoever runs the tests
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, monkeypatch)
