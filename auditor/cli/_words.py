"""The words of the command line, in the language of its reader."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from auditor.words import Words

_SAID: dict[str, str] = {}


def lang() -> str:
    """The language asked for by flag or variable, else that of the locale."""
    from auditor.words import language_of

    asked = os.environ.get("AUDITOR_LANG", "")
    return asked if asked in ("fr", "en") else language_of(os.environ)


def words() -> Words:
    """The words of that language."""
    from auditor.words import Words

    return Words(lang())


def say(text: str, **holes: object) -> str:
    """A sentence of ours in the reader's language."""
    said = words()(text, **holes)
    _SAID[said] = text
    return said


def relabel(group: click.Command) -> None:
    """Say again, in a language that was asked for by flag, what was said on import."""
    if group.help in _SAID:
        group.help = say(_SAID[group.help])
    for param in group.params:
        if getattr(param, "help", None) in _SAID:
            param.help = say(_SAID[param.help])  # type: ignore[attr-defined]
