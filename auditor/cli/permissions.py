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
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["json", "terraform"]),
    default="json",
    help="As the cloud takes it, or as a .tf.json file of Terraform.",
)
@settings_options
def command(
    provider: str,
    sample: bool,
    as_format: str,
    config: str | None,
    overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:
    """Print the policy for exactly what the settings select."""
    import json

    from auditor import clouds, pipeline
    from auditor.errors import UsageError
    from auditor.operations import operations_of, rows_of
    from auditor.registry import resolve

    settings = settings_of(config, overrides, facts_dirs)
    registry, _ = pipeline.ready(settings)
    attribute = "terraform" if as_format == "terraform" else "permissions"
    named = sorted(n for n, p in registry.providers.items() if getattr(p, attribute))
    if provider not in named:
        said = words()("{name} has no permissions of ours", name=provider)
        raise UsageError(said, hint=words()("one of: {names}", names=", ".join(named)))
    cloud = registry.providers[provider]
    if sample and not cloud.sampling:
        raise UsageError(words()("no content of {name} is sampled", name=provider))
    asked = set(cloud.sampling)
    if not sample:
        types = clouds.chosen_types(registry, settings).values()
        ours = [kind for kind in types if kind.provider == provider]
        asked = {one for kind in ours for one in operations_of(kind) | rows_of(kind)}
    policy = resolve(getattr(cloud, attribute))(asked, alone=sample)
    click.echo(json.dumps(policy, indent=2, ensure_ascii=False))
