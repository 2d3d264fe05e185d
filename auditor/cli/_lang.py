"""Which language the program speaks: `--lang`, else the locale's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar

from auditor.words import LANGUAGES, Words, language_of

_WORDS: ContextVar[Words] = ContextVar("words")
_FLAG: ContextVar[str] = ContextVar("flag")


def words() -> Words:
    """The words of the language being spoken."""
    return _WORDS.get(None) or Words("en")


def asked(argv: Sequence[str]) -> str:
    """The language that the command line asks for, wherever it stands; "" for none.

    It is looked for before anything is parsed, so that help and mistakes are told in it as well.
    """
    found = ""
    for at, word in enumerate(argv):
        if word == "--":
            break
        if word == "--lang":
            found = argv[at + 1] if at + 1 < len(argv) else ""
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found if found in LANGUAGES else ""


def speak(argv: Sequence[str], environ: Mapping[str, str]) -> None:
    """Choose the language, for all that follows."""
    _FLAG.set(asked(argv))
    _WORDS.set(Words(_FLAG.get() or language_of(environ)))


def written_in(lang: str) -> Words:
    """The words of documents: the flag's, else those of the settings, else those being spoken."""
    return Words(lang) if lang and not _FLAG.get("") else words()
