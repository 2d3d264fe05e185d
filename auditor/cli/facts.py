"""`auditor facts`: what is held to be true, with its sources."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from ._options import with_settings
from ._words import say

if TYPE_CHECKING:
    from auditor.settings import Settings


@click.group("facts", help=say("What is held to be true, with its sources."))
def verb() -> None:
    """List them, or show one."""


@verb.command("list", help=say("What is held to be true, with its sources."))
@with_settings
def listed(settings: Settings) -> None:
    """One line each: its kind and its id."""
    from auditor import pipeline

    _, facts = pipeline.ready(settings)
    click.echo(say("Facts: edition {edition}, {day}.", edition=facts.edition, day=facts.edition_day))
    for kind, identifier in facts.ids():
        click.echo(f"{kind}:{identifier}")


@verb.command("show", help=say("What is held to be true, with its sources."))
@click.argument("identifier")
@with_settings
def show(settings: Settings, identifier: str) -> None:
    """One fact, with its source, dates and confidence."""
    from auditor import pipeline

    _, facts = pipeline.ready(settings)

    def iso(value: object) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    click.echo(json.dumps(dict(facts.get(identifier)), indent=2, ensure_ascii=False, default=iso))
