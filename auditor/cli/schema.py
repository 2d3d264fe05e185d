"""`auditor schema`: the published schemas."""

from __future__ import annotations

import json

import click

from ._words import say


@click.command("schema", help=say("Print a JSON Schema."))
@click.argument("name", required=False)
def verb(name: str | None) -> None:
    """Print one, or the names of all."""
    from auditor.schema import names, schema

    if name is None:
        click.echo("\n".join(names()))
    else:
        click.echo(json.dumps(schema(name), indent=2, ensure_ascii=False))
