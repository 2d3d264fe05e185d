"""Text that a page of Typst can show and fold: no missing glyph, no line that runs off.

A document for archives may hold no glyph that its fonts lack: such a character is told by its
code, so that two names never look the same. Long ids get places to break at, which a reader who
copies the text does not copy.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

Said = str | list[str | list[str]]  # prose, and pieces of ids between which a line may break

LONGEST = 1200  # characters of one name: nobody reads more of it on paper
_ID = re.compile(r"(\S*[\d_/:@=\\|<>{}\[\]]\S*|--\S+|\S{25,})")
_AFTER = re.compile(r"(?<=[-_/:.,;@=+&?\\|])(?=[^\s])")
_SELECTORS = re.compile("[\ufe00-\ufe0f]")  # how an emoji looks: nothing that a name says


@cache
def _shown() -> frozenset[int]:
    """Every character that the fonts inside Typst have a glyph for."""
    ranges = (files(__package__ or "auditor.reports") / "_typst_glyphs.json").read_text("utf-8")
    ends = ([int(end, 16) for end in one.split("-")] for one in json.loads(ranges)["shown"])
    return frozenset(code for end in ends for code in range(end[0], end[-1] + 1))


@cache
def _plainest() -> frozenset[int]:
    """Latin, Greek, Cyrillic and their punctuation: what any font for documents can show."""
    latin = {code for code in range(0x20, 0x500) if not combining(chr(code))}
    return frozenset((latin | set(range(0x2010, 0x2027)) | {0x202F, 0x20AC, 0x2192}) & _shown())


def legible(text: str, *, careful: bool = False, sign: str = "[U+{:04X}]") -> str:
    """The text, with the code of each character that no font shows; `careful` shows few scripts.

    `sign` stands for it instead where there is no room for a code.
    """
    if text.isascii() and text.isprintable():
        return text
    known = _plainest() if careful else _shown()
    bare = normalize("NFC", _SELECTORS.sub("", text))
    return "".join(c if ord(c) in known or c in "\n\t\r" else sign.format(ord(c)) for c in bare)


def short(text: str, longest: int = LONGEST) -> str:
    """The beginning and the end of a text that is too long for paper."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 60]} […] {text[-50:]}"


def foldable(text: str, width: int) -> Said:
    """The text as prose and ids; an id longer than `width` characters may break in pieces."""
    if len(text) < 4 or (text.isalpha() and len(text) <= width):
        return text
    parts = _ID.split(text)
    if len(parts) == 1:
        return text
    return [_pieces(part, width) if at % 2 else part for at, part in enumerate(parts) if part]


def _pieces(id: str, width: int) -> list[str]:
    if len(id) <= width:
        return [id]
    step = max(4, min(12, width // 2))
    return [
        piece[at : at + step] if len(piece) > width else piece
        for piece in _AFTER.split(id)
        for at in (range(0, len(piece), step) if len(piece) > width else (0,))
    ]
