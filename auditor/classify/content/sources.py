"""An object to read: by ranges, within a budget, counted.

A source is a file to libraries (`read`, `seek`, `tell`), wherever its bytes are: a local file, a
range of an object in a cloud, a member of an archive. What it may give is bounded; beyond that it
raises `BudgetSpent`, which no reader may swallow.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from random import Random

from .limits import Limits
from .texting import decoded

Fetch = Callable[[int, int], bytes]  # from where, how many bytes


class BudgetSpent(Exception):
    """More of an object was asked for than may be read of it."""


class Source(io.RawIOBase):
    """One object, opened for reading within a budget of bytes."""

    def __init__(
        self, fetch: Fetch, size: int, limits: Limits, *, seed: str = "", path: Path | None = None
    ) -> None:
        super().__init__()
        self._fetch, self.size, self.limits, self.path = fetch, size, limits, path
        self._seed = seed
        self._at = 0
        self.spent = 0
        self.budget = limits.per_object_max_bytes
        self._kept: dict[int, bytes] = {}

    @classmethod
    def of(cls, content: bytes, limits: Limits, seed: str = "") -> Source:
        """What is in memory already: a member of an archive, a decoded part."""
        found = cls(lambda at, n: content[at : at + n], len(content), limits, seed=seed)
        found.budget = len(content) + limits.per_object_max_bytes
        return found

    def range(self, at: int, length: int) -> bytes:
        """Some bytes, from the budget unless they were read before."""
        length = max(0, min(length, self.size - at))
        for start, kept in self._kept.items():
            if start <= at and at + length <= start + len(kept):
                return kept[at - start : at - start + length]
        if self.spent + length > self.budget:
            raise BudgetSpent
        found = self._fetch(at, length) if length else b""
        self.spent += len(found)
        if len(self._kept) < 64:
            self._kept[at] = found
        return found

    @cached_property
    def head(self) -> bytes:
        """Its beginning."""
        return self.range(0, min(self.size, self.limits.per_object_head_bytes))

    @cached_property
    def pieces(self) -> tuple[bytes, ...]:
        """Its beginning, and windows further on, at offsets that its name decides."""
        return (self.head, *(self.range(at, self.limits.window_bytes) for at in self._offsets()))

    def _offsets(self) -> list[int]:
        rest = self.size - len(self.head) - self.limits.window_bytes
        if rest <= 0:
            return []
        seeded = Random(int.from_bytes(sha256(self._seed.encode()).digest()[:8], "big"))
        times = range(self.limits.per_object_extra_windows)
        return sorted({len(self.head) + seeded.randrange(rest) & ~1 for _ in times})

    @cached_property
    def text(self) -> str:
        """Its beginning as text, in whatever encoding it is written; "" when it is no text."""
        return decoded(self.head) if self.head else ""

    @cached_property
    def further(self) -> tuple[str, ...]:
        """The windows further on as text, from the first whole line to the last."""
        return tuple(_whole_lines(decoded(piece, like=self.head)) for piece in self.pieces[1:])

    # ------------------------------------------------------------------ as a file

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def seekable(self) -> bool:
        """Any part of it can be read."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go somewhere; where it is then."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Where it is."""
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Some bytes from here, or all that is left."""
        length = self.size - self._at if size is None or size < 0 else size
        found = self.range(self._at, length)
        self._at += len(found)
        return found

    def readinto(self, buffer: object) -> int:
        """Fill a buffer from here."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        found = self.read(len(view))
        view[: len(found)] = found
        return len(found)


def _whole_lines(text: str) -> str:
    first, last = text.find("\n"), text.rfind("\n")
    return text[first + 1 : last + 1] if 0 <= first < last else text


def local(path: Path, limits: Limits, seed: str = "") -> Source:
    """A local file, opened anew for every range: no handle stays open."""

    def fetch(at: int, length: int) -> bytes:
        with path.open("rb", buffering=0) as file:
            file.seek(at)
            return file.read(length) or b""

    return Source(fetch, path.stat().st_size, limits, seed=seed or path.name, path=path)
