"""`auditor facts`: what is held to be true, with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ._click import Family, Verb
from ._lang import words
from ._options import day_option, settings_of, settings_options

if TYPE_CHECKING:
    from auditor.facts import Facts


@click.group("facts", cls=Family, help="What is held to be true, with its sources.")
def command() -> None:
    """List them, or show one."""


@command.command("list", cls=Verb, help="Every fact, as kind:id; of one KIND when it is named.")
@click.argument("kind", required=False)
@day_option("Only facts that hold on this day.")
@settings_options
def listed(
    kind: str | None, as_of: date | None, config: str | None, overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """One line each."""
    from auditor.errors import UsageError

    facts = _facts(config, overrides, facts_dirs)
    kinds = sorted({k for k, _ in facts.ids()})
    if kind and kind not in kinds:
        said = words()("there is no kind of facts called {kind}", kind=kind)
        raise UsageError(said, hint=words()("one of: {names}", names=", ".join(kinds)))
    for found, name in facts.ids():
        if kind in (None, found) and (as_of is None or _holds(facts, found, name, as_of)):
            click.echo(f"{found}:{name}")


@command.command("show", cls=Verb, help="One fact, with its source, its days and its confidence.")
@click.argument("name", metavar="ID")
@day_option("Say whether it holds on this day.")
@settings_options
def show(
    name: str, as_of: date | None, config: str | None, overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """All that is written of it."""
    import json

    facts = _facts(config, overrides, facts_dirs)
    entry = facts.get(name)
    click.echo(json.dumps(entry, indent=2, ensure_ascii=False, default=_iso))
    if as_of is not None:
        click.echo(_standing(facts, entry, as_of))


def _facts(config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]) -> Facts:
    from auditor import pipeline

    return pipeline.ready(settings_of(config, overrides, facts_dirs))[1]


def _dated(entry: Any) -> bool:
    """Whether a fact has days of its own: words and groups of facts have none."""
    source = entry.get("source") if isinstance(entry, Mapping) else None
    return isinstance(source, Mapping) and "retrieved" in source


def _holds(facts: Facts, kind: str, name: str, day: date) -> bool:
    entry = facts.get(f"{kind}:{name}")
    return not _dated(entry) or facts.edition_facts.holds(entry, day) is not False


def _standing(facts: Facts, entry: Any, day: date) -> str:
    shown = words().date(day)
    if not _dated(entry):
        return words()("{day}: it has no days of its own", day=shown)
    match facts.edition_facts.holds(entry, day):
        case True:
            return words()("{day}: it holds", day=shown)
        case False:
            return words()("{day}: it does not hold", day=shown)
    return words()("{day}: it is not known whether it holds", day=shown)


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
