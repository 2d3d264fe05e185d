"""Options that several verbs share, and the settings that come of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ._click import Day

if TYPE_CHECKING:
    from auditor.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])
Wrap = Callable[[F], F]

# Where a defect's trace is written, once the settings are known.
RUNS: ContextVar[Path] = ContextVar("runs")


def _all(*options: Callable[[F], F]) -> Wrap[F]:
    def wrap(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return wrap


def settings_options(function: F) -> F:
    """`--config` and `--set`."""
    return _all(
        click.option(
            "-c", "--config", metavar="FILE",
            help="Settings file, instead of auditor.toml in the current folder.",
        ),
        click.option(
            "--set", "overrides", multiple=True, metavar="SECTION.KEY=VALUE",
            help="Override one setting; repeatable. Secrets are refused here.",
        ),
    )(function)  # fmt: skip


def facts_option(function: F) -> F:
    """`--facts`."""
    return click.option(
        "--facts", "facts_dirs", multiple=True, metavar="DIR",
        help="Folder of your own facts, laid over the built-in ones; repeatable.",
    )(function)  # fmt: skip


def documents_options(function: F) -> F:
    """`--output-format`, `--output-dir` and `--lang`."""
    return _all(
        click.option(
            "-f", "--output-format", "formats", multiple=True, metavar="FORMAT",
            help="Document to write, such as html or json; repeatable.",
        ),
        click.option(
            "-o", "--output-dir", "folder", metavar="DIR",
            help="Folder of the documents; - is standard output, and then nothing else goes there.",
        ),
        lang_option,
    )(function)  # fmt: skip


def lang_option(function: F) -> F:
    """`--lang`, which has done its work before anything is parsed."""
    return click.option(
        "--lang", type=click.Choice(["fr", "en"]), expose_value=False,
        help="Language; that of the locale by default.",
    )(function)  # fmt: skip


def day_option(text: str, *, required: bool = False) -> Wrap[F]:
    """`--as-of`."""
    return click.option("--as-of", type=Day(), required=required, help=text)


def settings_of(
    config: str | None, overrides: Sequence[str], facts_dirs: Sequence[str] = ()
) -> Settings:
    """The settings that a command line asks for: file, then environment, then flags."""
    from auditor.settings import FILE, load

    usual = Path(FILE)
    file = Path(config) if config else usual if usual.exists() else None
    settings = load(file, os.environ, overrides)
    if facts_dirs:
        dirs = [*settings.section("facts")["dirs"], *facts_dirs]
        settings = settings.replacing("facts", dirs=dirs)
    RUNS.set(settings.runs)
    return settings
