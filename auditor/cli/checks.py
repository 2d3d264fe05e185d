"""`auditor checks`: what is looked at, how it is judged, how it can be told."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from ._click import Family, Verb
from ._lang import words
from ._options import settings_of, settings_options

if TYPE_CHECKING:
    from auditor.facts import Facts


@click.group("checks", cls=Family, help="What is looked at, how it is judged, how it can be told.")
def command() -> None:
    """List them, or show one."""


@command.command("list", cls=Verb, help="Store types, rules and formats, one per line.")
@settings_options
def listed(config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]) -> None:
    """One line each: its name, and what it is."""
    from auditor import pipeline

    registry, facts = pipeline.ready(settings_of(config, overrides, facts_dirs))
    lang = words().lang
    types = {
        n: facts.word("category", str(k.category), lang) for n, k in registry.store_types.items()
    }
    rules = {name: _in(facts.rule(name).title) for name in registry.rules}
    formats = {name: kind.media_type for name, kind in registry.renderers.items()}
    for title, rows in (("Store types", types), ("Rules", rules), ("Formats", formats)):
        click.echo(words()(title))
        for name, told in rows.items():
            click.echo(f"  {name:32}  {told}")


@command.command("show", cls=Verb, help="One store type or rule, by its name.")
@click.argument("name")
@settings_options
def show(
    name: str, config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]
) -> None:
    """What is asked for a store type; what a rule says, why, and on which texts."""
    from auditor import pipeline
    from auditor.errors import UsageError

    registry, facts = pipeline.ready(settings_of(config, overrides, facts_dirs))
    if name in registry.store_types:
        rows = _store_type(registry.store_types[name], facts)
    elif name in registry.rules:
        rows = _rule(name, facts)
    else:
        known = [*registry.rules, *registry.store_types]
        near = get_close_matches(name, known, 3, 0.4)
        hint = words()("one of: {names}", names=", ".join(near)) if near else ""
        said = words()("{name} is neither a store type nor a rule", name=name)
        raise UsageError(said, hint=hint or words()("`auditor checks list` names them all"))
    for label, told in rows:
        click.echo(words().title(words()(label)) + f" {told}")


def _store_type(kind: Any, facts: Facts) -> Iterator[tuple[str, str]]:
    from auditor.operations import operations_of

    yield "Store type", kind.name
    yield "Category", facts.word("category", str(kind.category), words().lang)
    yield "Operations", ", ".join(sorted(operations_of(kind)))
    yield "Source", kind.source


def _rule(name: str, facts: Facts) -> Iterator[tuple[str, str]]:
    rule = facts.rule(name)
    yield "Rule", name
    yield "Statement", _in(rule.title)
    yield "Severity", facts.word("severity", str(rule.severity), words().lang)
    for regime, weight in rule.weights.items():
        yield str(regime), _weight(weight, facts)
    if rule.items:
        yield "Items", ", ".join(rule.items)
    yield "Why", _in(rule.explanation)
    yield "Advice", _in(rule.advice)
    yield "Legal basis", ", ".join(rule.legal_basis)


def _weight(weight: Any, facts: Facts) -> str:
    """How much a deviation weighs under a regime, and what stands behind the rule."""
    severity, force = weight
    strength = facts.table("conventions")["strength"]["words"][str(force)]
    return f"{facts.word('severity', str(severity), words().lang)} ({_in(strength)})"


def _in(told: Any) -> str:
    return str(told.get(words().lang) or told["en"])
