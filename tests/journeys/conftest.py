"""Journeys use the command line as its own tests do."""

from tests.cli.conftest import auditor

__all__ = ["auditor"]
