"""Names and what is known under them: small, for there may be several millions.

A name is kept as a digest of 128 bits, and what it leads to as the number of a value: few values
stand for many names. Two names that meet in one digest would take an attacker 2⁶⁴ tries.
"""

from __future__ import annotations

from collections.abc import Hashable
from hashlib import blake2b
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
_DIGEST, _NUMBER = 16, 4
_ENTRY = _DIGEST + _NUMBER


class Names(Generic[T]):
    """A mapping from names to values, 20 bytes a name; names can be asked for, not listed."""

    __slots__ = ("_buckets", "_numbers", "_values")

    def __init__(self) -> None:
        self._buckets: dict[bytes, bytearray] = {}  # by the first two bytes
        self._values: list[T] = []
        self._numbers: dict[T, int] = {}

    def same(self, value: T) -> T:
        """The one object that stands for all values equal to this one."""
        return self._values[self._number(value)]

    def __setitem__(self, name: str, value: T) -> None:
        digest = _digest(name)
        bucket = self._buckets.setdefault(digest[:2], bytearray())
        number, at = self._number(value).to_bytes(_NUMBER, "big"), _place(bucket, digest)
        if at < 0:
            bucket += digest + number
        else:
            bucket[at + _DIGEST : at + _ENTRY] = number

    def __getitem__(self, name: str) -> T:
        digest = _digest(name)
        bucket = self._buckets.get(digest[:2], b"")
        at = _place(bucket, digest)
        if at < 0:
            raise KeyError(name)
        return self._values[int.from_bytes(bucket[at + _DIGEST : at + _ENTRY], "big")]

    def get(self, name: str) -> T | None:
        """What is known under a name, None when nothing is."""
        try:
            return self[name]
        except KeyError:
            return None

    def setdefault(self, name: str, value: T) -> None:
        """Enter a value under a name that has none."""
        if self.get(name) is None:
            self[name] = value

    def _number(self, value: T) -> int:
        number = self._numbers.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        return number


def _digest(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def _place(bucket: bytes | bytearray, digest: bytes) -> int:
    """Where a digest stands in its bucket, -1 where it does not."""
    at = bucket.find(digest)
    while at > 0 and at % _ENTRY:  # across two entries
        at = bucket.find(digest, at + 1)
    return at
