"""gzip, bzip2 and xz: expanded as far as the budget goes, whatever they expand to."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterator
from typing import Any

from auditor.classify.content.contents import Content, Member
from auditor.classify.content.sources import BudgetSpent, Source

_MAGIC = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\x00": ".xz"}
_BLOCK = 1 << 16


def suits(head: bytes, name: str) -> int:
    """By its first bytes."""
    return 8 if head.startswith(tuple(_MAGIC)) else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """The one object inside, under the name without its ending."""
    ending = next(e for magic, e in _MAGIC.items() if source.head.startswith(magic))
    inner = name[: -len(ending)] if name.lower().endswith(ending) else name
    inner = inner[:-4] + ".tar" if inner.lower().endswith(".tgz") else inner
    yield Member(inner, Source.of(_expanded(source, ending), source.limits, inner))


def _expanded(source: Source, ending: str) -> bytes:
    expander: Any = {".gz": lambda: zlib.decompressobj(31), ".bz2": bz2.BZ2Decompressor,
                     ".xz": lambda: lzma.LZMADecompressor(memlimit=1 << 26)}[ending]()  # fmt: skip
    most, found = source.limits.expanded_max_bytes, bytearray()
    at, block = 0, b""
    while len(found) < most and not expander.eof:
        if not block:
            try:
                block = source.range(at, _BLOCK)
            except BudgetSpent:
                break
            at += len(block)
        if not block and ending == ".gz":
            break
        try:
            found += expander.decompress(block, most - len(found))
        except (zlib.error, OSError, lzma.LZMAError, EOFError):
            if not found:
                raise
            break  # cut, or spoilt further on
        if ending == ".gz":
            block = expander.unconsumed_tail
        else:
            block = b""
            if expander.needs_input and at >= source.size:
                break
    return bytes(found)
