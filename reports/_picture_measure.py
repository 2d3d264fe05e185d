"""How wide a text is, told without its font: rather too wide than too narrow.

The widths are those of DejaVu Sans, the widest of the fonts that a reader may have instead of the
one that is asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_BY_WIDTH = {
    0.28: "ijl'",
    0.32: " .,·’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}IJ",
    0.41: "ftr()[]-:;/|!\\",
    0.46: '"',
    0.56: "csz*L_?F",
    0.62: "aeokvxyPTYE«»",
    0.65: "bdghnpqu0123456789SKZ$€–",
    0.70: "ABCRVX",
    0.79: "DGHNOQU&",
    0.84: "<>+=#~^→×",
    0.87: "wM",
    1.00: "mW%@…—",
    1.05: "\N{REPLACEMENT CHARACTER}",
}
_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}


@lru_cache(4096)
def _letter(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    return 1.3 if ord(letter) > 0xFFFF or unicodedata.east_asian_width(letter) in "WF" else 1.0


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at a size."""
    return sum(map(_letter, text)) * size * (1.14 if bold else 1.0)


def fit(text: str, room: float, size: float, bold: bool = False) -> str:
    """A text on one line of a given width: what is too long ends in dots."""
    text = text[:400]
    if width(text, size, bold) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, bold) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,;:(\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}") + "…"


def wrap(text: str, room: float, size: float, most: int, bold: bool = False) -> list[str]:
    """A text on a few lines of a given width, broken between words where that is possible."""
    lines: list[str] = []
    rest = text[:1000].split(" ")
    while rest and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(fit(" ".join(rest), room, size, bold))
            break
        line = rest.pop(0)
        while rest and width(f"{line} {rest[0]}", size, bold) <= room:
            line += " " + rest.pop(0)
        if width(line, size, bold) > room:
            cut = _cut(line, room, size, bold)
            line, rest = line[:cut], [line[cut:], *rest]
        lines.append(line)
    return lines or [""]


def _cut(word: str, room: float, size: float, bold: bool) -> int:
    """Where a word that is too long for a line is broken."""
    kept = 1
    while kept < len(word) and width(word[: kept + 1], size, bold) <= room:
        kept += 1
    after = max(word.rfind(mark, 0, kept) for mark in "-_/.:@") + 1
    return after if after > kept // 3 else kept


def listed(words: Any, parts: Iterable[str]) -> str:
    """Several things one after the other."""
    return str(words.typeset(" ; " if words.lang == "fr" else "; ")).join(parts)


def brief(text: str, most: int) -> str:
    """A text of some letters at most."""
    return text if len(text) <= most else text[: most - 1] + "…"


def capital(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
