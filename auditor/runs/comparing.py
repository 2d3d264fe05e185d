"""Two runs side by side: whether they say the same, whenever and wherever they were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from .files import read_json, read_lines

_LINES = ("stores.jsonl.gz", "subjects.jsonl.gz", "coverage.jsonl")
_JUDGED = ("judged.jsonl.gz", "findings.jsonl.gz")
# when and where a run was made; its settings name its folder
_ASIDE = ("run", "started", "ended", "settings")


def compare(one: Path, other: Path) -> list[str]:
    """Where two sealed runs differ: the file and the number of the line.

    Collection times, run ids, start, end and settings are left aside.
    """
    found = []
    if _head(one) != _head(other):
        found.append("run.json")
    judged = [name for name in _JUDGED if (one / name).is_file() or (other / name).is_file()]
    for name in (*_LINES, *judged):
        pairs = zip_longest(_untimed(one / name), _untimed(other / name))
        found += [f"{name}:{n}" for n, (a, b) in enumerate(pairs, 1) if a != b]
    if judged and read_json(one / "summary.json") != read_json(other / "summary.json"):
        found.append("summary.json")
    return found


def _head(path: Path) -> Any:
    return {k: v for k, v in read_json(path / "run.json").items() if k not in _ASIDE}


def _untimed(path: Path) -> Iterator[Any]:
    if not path.is_file():
        return
    for line in read_lines(path):
        yield {k: v for k, v in line.items() if k != "collected"}
