"""Content is classified by the command line too."""

from tests.cli.conftest import auditor

__all__ = ["auditor"]
