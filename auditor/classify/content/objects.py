"""One object: opened, read by the reader that suits it, and assessed.

Whatever a stranger's bytes make a library do ends here: a reason, never its words, for libraries
quote what they read. What could not be read is never *none*.
"""

from __future__ import annotations

import logging
import lzma
import sqlite3
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.parsers.expat import ExpatError

from auditor.model import Certainty, Reason, Sampled, Unknown

from . import forms
from .contents import Content, Form, Member, Names, Prose, Records, Table
from .fixed import assess_records
from .knowledge import Knowledge
from .limits import Limits
from .readers import reader_of
from .sources import BudgetSpent, Source
from .tables import Names as NamesOf
from .tables import Tables
from .texting import beginning
from .texts import Texts
from .verdict import not_assessed, strongest, told

# what hostile or damaged bytes make readers raise
BROKEN = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError,
    MemoryError, NotImplementedError, OSError, RuntimeError, StopIteration,
    SyntaxError, TypeError, ValueError, ExpatError, lzma.LZMAError, sqlite3.Error, struct.error,
    tarfile.TarError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_QUOTING = ("pydicom", "openpyxl", "pyarrow", "xlrd")  # they log what they read
_MOST = 64  # contents of one object that are assessed


class Objects:
    """Objects, assessed by what a sample of them says."""

    def __init__(self, known: Knowledge, limits: Limits, names: NamesOf) -> None:
        for library in _QUOTING:
            logging.getLogger(library).disabled = True
        self.known, self.limits, self.names = known, limits, names
        self._texts = Texts(known)
        self._tables = Tables(known, self._texts, names)

    def assess(self, source: Source, name: str, depth: int = 0) -> Sampled:
        """How sure a sample of one object makes us, and why."""
        if source.size == 0:
            return Sampled(certainty=Certainty.NONE)
        found: list[Sampled] = []
        unread: list[Unknown] = []
        try:
            for one in self._each(source, name, depth):
                if isinstance(one, Unknown):
                    unread.append(one)
                    continue
                found.append(one)
                if one.certainty is Certainty.CONFIRMED or len(found) >= _MOST:
                    break
        except BudgetSpent:
            unread.append(Unknown(Reason.BUDGET))
        except BROKEN:
            unread.append(Unknown(Reason.MALFORMED))
        return _together(found, unread)

    def _each(self, source: Source, name: str, depth: int) -> Iterator[Sampled | Unknown]:
        head = source.head
        yield from forms.of_bytes(head, name, self.known)
        reader = reader_of(head, name)
        if reader is None:
            yield Unknown(Reason.NO_READER)
            return
        if beginning(head):
            yield from forms.of_text(source.text, name, self.known)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # libraries quote what they read in theirs
            for content in reader.read(source, name):
                yield from self._of(content, name, depth)

    def _of(self, content: Content, name: str, depth: int) -> Iterator[Sampled | Unknown]:
        match content:
            case Table():
                yield self._tables.assess(content, name)
            case Prose():
                yield self._texts.assess(content.text) or Sampled(certainty=Certainty.NONE)
            case Records():
                yield assess_records(content, name, self.known)
            case Form():
                yield forms.of_form(content, self.known)
            case Names():
                yield from forms.of_names(content, self.known)
            case Member() if depth < self.limits.nesting:
                inner = self.assess(content.source, content.name, depth + 1)
                yield inner if inner.reason is None else inner.reason
            case Member():
                yield Unknown(Reason.BUDGET)
            case Unknown():
                yield content


def _together(found: Iterable[Sampled], unread: list[Unknown]) -> Sampled:
    """What says most; where a part was not read, nothing found is not *none*."""
    best = strongest(found)
    if best is None:
        return not_assessed(unread[0] if unread else Unknown(Reason.NO_READER))
    if best.certainty is Certainty.NONE and unread:
        return not_assessed(unread[0])
    return replace(best, evidence=told(best.evidence))
