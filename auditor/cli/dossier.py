"""`auditor dossier`: what people declare, checked before it is relied upon."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ._click import Family, Verb
from ._exit import Exit
from ._lang import words
from ._options import day_option, lang_option, settings_of, settings_options

if TYPE_CHECKING:
    from auditor.dossier.reading import Where
    from auditor.model import Dossier


@click.group("dossier", cls=Family, help="What people declare, attest and plan.")
def command() -> None:
    """Check it; write it as a questionnaire, and read that back."""


@command.command(
    "check",
    cls=Verb,
    help="Hold a dossier to its form and to what it refers to; tell what has ended or is still to"
    " be completed. FILE is dossier.toml by default.",
)
@click.argument("file", default="dossier.toml")
@day_option("Tell what has ended by this day; today by default.")
@lang_option
@settings_options
def check(
    file: str, as_of: date | None, config: str | None, overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> int:  # fmt: skip
    """Exit 2 when it cannot be used, 3 when something in it has ended."""
    from datetime import UTC, datetime
    from pathlib import Path

    from auditor import pipeline
    from auditor.days import day_of
    from auditor.dossier import written

    registry, facts = pipeline.ready(settings_of(config, overrides, facts_dirs))
    dossier, where = written(Path(file), facts, registry.rules)
    return _told(dossier, where, as_of or day_of(datetime.now(UTC)))


def _told(dossier: Dossier, where: Where, day: date) -> int:
    """What it holds, and line by line what has ended, cannot be yet, or is to be completed."""
    from auditor.dossier import early, passed, to_complete

    said = words()
    click.echo(
        said("Treatments: {t}. Attestations: {a}. Waivers: {w}. Steps of the plan: {s}.",
             t=len(dossier.treatments), a=len(dossier.attestations), w=len(dossier.waivers),
             s=len(dossier.targets))
    )  # fmt: skip
    ended = list(passed(dossier, day))
    wrong = list(early(dossier, day))
    for path, when in ended:
        text = said("it ended on {day}: renew it, or take it out", day=said.date(when))
        click.echo(f"{where(path)}: {'.'.join(path)}: {text}")
    for path, when in wrong:
        text = said("{day} has not come: nobody can have stated it", day=said.date(when))
        click.echo(f"{where(path)}: {'.'.join(path)}: {text}")
    for path in to_complete(_plain(dossier)):
        click.echo(f"{where(path)}: {'.'.join(path)}: {said('to be completed')}")
    if not ended and not wrong:
        click.echo(said("Nothing in it has ended by {day}.", day=said.date(day)))
    return Exit.FOUND if ended or wrong else Exit.DONE


def _plain(dossier: Dossier) -> object:
    from auditor.codec import to_json

    return to_json(dossier)


@command.command(
    "export",
    cls=Verb,
    help="Write the dossier as a questionnaire, FILE.xlsx: one sheet for each part, pre-filled with"
    " what a run saw. It is filled in by whoever answers, and read back with import.",
)
@click.argument("file")
@click.option("--run", metavar="RUN", help="Pre-fill with what this run saw.")
@click.option("--dossier", metavar="FILE", help="Pre-fill with what this dossier declares.")
@lang_option
@settings_options
def export(
    file: str, run: str | None, dossier: str | None, config: str | None,
    overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """Write it."""
    from pathlib import Path

    from auditor import pipeline, questionnaire

    from ._lang import written_in
    from ._stored import finished
    from ._telling import say

    settings = settings_of(config, overrides, facts_dirs, dossier)
    _, facts = pipeline.ready(settings)
    seen = finished(run, settings) if run else None
    said_in = written_in(settings.lang)
    questionnaire.export(Path(file), seen, pipeline.dossier_of(settings), facts, said_in)
    say(words().title(words()("written")) + f" {file}")


@command.command(
    "import",
    cls=Verb,
    help="Read a questionnaire back into a dossier. Every mistake is told with its cell; a dossier"
    " that is there is replaced only with --replace, and kept beside. Comments in it are lost.",
)
@click.argument("file")
@click.option("-o", "--output", "to", default="dossier.toml", metavar="FILE",
              help="The dossier to write: dossier.toml by default.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Replace the dossier that is there.")
@lang_option
@settings_options
def take_in(
    file: str, to: str, replace: bool, config: str | None, overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """Read it, hold it, write it."""
    from pathlib import Path

    from auditor import pipeline, questionnaire

    from ._telling import say

    _, facts = pipeline.ready(settings_of(config, overrides, facts_dirs))
    before = questionnaire.take_in(Path(file), Path(to), facts, replace=replace)
    say(words().title(words()("written")) + f" {to}")
    if before is not None:
        say(words()("the dossier before it is kept in {file}", file=before))
