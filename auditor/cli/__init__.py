"""The command line: one file per verb, imported when it is used. It starts in a blink."""

from __future__ import annotations

import os
import sys
from contextvars import copy_context
from typing import Any

import click

from ._click import Lazy
from ._exit import ended
from ._lang import speak
from ._options import lang_option

COMPLETE = "_AUDITOR_COMPLETE"  # set by the shell when it completes a word

_VERBS = {
    "init": "Write a commented settings file.",
    "doctor": "Say whether an audit would find all it needs.",
    "audit": "Look in every account, and say where health data rests and who can reach it.",
    "classify": "Say whether files or objects hold health data, with the evidence.",
    "dossier": "What people declare, attest and plan: check it, or fill it in as a questionnaire.",
    "report": "Tell a stored run again, in any format.",
    "plan": "Lay out the transition plan of a stored run, as its dossier stands today.",
    "replay": "Judge a stored run with the law of another day.",
    "diff": "Compare two runs, or two days of one.",
    "history": "List the runs, one line each.",
    "verify": "Say whether a run folder is as it was written.",
    "checks": "What is looked at, how it is judged, how it can be told.",
    "facts": "What is held to be true, with its sources.",
    "permissions": "Print the least policy that the selected store types need.",
    "schema": "Print the schema of a document that is read or written.",
    "completion": "Print the completion script of a shell.",
}


class Main(Lazy):
    """The program. It speaks the reader's language, and every way to end has its exit code."""

    def main(self, *given: Any, **named: Any) -> Any:
        """Run a command line; leave with its code, or return it when not `standalone_mode`."""
        args = given[0] if given else named.get("args")
        argv = list(sys.argv[1:] if args is None else args)
        code = copy_context().run(self._main, argv)  # nothing of one call is left for the next
        if named.get("standalone_mode", True):
            sys.exit(code)
        return code

    def _main(self, argv: list[str]) -> int:
        speak(argv, os.environ)
        if instruction := os.environ.get(COMPLETE):
            from click.shell_completion import shell_complete

            return shell_complete(self, {}, "auditor", COMPLETE, instruction)

        def run() -> int:
            with self.make_context("auditor", argv) as context:
                return int(self.invoke(context) or 0)

        return ended(run)


def _version(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        from auditor import __version__

        click.echo(f"auditor {__version__}")
        context.exit()


main = Main(
    "auditor",
    verbs=_VERBS,
    help="Says which cloud stores hold health data, where every copy rests, and whose law can"
    " reach it. It only reads.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
lang_option(main)
main.params.append(
    click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version,
        help="Show the version and exit.",
    )
)  # fmt: skip
