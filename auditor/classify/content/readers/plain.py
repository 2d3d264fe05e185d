"""Text that no other reader knows better: read as prose, and as fixed-width records."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.classify.content.contents import Content, Prose, Table
from auditor.classify.content.fixed import records_of
from auditor.classify.content.sources import Source
from auditor.classify.content.texting import beginning

_BEGINNING = 1 << 16  # characters in which records are looked for


def suits(head: bytes, name: str) -> int:
    """Any text."""
    return 1 if beginning(head) else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """All that was sampled of it."""
    lines = source.text[:_BEGINNING].splitlines()
    if records := records_of(lines):
        yield records
    elif _listed(lines):
        yield Table(("",), (lines[:1000],), rows=len(lines))
    yield Prose("\n".join((source.text, *source.further)))


def _listed(lines: list[str]) -> bool:
    """One value a line: a column without a table."""
    return len(lines) >= 8 and all(0 < len(line) <= 40 and " " not in line for line in lines[:200])
