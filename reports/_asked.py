"""What only people can say: told where the dossier says it, asked where it does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from auditor.sdk import plain

from ._blocks import Blank, Cell
from ._saying import in_words


def blank(words: Any, key: str) -> Blank:
    """A field to complete, and where the dossier says it."""
    return Blank(str(words("to be completed")), key)


def said(words: Any, text: str, key: str) -> Cell:
    """A text of the dossier; one that is not written, or written `?`, is asked."""
    return blank(words, key) if text in ("", "?") else plain(text)


def listed(words: Any, texts: Iterable[str], key: str) -> Cell:
    """Several texts of the dossier."""
    return said(words, ", ".join(text for text in texts if text != "?"), key)


def day(words: Any, value: date | None, key: str) -> Cell:
    """A day of the dossier."""
    return blank(words, key) if value is None else str(words.date(value))


def convention(report: Any, words: Any, entry: str, key: str) -> str:
    """A word that is a convention of the plan: a phase, a reason, a limit."""
    return in_words(words, report.facts.table("conventions")[entry]["words"][key])
