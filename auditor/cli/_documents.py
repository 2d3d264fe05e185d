"""Telling a judged run: its summary on a terminal, its documents in a folder or on stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.errors import UsageError

from ._lang import words, written_in
from ._telling import say

if TYPE_CHECKING:
    from auditor.pipeline import Done
    from auditor.settings import Settings

STDOUT = "-"
_USUAL = ("html",)  # what somebody means who names a folder and no format


def wanted(
    settings: Settings, formats: Sequence[str], folder: str | None
) -> tuple[tuple[str, ...], str]:
    """Which formats to write, and where; checked before anything is audited."""
    from auditor import pipeline

    section = settings.section("report")
    chosen = tuple(formats) or tuple(section["formats"]) or (_USUAL if folder else ())
    place = folder or section["dir"]
    known = pipeline.ready(settings)[0].renderers
    for name in chosen:
        if name not in known:
            near = get_close_matches(name, known, 1) or sorted(known)
            said = words()("there is no format {name}", name=name)
            raise UsageError(said, hint=words()("one of: {names}", names=", ".join(near)))
    if place == STDOUT:
        if len(chosen) > 1:
            said = words()("one document only fits on standard output, not {n}", n=len(chosen))
            raise UsageError(said, hint=words()("ask for one format, or name a folder with -o"))
    elif chosen:
        _ready(Path(place))
    return chosen, place


def _ready(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        said = words()("{folder} cannot be written ({why})", folder=folder, why=why)
        raise UsageError(said, hint=words()("name another folder with -o")) from error


def tell(
    done: Done, settings: Settings, formats: Sequence[str], place: str, *,
    stem: str = "audit", summary: str = "",
) -> None:  # fmt: skip
    """Write the documents, and show the summary unless one of them goes to standard output."""
    from auditor import pipeline

    said_in = written_in(settings.lang)
    if place == STDOUT and formats:
        for piece in pipeline.told(done, settings, formats[0], said_in):
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
        return
    show(done, settings, summary)
    if formats:
        if pipeline.lacks_dossier(done, settings):
            say(words()("the dossier that this run was judged with is not at hand, or has changed: "
                        "name it with --dossier in `auditor plan`"))  # fmt: skip
        for path in pipeline.write(done, settings, formats, said_in, Path(place), stem):
            say(words().title(words()("written")) + f" {path}")


def show(done: Done, settings: Settings, summary: str = "") -> None:
    """The short summary: in colours on a terminal that wants them, plain elsewhere."""
    from auditor import pipeline

    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    usual = "terminal" if colours else "text"
    for piece in pipeline.told(done, settings, summary or usual, words()):
        click.echo(piece, nl=False)
