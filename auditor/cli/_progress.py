"""How far an audit is: one moving line on a terminal, one plain line per scope elsewhere."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from auditor.sdk import plain

from ._lang import words
from ._telling import say

if TYPE_CHECKING:
    from auditor.progress import Progress


class Lines:
    """For a log: a line per account, and one per thing that cannot be read."""

    def scope(self, name: str) -> None:
        """An account is looked at."""
        say(name)

    def unit_done(self, unit: str, stores: int) -> None:
        """Nothing: a line per unit would bury the log."""

    def note(self, text: str) -> None:
        """Something worth a line."""
        say(text)


class Status:
    """For a terminal: what was just read, and how many stores so far."""

    def __init__(self, status: Any) -> None:
        self._status = status
        self._words = words()  # the threads that count have no language of their own
        self._lock = threading.Lock()
        self._stores = 0

    def scope(self, name: str) -> None:
        """An account is looked at."""
        self._show(name)

    def unit_done(self, unit: str, stores: int) -> None:
        """One store type of one scope was read to its end."""
        with self._lock:
            self._stores += stores
            form = "{n} data stores so far · {unit}"
            self._show(self._words(form, n=self._words.number(self._stores), unit=unit))

    def note(self, text: str) -> None:
        """Something worth a line that stays."""
        from rich.text import Text

        self._status.console.print(Text(plain(text)), soft_wrap=True)

    def _show(self, text: str) -> None:
        from rich.text import Text

        self._status.update(Text(plain(text)))


@contextmanager
def progress() -> Iterator[Progress]:
    """Whom the audit tells how far it is; the terminal is given back whatever happens."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Lines()
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status("…") as status:
        yield Status(status)
