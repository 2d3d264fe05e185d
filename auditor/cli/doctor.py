"""`auditor doctor`: is everything there that an audit needs?"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import click

from ._click import Verb
from ._exit import Exit, first
from ._lang import words
from ._options import settings_of, settings_options

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from auditor.sdk import Api, StoreType
    from auditor.settings import Settings


@click.command(
    "doctor",
    cls=Verb,
    help="Say whether an audit would find all it needs: settings, plugins, facts, a place for the"
    " run, credentials, accounts, what may be read in them. Exit 4 when something is refused.",
)
@settings_options
def command(config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]) -> int:
    """Look at each in turn, and go on after a refusal."""
    from auditor import clouds, pipeline

    settings = settings_of(config, overrides, facts_dirs)
    _line("settings", str(settings.file or words()("none: the environment decides")))
    registry, facts = pipeline.ready(settings)
    _line("plugins", ", ".join(f"{p.name} {p.version}" for p in registry.plugins))
    _line("facts", f"{facts.edition} ({words().date(facts.edition_day)})")
    codes = [_place(settings)]
    types = clouds.chosen_types(registry, settings).values()
    for name, api in clouds.connections(settings, registry).items():
        codes.append(_cloud(name, api, _asked(types, name)))
    return first(*codes)


def _line(what: str, told: str) -> None:
    from auditor.sdk import plain

    click.echo(words().title(words()(what)) + f" {plain(told)}")


def _place(settings: Settings) -> int:
    """Whether a run can be kept: nothing is left behind but the folder that an audit would make."""
    root = settings.runs
    there = next(p for p in (root, *root.absolute().parents) if p.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        why = error.strerror or os.strerror(error.errno or 0)
        _line("run folder", words()("{folder} cannot be written ({why})", folder=root, why=why))
        return Exit.RUN_FOLDER
    size = words().bytes(free)
    _line("run folder", words()("{folder} can be written, {size} free", folder=root, size=size))
    return Exit.DONE


def _asked(types: Iterable[StoreType], provider: str) -> frozenset[str]:
    """What an audit asks of a provider: operations, and rows of its inventory."""
    from auditor.operations import operations_of, rows_of

    ours = [kind for kind in types if kind.provider == provider]
    return frozenset(one for kind in ours for one in operations_of(kind) | rows_of(kind))


def _cloud(name: str, api: Api, operations: Collection[str]) -> int:
    """Who we are there, which accounts and regions can be looked at, and what not in them."""
    from auditor.clouds import unseen
    from auditor.discover import discover
    from auditor.errors import ApiError

    try:
        for key, value in sorted(api.identity().items()):
            _line(f"{name} · {key}", value)
        found = discover(api)
        gaps = [*found.gaps, *unseen(api, found.accounts, operations)]
    except ApiError as error:
        _line(name, words()("refused: {why}", why=error.detail))
        return Exit.UNREAD
    form = "{accounts} accounts, {regions} regions of accounts, {gaps} refused"
    counts = {"accounts": found.accounts, "regions": found.regions, "gaps": gaps}
    _line(name, words()(form, **{k: words().number(len(v)) for k, v in counts.items()}))
    for gap in gaps:
        _line(f"{name} · {gap.scope}", f"{gap.reason} {gap.detail}")
    return Exit.UNREAD if gaps else Exit.DONE
