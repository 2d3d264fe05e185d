"""`auditor replay`: judge a stored run again, under another day's law."""

from __future__ import annotations

from datetime import date

import click

from ._click import Verb, day
from ._options import (
    day_option,
    documents_options,
    dossier_option,
    settings_of,
    settings_options,
)


@click.command(
    "replay",
    cls=Verb,
    help="Judge a stored run with the law of another day. No cloud is asked."
    " RUN is its folder, or only its name.",
)
@click.argument("run")
@day_option("The day whose law is applied, such as 2026-11-24.", required=True)
@click.option("--against", callback=day, metavar="DAY",
              help="Tell what changes since this day; that of the audit by default.")  # fmt: skip
@dossier_option
@documents_options
@settings_options
def command(
    run: str, as_of: date, against: date | None, formats: tuple[str, ...], folder: str | None,
    config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
    dossier: str | None,
) -> int:  # fmt: skip
    """Judge it, tell it, and exit as an audit would."""
    from auditor import pipeline

    from ._documents import tell, wanted
    from ._stored import finished

    settings = settings_of(config, overrides, facts_dirs, dossier)
    chosen, place = wanted(settings, formats, folder)
    path = finished(run, settings)
    done = pipeline.replay(path, as_of=as_of, settings=settings, against=against)
    tell(done, settings, chosen, place)
    return done.exit_code
