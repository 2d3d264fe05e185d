"""The command line, called as people call it, in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor import cli


class Shell:
    """A folder to work in, an environment, and the program."""

    def __init__(self, folder: Path, environ: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._environ = environ

    def set(self, **variables: str) -> None:
        """Variables of the environment."""
        for name, value in variables.items():
            self._environ.setenv(name, value)

    def write(self, text: str, name: str = "auditor.toml") -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def __call__(self, *words: str) -> Result:
        """Run the program."""
        return CliRunner().invoke(cli.main, list(words))
