"""Whole words: a name is split on case changes, digits and separators, never searched inside."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 512  # names and values are a stranger's: no more than this is looked at

_HUMP = re.compile(r"([a-z0-9])([A-Z])")
_ACRONYM = re.compile(r"([A-Z]+)([A-Z][a-z])")
_PART = re.compile(r"[^\W\d_]+|\d+")

Parts = tuple[str, ...]


def unaccented(text: str) -> str:
    """The text without accents, cut to the length that is looked at."""
    short = text[:LONGEST]
    if short.isascii():
        return short
    apart = unicodedata.normalize("NFKD", short)
    return "".join(c for c in apart if not unicodedata.combining(c))


def parts_of(text: str) -> Parts:
    """The words of a text in lower case: `BIO-dossierPatient2` is bio, dossier, patient, 2."""
    humps = _ACRONYM.sub(r"\1 \2", _HUMP.sub(r"\1 \2", unaccented(text)))
    return tuple(_PART.findall(humps.lower()))


def readings_of(text: str) -> tuple[Parts, ...]:
    """The ways to split a text: on case changes, and not (`openEHR` is one word too)."""
    return tuple(dict.fromkeys((parts_of(text), parts_of(text.lower()))))
