"""Writing documents of a judged run, or showing its summary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ._words import lang, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.pipeline import Done
    from auditor.settings import Settings


def tell(done: Done, settings: Settings, formats: Sequence[str], where: str) -> list[Path]:
    """Write the formats into a folder, or the one asked for to standard output."""
    from auditor import pipeline
    from auditor.errors import UsageError
    from auditor.words import Words

    section = settings.section("report")
    chosen = list(formats) or list(section.get("formats") or ())
    words = Words(section.get("lang") or lang())
    if where == "-":
        if len(chosen) > 1:
            told = say("several documents cannot go to standard output")
            raise UsageError(told, hint=say("ask for one format"))
        for piece in pipeline.told(done, settings, (chosen or ["json"])[0], words):
            sys.stdout.buffer.write(piece)
        return []
    folder = Path(where or section.get("dir") or "reports-out")
    return pipeline.write(done, settings, chosen, words, folder) if chosen else []


def show(done: Done, settings: Settings) -> None:
    """The short summary: in colours on a terminal, plain elsewhere."""
    from auditor import pipeline
    from auditor.words import Words

    words = Words(settings.section("report").get("lang") or lang())
    text = b"".join(pipeline.told(done, settings, "text", words)).decode()
    if not sys.stdout.isatty():
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    lines = text.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        title = after.startswith("---") and set(after) == {"-"}
        rule = line.startswith("---") and set(line) == {"-"}
        console.print(Text(line, style="bold" if title else "dim" if rule else ""), soft_wrap=True)
