"""Options that several verbs share, and what they all begin with."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ._words import say

if TYPE_CHECKING:
    from auditor.settings import Settings

Function = Callable[..., Any]


def with_settings(function: Function) -> Function:
    """`--config`, `--set` and `--facts`: the verb is handed `settings`."""

    def verb(
        config: Path | None, overrides: tuple[str, ...], facts: tuple[Path, ...], **others: Any
    ) -> Any:
        return function(settings=settings(config, overrides, facts), **others)

    verb.__doc__ = function.__doc__
    verb.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for option in (
        click.option("--facts", type=click.Path(path_type=Path), multiple=True,
                     help=say("A folder of your own facts.")),
        click.option("--set", "overrides", multiple=True, metavar="SECTION.KEY=VALUE",
                     help=say("One setting: section.key=value.")),
        click.option("-c", "--config", type=click.Path(path_type=Path),
                     help=say("Settings file (default: auditor.toml if it is there).")),
    ):  # fmt: skip
        verb = option(verb)
    return verb


def settings(
    config: Path | None, overrides: tuple[str, ...], facts: tuple[Path, ...] = ()
) -> Settings:
    """The settings of a call, its flags last."""
    from auditor.settings import load

    flags = [*overrides, *([f"facts.dirs={','.join(map(str, facts))}"] if facts else [])]
    return load(config, os.environ, flags)


def with_formats(function: Function) -> Function:
    """`--output-format` and `--output-dir`."""
    function = click.option(
        "-o", "--output-dir", default="", help=say("Folder to write in; - is standard output.")
    )(function)
    return click.option(
        "-f", "--output-format", "formats", multiple=True, help=say("Format to write; repeatable.")
    )(function)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day given as YYYY-MM-DD."""
    from auditor.errors import UsageError

    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        told = say("not a day: {text}", text=value)
        raise UsageError(told, hint=say("write it YYYY-MM-DD")) from error
