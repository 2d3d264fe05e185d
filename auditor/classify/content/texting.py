"""Text in any usual encoding: marks, UTF-8, UTF-16, then the code page with likely letters."""

from __future__ import annotations

import codecs
from functools import lru_cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGES = ("cp1252", "iso8859-15", "cp850", "mac_roman", "cp500")
_LETTERS = frozenset("éèêëàâäáãåçîïíìôöóòõûüúùñßœæÉÈÀÇÖÜÄÑøØåÅłśżąęć°€«»’–")
_SPOILT = frozenset(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27, 28, 29, 30, 31}
BEGINNING = _LOOKED = 1 << 14  # bytes


def decoded(content: bytes, like: bytes = b"") -> str:
    """The text, "" when it is none; a character cut at the end is left out."""
    encoding = encoding_of(like or content)
    if not encoding:
        return ""
    return codecs.getincrementaldecoder(encoding)("replace").decode(content)


@lru_cache(maxsize=4)
def beginning(head: bytes) -> str:
    """The first characters of a text, by which readers know it; "" when it is none."""
    return decoded(head[:BEGINNING])


def encoding_of(content: bytes) -> str:
    """How a text is encoded, "" when it is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    looked = content[:_LOOKED]
    if wide := _wide(looked):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(looked)
        spoilt = sum(looked.count(byte) for byte in _SPOILT)
        return "utf-8" if spoilt <= 0.01 * len(looked) else ""
    except UnicodeDecodeError:
        return _page(looked)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    half = len(content) // 2
    if half < 4:
        return ""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _page(content: bytes) -> str:
    """The code page in which most characters are letters that people write."""
    best, most = "", 0.0
    for page in _PAGES:
        text = content.decode(page, "replace")
        plain = sum(1 for c in text if c.isascii() and (c.isalnum() or c in " \t\r\n.,;:|-/'\"()"))
        accented = sum(1 for c in text if c in _LETTERS)
        odd = sum(
            1 for c in text if not c.isprintable() and c not in "\r\n\t\x0b\x1c\x1d\x1e\x1f\x0c"
        )
        score = plain + 2 * accented - 4 * odd
        if score > most:
            best, most = page, score
    return best if most > 0.6 * len(content) else ""
