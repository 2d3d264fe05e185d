"""Names of objects: strangers chose them, and they may be the name of a patient.

A name is told as it is only where it says nothing of a person; else as its shape, with a number
that is the same for the same name within one run, and means nothing outside it.
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from secrets import token_bytes

from auditor.masking import shape

from .checksums import check_of
from .knowledge import Knowledge
from .wording import plain

_WORD = re.compile(r"[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d[\d .-]{7,}\d")
_SHAPED = 60
_LENGTHS = (9, 10, 11, 13, 15, 22)  # of numbers of persons


class Keys:
    """Names of objects, as they may be told."""

    def __init__(self, known: Knowledge, full: bool = False) -> None:
        self._known, self._full = known, full
        self._secret = token_bytes(32)  # held in memory only

    def told(self, name: str, *, ours: bool) -> str:
        """A name as it may be told; `ours` says that whoever reads it gave the folder."""
        if self._full:
            return name
        if not ours:
            return self._masked(name)
        parts = (self._masked(p) if self.is_personal(p) else p for p in name.split("/"))
        return "/".join(parts)

    def _masked(self, name: str) -> str:
        number = hmac.new(self._secret, name.encode("utf-8", "replace"), sha256).hexdigest()[:16]
        ending = name.rpartition(".")[2] if "." in name[-8:] else ""
        ending = f".{ending.lower()}" if ending.isascii() and ending.isalnum() else ""
        return f"{shape(name)[:_SHAPED]}~{number}{ending}"

    def is_personal(self, name: str) -> bool:
        """Whether a name may be that of a person, or holds a number of one."""
        first, last = self._known.lists["first_names"], self._known.lists["last_names"]
        words = _WORD.findall(name)
        lower = [plain(w) for w in words]
        known = [w in first for w in lower]
        if any(known):
            others = [w for w, k in zip(words, known, strict=True) if not k]
            named = any(plain(w) in last or w.isupper() or w.istitle() for w in others)
            if named or sum(known) > 1:
                return True
        check = check_of("nir")
        numbers = ("".join(filter(str.isdigit, d)) for d in _DIGITS.findall(name))
        return any(len(n) in _LENGTHS or (check is not None and check(n)) for n in numbers)
