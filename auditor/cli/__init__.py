"""The command line: one file per verb, imported when it is used. It starts in a blink."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from auditor.errors import AuditorError

from . import _telling as telling
from ._click import Lazy
from ._exit import FULL, Terminated, code_of
from ._lang import speak
from ._options import lang_option

COMPLETE = "_AUDITOR_COMPLETE"  # set by the shell when it completes a word

_VERBS = {
    "audit": "Look in every account, and say where health data rests and who can reach it.",
    "report": "Write the documents of a stored run again.",
    "replay": "Judge a stored run with the law of another day.",
    "verify": "Say whether a run folder is as it was written.",
    "checks": "What is looked at, how it is judged, how it can be told.",
    "facts": "The facts behind the judgement, with their sources.",
    "permissions": "Print the least policy that the selected store types need.",
    "doctor": "Say whether an audit would find all it needs.",
    "init": "Write a commented settings file.",
    "schema": "Print the schema of a document that is read or written.",
    "completion": "Print the completion script of a shell.",
}


class Main(Lazy):
    """The program: every way to end goes through here, and has its exit code."""

    def main(self, *given: Any, **named: Any) -> Any:
        """Run a command line; leave with its code, or return it when not `standalone_mode`."""
        args = given[0] if given else named.get("args")
        argv = list(sys.argv[1:] if args is None else args)
        speak(argv, os.environ)
        if instruction := os.environ.get(COMPLETE):
            from click.shell_completion import shell_complete

            sys.exit(shell_complete(self, {}, "auditor", COMPLETE, instruction))
        code = self.run(argv)
        if named.get("standalone_mode", True):
            sys.exit(code)
        return code

    def run(self, argv: Sequence[str]) -> int:
        """Run a command line to its exit code."""
        try:
            with _signals(), self.make_context("auditor", list(argv)) as context:
                code = int(self.invoke(context) or 0)
                sys.stdout.flush()
                return code
        except (KeyboardInterrupt, click.Abort) as error:
            telling.interrupted()
            return code_of(error)
        except Exception as error:  # the last place where anything can be told
            _tell(error)
            return code_of(error)


def _tell(error: Exception) -> None:
    match error:
        case click.exceptions.Exit():
            pass
        case AuditorError():
            telling.mistake(error)
        case click.ClickException():
            telling.usage(error)
        case BrokenPipeError():
            telling.silence()
        case OSError() if error.errno in FULL:
            telling.full(error)
        case _:
            telling.defect(error)


@contextmanager
def _signals() -> Iterator[None]:
    """SIGTERM ends as orderly as Ctrl-C; both are heard in the background too."""

    def terminate(number: int, frame: FrameType | None) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = {signal.SIGTERM: terminate, signal.SIGINT: signal.default_int_handler}
    before = {number: signal.signal(number, handler) for number, handler in ours.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _version(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        from auditor import __version__

        click.echo(f"auditor {__version__}")
        context.exit()


main = Main(
    "auditor",
    verbs=_VERBS,
    help="Say which cloud stores hold health data, where every copy rests, and whose law can"
    " reach it. Read-only.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
lang_option(main)
main.params.append(
    click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version,
        help="Show the version and exit.",
    )
)  # fmt: skip
