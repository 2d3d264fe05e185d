"""`auditor doctor`: is everything there that an audit needs?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ._options import with_settings
from ._words import say, words

if TYPE_CHECKING:
    from auditor.settings import Settings


@click.command(
    "doctor", help=say("Check settings, plugins, facts, credentials and the run folder.")
)
@with_settings
def verb(settings: Settings) -> int:
    """Say what is sound; exit with 4 when something in scope is refused."""
    from auditor import pipeline
    from auditor.discover import discover
    from auditor.runs.files import folder
    from auditor.sdk import plain

    registry, facts = pipeline.ready(settings)
    click.echo(say("Settings are sound."))
    click.echo(say("{n} store types, {r} rules, {p} plugins.", n=len(registry.store_types),
                   r=len(registry.rules), p=len(registry.plugins)))  # fmt: skip
    day = words().date(facts.edition_day)
    click.echo(say("Facts: edition {edition}, {day}.", edition=facts.edition, day=day))
    runs = Path(settings.section("runs").get("dir") or "runs")
    folder(runs)
    click.echo(say("The run folder can be written: {path}", path=runs))
    refused = 0
    for api in pipeline.connections(settings, registry).values():
        click.echo(say("Credentials taken: {told}", told=plain(api.identity()["credentials"])))
        found = discover(api)
        refused += len(found.gaps)
        click.echo(say("{n} accounts, {r} regions, {g} refused.", n=len(found.accounts),
                       r=len(found.regions), g=len(found.gaps)))  # fmt: skip
        for gap in found.gaps:
            click.echo(plain(f"- {gap.scope}: {gap.reason} {gap.detail}"))
    return 4 if refused else 0
