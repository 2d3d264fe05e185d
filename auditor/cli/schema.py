"""`auditor schema`: the published schemas."""

from __future__ import annotations

import click

from ._click import Verb


@click.command(
    "schema",
    cls=Verb,
    help="Print the JSON Schema of a document that is read or written; without NAME, say which"
    " there are.",
)
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print one, or the names of all."""
    from auditor.schema import names, text

    click.echo("\n".join(names()) if name is None else text(name).rstrip("\n"))
