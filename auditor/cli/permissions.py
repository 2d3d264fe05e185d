"""`auditor permissions`: the least that an audit needs, computed from what it asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ._options import with_settings
from ._words import say

if TYPE_CHECKING:
    from auditor.settings import Settings


@click.command("permissions", help=say("The read-only policy that an audit needs."))
@click.argument("provider")
@with_settings
def verb(settings: Settings, provider: str) -> None:
    """Print the policy for exactly the store types that the settings select."""
    from auditor import pipeline
    from auditor.errors import UsageError
    from auditor.operations import operations_of
    from auditor.registry import resolve

    registry, _ = pipeline.ready(settings)
    if provider not in registry.providers:
        told = say("unknown provider: {name}", name=provider)
        hint = say("one of: {names}", names=", ".join(registry.providers))
        raise UsageError(told, hint=hint)
    types = pipeline.chosen_types(registry, settings).values()
    asked = {op for t in types if t.provider == provider for op in operations_of(t)}
    policy = resolve(registry.providers[provider].permissions)(asked)
    click.echo(json.dumps(policy, indent=2))
