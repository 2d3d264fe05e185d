"""Words of the interface, in French and English, with each language's typography."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import as_file, files

LANGUAGES = ("fr", "en")
_NARROW, _WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
_BYTES = {
    "fr": ("o", "Kio", "Mio", "Gio", "Tio", "Pio"),
    "en": ("B", "KiB", "MiB", "GiB", "TiB", "PiB"),
}


def language_of(environ: Mapping[str, str]) -> str:
    """The language of a locale: French for French, English otherwise."""
    locale = next((environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(n)), "")
    wanted = environ.get("LANGUAGE", "") if locale not in ("", "C", "POSIX") else ""
    first = wanted.split(":")[0] or locale
    return "fr" if re.match(r"fr(?![a-z])", first.lower()) else "en"


def choose(lang: str, environ: Mapping[str, str]) -> str:
    """The language asked for, when it is one of ours, else that of the locale."""
    return lang if lang in LANGUAGES else language_of(environ)


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang != "fr":
        return gettext.NullTranslations()
    found = files("auditor.reports") / "locale" / lang / "LC_MESSAGES" / "auditor.mo"
    with as_file(found) as path, path.open("rb") as file:
        return gettext.GNUTranslations(file)


class Words:
    """How things are said in one language: `words("Data store")`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in LANGUAGES else "en"
        self._said = _catalogue(self.lang)

    def __call__(self, text: str, **holes: object) -> str:
        """A sentence of ours in this language, its holes filled."""
        said = self.typeset(self._said.gettext(text)) if text else ""
        return said.format(**holes) if holes else said

    def number(self, n: int) -> str:
        """A whole number, its thousands apart."""
        return f"{n:,}".replace(",", _NARROW if self.lang == "fr" else ",")

    def percent(self, part: int, whole: int) -> str:
        """A share of a whole; a part is never told as nothing, nor as everything."""
        share = round(100 * part / whole) if whole else 0
        if 0 < part < whole:
            share = min(99, max(1, share))
        return f"{share}{_WIDE}%" if self.lang == "fr" else f"{share}%"

    def bytes(self, n: int) -> str:
        """A size, in the largest unit that leaves at least one."""
        units, size, rank = _BYTES[self.lang], float(n), 0
        while size >= 1024 and rank < len(units) - 1:
            size, rank = size / 1024, rank + 1
        text = f"{size:.0f}" if rank == 0 or size >= 100 else f"{size:.1f}"
        return (text.replace(".", ",") if self.lang == "fr" else text) + _WIDE + units[rank]

    def date(self, day: date) -> str:
        """A day, as this language writes it in figures."""
        return f"{day:%d/%m/%Y}" if self.lang == "fr" else day.isoformat()

    def title(self, text: str) -> str:
        """A label and its colon."""
        return text + (_WIDE + ":" if self.lang == "fr" else ":")

    def typeset(self, text: str) -> str:
        """A text of ours with this language's spaces; never for a stranger's."""
        return typeset(text) if self.lang == "fr" else text


@lru_cache(4096)
def typeset(text: str) -> str:
    """French text with the spaces and the apostrophes that it asks for."""
    text = re.sub(r" ([;!?])", _NARROW + r"\1", text)
    text = re.sub(r" ([:%])", _WIDE + r"\1", text)
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    return text.replace("« ", "«" + _NARROW).replace(" »", _NARROW + "»")
