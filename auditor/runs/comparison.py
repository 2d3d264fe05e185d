"""Which two judgements are compared: of two runs, or of two days of one run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from sqlite3 import Connection

from auditor.errors import RunError
from auditor.model import Diff

from .diffing import diff
from .index import asked, between
from .judgement import JudgementFolder


def compared(
    one: Path, other: Path, day: date | None = None, other_day: date | None = None
) -> Diff:
    """What turned from one run to another; a day chooses a judgement that was made of it.

    Two audits of one folder are compared by its index, which knows what was there before them.
    Raises `RunError` when a run was never judged for its day.
    """
    judged, other_judged = judgement_of(one, day), judgement_of(other, other_day)
    root = one.resolve().parent
    alone = judged == one and other_judged == other and one.resolve() != other.resolve()
    if alone and root == other.resolve().parent:
        return asked(root, lambda base: diff(base, *_numbers(base, one, other)))
    with closing(between((one, judged), (other, other_judged))) as base:
        return diff(base, 1, 2)


def _numbers(base: Connection, *runs: Path) -> Iterator[int]:
    known = dict(base.execute("SELECT run, seq FROM runs"))
    return (known[run.resolve().name] for run in runs)


def judgement_of(run: Path, day: date | None) -> Path:
    """Where a run was judged for a day: by its audit, or by a replay, the latest edition first."""
    if day is None or JudgementFolder(run, run).summary().as_of == day:
        return run
    replays = sorted((run / "judgements").glob(f"{day}-*"), reverse=True)
    found = next((p for p in replays if JudgementFolder(run, p).finished), None)
    if found is None:
        raise RunError(
            "{run}: it was not judged for {day}",
            hint="`auditor replay {run} --as-of {day}` judges it",
            run=run,
            day=day,
        )
    return found
