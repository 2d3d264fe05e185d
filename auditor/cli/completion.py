"""`auditor completion`: the script that completes words in a shell."""

from __future__ import annotations

import click

from ._click import Verb


@click.command(
    "completion",
    cls=Verb,
    help="Print the completion script of a shell, to be read where the shell starts.",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print it."""
    from click.shell_completion import get_completion_class

    from . import COMPLETE, main

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(main, {}, "auditor", COMPLETE).source())
