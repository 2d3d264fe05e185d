"""`auditor replay --as-of`: judge a stored run again, under another day's law."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import _exit
from ._options import day, with_formats, with_settings
from ._words import say

if TYPE_CHECKING:
    from auditor.settings import Settings


@click.command("replay", help=say("Judge a stored run as of another day."))
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--as-of", callback=day, help=say("The day whose law is applied: YYYY-MM-DD."))
@with_formats
@with_settings
def verb(
    settings: Settings, run: Path, as_of: date | None, formats: tuple[str, ...], output_dir: str
) -> int:
    """Judge, tell, and exit as an audit would."""
    from auditor import pipeline

    from ._telling import show, tell

    done = pipeline.replay(run, as_of=as_of or date.today(), settings=settings)
    written = tell(done, settings, formats, output_dir)
    if output_dir != "-":
        show(done, settings)
        for path in written:
            click.echo(say("Written: {path}", path=path))
        click.echo(say("Exit {code}: {why}.", code=done.exit_code, why=_exit.why(done.exit_code)))
    return done.exit_code
