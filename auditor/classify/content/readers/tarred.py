"""tar: its first members, each as far as the budget goes."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator

from auditor.classify.content.contents import Content, Member
from auditor.classify.content.sources import BudgetSpent, Source
from auditor.model import Reason, Unknown


def suits(head: bytes, name: str) -> int:
    """By the mark in its first header."""
    return 7 if head[257:262] == b"ustar" else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """Its members, in their order."""
    given = 0
    try:
        with tarfile.open(fileobj=source, mode="r:") as archive:
            for info in archive:
                if not info.isfile() or not info.size:
                    continue
                file = archive.extractfile(info)
                content = file.read(source.limits.window_bytes) if file else b""
                yield Member(info.name, Source.of(content, source.limits, info.name))
                given += 1
                if given >= source.limits.per_archive_max_objects:
                    return
    except (BudgetSpent, tarfile.ReadError):
        if not given:
            raise
        yield Unknown(Reason.BUDGET)
