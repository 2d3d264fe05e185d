"""The command line: one file per verb; it parses, calls one function, prints, exits.

Verbs are imported when they are called, so that `--help` stays quick.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from . import _exit
from ._words import say

# in the order in which somebody who starts meets them
VERBS = (
    "init", "doctor", "audit", "report", "replay", "verify",
    "checks", "facts", "permissions", "schema", "completion",
)  # fmt: skip


class Verbs(click.Group):
    """The verbs, each found in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in their order."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One verb, imported now."""
        if cmd_name not in VERBS:
            return None
        found: click.Command = import_module(f".{cmd_name}", __name__).verb
        return found


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value:
        os.environ["AUDITOR_LANG"] = value
    return value


@click.command(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=say(
        "Says which data stores hold health data, where every copy rests, "
        "and whose law can reach them."
    ),
)
@click.option(
    "--lang",
    type=click.Choice(["fr", "en"]),
    callback=_language,
    is_eager=True,
    expose_value=False,
    help=say("Language of what is told: fr or en."),
)
@click.version_option(package_name="health-residency-auditor")
def commands() -> None:
    """Parse what all verbs share."""


def main(args: list[str] | None = None) -> Any:
    """Run the command line; every exit code is one of the table in `_exit`."""
    words = sys.argv[1:] if args is None else args
    for here, word in enumerate(words):  # help is translated before click reads the flag
        if word == "--lang" and words[here + 1 : here + 2]:
            os.environ["AUDITOR_LANG"] = words[here + 1]
        elif word.startswith("--lang="):
            os.environ["AUDITOR_LANG"] = word.partition("=")[2]
    if os.environ.get("AUDITOR_LANG"):
        from ._words import relabel

        relabel(commands)
    sys.exit(_exit.code_of(lambda: commands.main(words, prog_name="auditor", standalone_mode=False)))
