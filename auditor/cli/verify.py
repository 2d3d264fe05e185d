"""`auditor verify`: is a run as its manifest says?"""

from __future__ import annotations

from pathlib import Path

import click

from ._words import say


@click.command("verify", help=say("Compare a run with its manifest."))
@click.argument("run", type=click.Path(path_type=Path))
def verb(run: Path) -> int:
    """Say what differs; exit with 3 when something does."""
    from auditor.runs import verify

    found = verify(run)
    for mismatch in found:
        click.echo(f"{say(mismatch.kind)}  {mismatch.file}")
    if not found:
        click.echo(say("Everything is as the manifest says."))
    click.echo(say("The chain has no key: it shows accidents, not forgery."))
    return 3 if found else 0
