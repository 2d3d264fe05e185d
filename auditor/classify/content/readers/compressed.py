"""gzip, bzip2 and xz: expanded as far as the budget goes, whatever they expand to."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from auditor.classify.content.contents import Content, Member
from auditor.classify.content.sources import BudgetSpent, Source
from auditor.model import Reason, Unknown

_MAGIC = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\x00": ".xz"}
_BLOCK = 1 << 16
_REST = b"rest"  # stands for what an expander has not given yet


def suits(head: bytes, name: str) -> int:
    """By its first bytes."""
    return 8 if head.startswith(tuple(_MAGIC)) else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """The one object inside, under the name without its ending."""
    ending = next(e for magic, e in _MAGIC.items() if source.head.startswith(magic))
    inner = name[: -len(ending)] if name.lower().endswith(ending) else name
    inner = inner[:-4] + ".tar" if inner.lower().endswith(".tgz") else inner
    content, whole = _expanded(source, ending)
    yield Member(inner, Source.of(content, source.limits, inner))
    if not whole:
        yield Unknown(Reason.MALFORMED, "cut")


def _expanded(source: Source, ending: str) -> tuple[bytes, bool]:
    """What is inside, as far as the budget goes, and whether nothing was cut or spoilt."""
    expander: Any = _EXPANDERS[ending]()
    most, found = source.limits.expanded_max_bytes, bytearray()
    at, block = 0, b""
    while len(found) < most and not expander.eof:
        if not block:
            try:
                block = source.range(at, _BLOCK)
            except BudgetSpent:
                break
            at += len(block)
            if not block:
                return bytes(found), False
        try:
            given = b"" if block is _REST else block
            found += expander.decompress(given, most - len(found))
        except (zlib.error, OSError, lzma.LZMAError, EOFError):
            return bytes(found), False
        # zlib gives back what it did not take; the others keep it, and are asked with nothing
        block = getattr(expander, "unconsumed_tail", b"")
        block = block if getattr(expander, "needs_input", True) else _REST
    return bytes(found), True


_EXPANDERS: dict[str, Callable[[], Any]] = {
    ".gz": lambda: zlib.decompressobj(31),
    ".bz2": bz2.BZ2Decompressor,
    ".xz": lambda: lzma.LZMADecompressor(memlimit=1 << 26),
}
