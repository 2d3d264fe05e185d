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

from ._exit import FULL
from ._lang import words
from ._options import RUNS

# The folder of runs, and the command that takes one of them up again: set while one is under way.
RESUME: ContextVar[tuple[Path, str]] = ContextVar("resume")


def say(text: str) -> None:
    """Text for people, on standard error; what strangers named in it is made harmless."""
    for line in text.splitlines():
        click.echo(plain(line), err=True)


def failed(error: Exception) -> None:
    """Why it stopped, and what to do."""
    match error:
        case AuditorError():
            _mistake(error)
        case click.ClickException():
            _usage(error)
        case BrokenPipeError():
            _silence()
        case OSError() if error.errno in FULL:
            said = words()("cannot write: {why}", why=error.strerror or type(error).__name__)
            say(words().title(words()("error")) + " " + said)
        case _:
            _defect(error)


def _mistake(error: AuditorError) -> None:
    text, hint = error.told(words()), error.hinted(words())
    several = "\n" if "\n" in text else " "
    say(words().title(words()("error")) + several + text)
    if hint:
        say(words().title(words()("hint")) + " " + hint)


def _usage(error: click.ClickException) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":  # click 8.2: the help is the message
        click.echo(error.format_message(), err=True)
        return
    context = getattr(error, "ctx", None)
    if context is not None:
        click.echo(context.get_usage(), err=True)
    say(words().title(words()("error")) + " " + _misused(error))


def _misused(error: click.ClickException) -> str:
    """What click found wrong, in our words where it is one of the usual mistakes."""
    match error:
        case click.MissingParameter():
            return words()("{name} is missing", name=_named(error))
        case click.BadParameter():
            return words()("invalid value for {name}: {why}", name=_named(error), why=error.message)
        case click.NoSuchOption():
            said = words()("there is no option {name}", name=error.option_name)
            near = ", ".join(error.possibilities or ())
            return said + (words()("; did you mean {name}?", name=near) if near else "")
    return error.format_message()


def _named(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""


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


def _silence() -> None:
    """Nobody reads our standard output any more: let what is left of it go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # a standard output that is no file


def _defect(error: BaseException) -> None:
    """That it is our fault, and where the trace is. A trace holds places in the code, no value."""
    root = RUNS.get(Path("runs"))
    name = "-"
    for folder in (root, None) if root.is_dir() else (None,):
        try:
            number, name = tempfile.mkstemp(prefix="auditor-defect-", suffix=".txt", dir=folder)
        except OSError:
            continue  # the next place, or none: the message is still told
        with os.fdopen(number, "w", encoding="utf-8") as file:  # 0600, as mkstemp makes it
            file.writelines(f"{line}\n" for line in _trace(error))
        break
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
