"""`auditor checks`: what is looked at, and how it is judged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ._options import with_settings
from ._words import lang, say

if TYPE_CHECKING:
    from auditor.settings import Settings


@click.group("checks", help=say("The store types and the rules."))
def verb() -> None:
    """List them, or show one."""


@verb.command("list", help=say("The store types and the rules."))
@with_settings
def listed(settings: Settings) -> None:
    """One line each: its name, and what it is."""
    from auditor import pipeline

    registry, facts = pipeline.ready(settings)
    for name, kind in registry.store_types.items():
        click.echo(f"{name:40} {facts.word('category', str(kind.category), lang())}")
    for name in registry.rules:
        click.echo(f"{name:40} {facts.rule(name).title[lang()]}")
    for name in registry.renderers:
        click.echo(f"{name:40} {registry.renderers[name].media_type}")


@verb.command("show", help=say("The store types and the rules."))
@click.argument("name")
@with_settings
def show(settings: Settings, name: str) -> None:
    """One store type or rule, with its source."""
    from auditor import pipeline
    from auditor.errors import UsageError
    from auditor.operations import operations_of

    registry, facts = pipeline.ready(settings)
    if name in registry.store_types:
        kind = registry.store_types[name]
        told = {"name": name, "category": str(kind.category), "source": kind.source,
                "operations": sorted(operations_of(kind))}  # fmt: skip
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    elif name in registry.rules:
        rule = facts.rule(name)
        click.echo(f"{name} · {rule.title[lang()]}\n\n{rule.explanation[lang()]}\n")
        click.echo(f"{rule.advice[lang()]}\n\n{', '.join(rule.legal_basis)}")
    else:
        known = ", ".join([*registry.rules, *registry.store_types])
        told_ = say("{name} is not known", name=name)
        raise UsageError(told_, hint=say("one of: {names}", names=known))
