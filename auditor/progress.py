"""Who is told how far an audit is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Who is told how far an audit is."""

    def scope(self, name: str) -> None: ...
    def unit_done(self, unit: str, stores: int) -> None: ...
    def note(self, text: str) -> None: ...


class Silent:
    """Tells nobody."""

    def scope(self, name: str) -> None:
        """Pass."""

    def unit_done(self, unit: str, stores: int) -> None:
        """Pass."""

    def note(self, text: str) -> None:
        """Pass."""
