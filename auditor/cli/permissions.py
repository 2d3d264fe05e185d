"""`auditor permissions`: the least that an audit needs, computed from what it asks."""

from __future__ import annotations

import click

from ._click import Verb
from ._lang import words
from ._options import settings_of, settings_options


@click.command(
    "permissions",
    cls=Verb,
    help="Print the least policy that the selected store types need. PROVIDER is a cloud,"
    " such as aws.",
)
@click.argument("provider")
@click.option(
    "--sample",
    is_flag=True,
    help="What sampling content needs besides: a role of its own, to read objects.",
)
@settings_options
def command(
    provider: str,
    sample: bool,
    config: str | None,
    overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:
    """Print the policy for exactly what the settings select."""
    import json

    from auditor import clouds, pipeline
    from auditor.errors import UsageError
    from auditor.operations import operations_of
    from auditor.registry import resolve

    settings = settings_of(config, overrides, facts_dirs)
    registry, _ = pipeline.ready(settings)
    named = sorted(name for name, p in registry.providers.items() if p.permissions)
    if provider not in named:
        said = words()("{name} has no permissions of ours", name=provider)
        raise UsageError(said, hint=words()("one of: {names}", names=", ".join(named)))
    if sample:
        policy = resolve(registry.providers[provider].permissions)(
            registry.providers[provider].sampling, alone=True
        )
        click.echo(json.dumps(policy, indent=2))
        return
    types = clouds.chosen_types(registry, settings).values()
    asked = {op for t in types if t.provider == provider for op in operations_of(t)}
    policy = resolve(registry.providers[provider].permissions)(asked)
    click.echo(json.dumps(policy, indent=2))
