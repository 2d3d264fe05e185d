"""zip: a few members of each ending, each expanded as far as the budget goes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from auditor.classify.content.contents import Content, Member, Names
from auditor.classify.content.sources import BudgetSpent, Source
from auditor.model import Reason, Unknown

_EACH = 4  # members of one ending


def suits(head: bytes, name: str) -> int:
    """By its first bytes."""
    return 6 if head.startswith(b"PK\x03\x04") else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """Its members, those of rare endings too; one that is encrypted is told."""
    with zipfile.ZipFile(source) as archive:
        yield Names(tuple(i.filename for i in archive.infolist()[:10_000]))
        for info in _chosen(archive.infolist()[:10_000], source.limits.per_archive_max_objects):
            if info.flag_bits & 1:
                yield Unknown(Reason.ENCRYPTED)
                continue
            try:
                with archive.open(info) as file:
                    content = file.read(source.limits.per_object_head_bytes)
            except BudgetSpent:
                yield Unknown(Reason.BUDGET)
                return
            yield Member(info.filename, Source.of(content, source.limits, info.filename))


def _chosen(infos: list[zipfile.ZipInfo], most: int) -> list[zipfile.ZipInfo]:
    counts: dict[str, int] = {}
    found: list[zipfile.ZipInfo] = []
    for info in infos:
        if info.is_dir() or not info.file_size:
            continue
        ending = info.filename.rpartition(".")[2].lower()[:8]
        counts[ending] = counts.get(ending, 0) + 1
        if counts[ending] <= _EACH and len(found) < most:
            found.append(info)
    return found
