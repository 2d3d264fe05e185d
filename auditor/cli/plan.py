"""`auditor plan`: the transition plan of a stored run, as its dossier stands today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ._click import Verb
from ._options import (
    day_option,
    documents_options,
    dossier_option,
    settings_of,
    settings_options,
)

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.pipeline import Done
    from auditor.settings import Settings


@click.command(
    "plan",
    cls=Verb,
    help="Lay out the transition plan of a stored run: groups, offers to study, deadlines, costs."
    " Where the dossier changed since, the run is judged again with it; no cloud is asked."
    " RUN is its folder, or only its name; the latest run by default.",
)
@click.argument("run", default="")
@day_option("The plan of this day; that of the audit by default.")
@dossier_option
@documents_options
@settings_options
def command(
    run: str, as_of: date | None, formats: tuple[str, ...], folder: str | None,
    config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
    dossier: str | None,
) -> int:  # fmt: skip
    """Show it, and write its documents."""
    from ._documents import tell, wanted
    from ._stored import finished

    settings = settings_of(config, overrides, facts_dirs, dossier)
    chosen, place = wanted(settings, formats, folder)
    done = _planned(finished(run, settings), settings, as_of)
    tell(done, settings, chosen, place, stem="plan", summary="plan")
    return 0


def _planned(run: Path, settings: Settings, as_of: date | None) -> Done:
    """The judgement that stands, unless another day or another dossier is asked for."""
    from auditor import pipeline
    from auditor.runs import JudgementFolder

    done = pipeline.done(run)
    dossier = pipeline.dossier_of(settings)
    changed = dossier is not None and dossier.digest != done.summary.dossier
    old = JudgementFolder(done.run, done.judgement).plan() is None
    day = as_of or done.summary.as_of
    if changed or old or day != done.summary.as_of:
        return pipeline.replay(run, as_of=day, settings=settings)
    return done
