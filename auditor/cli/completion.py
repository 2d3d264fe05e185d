"""`auditor completion`: the script that completes words in a shell."""

from __future__ import annotations

import click

from ._words import say


@click.command("completion", help=say("Print the completion script of a shell."))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def verb(shell: str) -> None:
    """Print it; `eval` it, or save it where the shell looks."""
    from click.shell_completion import get_completion_class

    from . import commands

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(commands, {}, "auditor", "_AUDITOR_COMPLETE").source())
