"""The short summary for a terminal that shows colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import renderer

from ._brief import WIDTH, brief, laid

LOOKS = {
    "title": "bold reverse",
    "head": "bold underline",
    "soft": "dim",
    "blocking": "bold red",
    "major": "yellow",
    "minor": "cyan",
    "info": "",
}


@renderer("terminal", suffix=".ansi", media_type="text/plain; charset=utf-8")
def coloured(report: Any, words: Any) -> Iterator[bytes]:
    """The same lines as the plain text, each with its look; no text is read as markup."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    for line in brief(report, words):
        page = StringIO()
        console = Console(
            file=page, width=WIDTH, force_terminal=True, color_system="standard", no_color=False,
            legacy_windows=False, markup=False, highlight=False, emoji=False, _environ={},
        )  # fmt: skip
        for part in laid(line):
            console.print(Text(part, style=LOOKS.get(line.look, "")), soft_wrap=True)
        yield page.getvalue().encode("utf-8", "replace")
