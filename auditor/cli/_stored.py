"""Stored runs, as people name them: a folder, only its name, a folder of runs, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import RunError

from ._lang import words

if TYPE_CHECKING:
    from auditor.settings import Settings


def stored(name: str, settings: Settings) -> Path:
    """The folder of a run: the path given, the run of that name, or the latest of a folder."""
    for path in (Path(name), settings.runs / name) if name else ():
        if (path / "run.json").is_file():
            return path
    within = (Path(name), Path(name) / settings.runs.name) if name else (settings.runs,)
    for root in within:
        if latest := sorted(p.parent for p in root.glob("*/summary.json")):
            return latest[-1]
    said = words()("{run} is no run folder", run=name or settings.runs)
    known = sorted(p.parent.name for p in settings.runs.glob("*/run.json"))[-5:]
    names = ", ".join(known)
    hint = words()("the latest in {folder}: {names}", folder=settings.runs, names=names)
    raise RunError(said, hint=hint if known else words()("`auditor audit` writes one"))


def finished(name: str, settings: Settings) -> Path:
    """The folder of a run that came to its end."""
    run = stored(name, settings)
    if not (run / "summary.json").is_file():
        said = words()("{run} was interrupted: it is not judged yet", run=run)
        hint = words()("finish it with `auditor audit --resume {run}`", run=run)
        raise RunError(said, hint=hint)
    return run
