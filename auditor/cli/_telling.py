"""What is said on standard error: mistakes, interruptions, defects. One place, one form."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

import click

from auditor.errors import AuditorError
from auditor.sdk import plain

from ._lang import words
from ._options import RUNS

# The command that takes an interrupted audit up again, set while one is under way.
RESUME: ContextVar[tuple[Path, str]] = ContextVar("resume")


def say(text: str) -> None:
    """Text for people, on standard error; what strangers named in it is made harmless."""
    for line in text.splitlines():
        click.echo(plain(line), err=True)


def mistake(error: AuditorError) -> None:
    """What is wrong, and how to mend it."""
    told = getattr(error, "told", None)  # settings know each problem's words
    say(words().title(words()("error")) + " " + (told(words()) if told else words()(str(error))))
    if error.hint:
        say(words().title(words()("hint")) + " " + words()(error.hint))


def usage(error: click.ClickException) -> None:
    """What is wrong with the command line."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        click.echo(error.format_message(), err=True)
        return
    if context is not None:
        click.echo(context.get_usage(), err=True)
    say(words().title(words()("error")) + " " + error.format_message())


def interrupted() -> None:
    """That it stopped half-way, and how to take it up again."""
    say(words()("interrupted"))
    root, form = RESUME.get((Path(), ""))
    if form:
        from auditor.runs import unfinished

        kept = unfinished(root)
        if kept:
            said = words()("what was collected is kept; take it up again with")
            say(f"{words().title(said)} {form.format(run=kept[-1])}")


def full(error: OSError) -> None:
    """That something could not be written."""
    say(words()("cannot write: {why}", why=error.strerror or type(error).__name__))


def silence() -> None:
    """Nobody reads our standard output any more: let what is left of it go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # a standard output that is no file


def defect(error: BaseException) -> None:
    """That it is our fault, and where the trace is. A trace holds places in the code, no value."""
    root = RUNS.get(Path("runs"))
    for folder in (root if root.is_dir() else None, None):
        try:
            number, name = tempfile.mkstemp(prefix="auditor-defect-", suffix=".txt", dir=folder)
        except OSError:
            continue
        with os.fdopen(number, "w", encoding="utf-8") as file:  # 0600, as mkstemp makes it
            file.writelines(f"{line}\n" for line in _trace(error))
        break
    else:
        name = "-"
    form = "a defect of the auditor ({kind}); please report it with {file}"
    say(words()(form, kind=type(error).__name__, file=name))


def _trace(error: BaseException) -> Iterator[str]:
    """Kinds and places, innermost cause first; messages may quote values and stay out."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _trace(cause)
        yield ""
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
