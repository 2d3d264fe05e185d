"""Options that several verbs share, and the settings that come of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ._click import day

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.settings import Settings

F = TypeVar("F", bound=Callable[..., Any] | click.Command)

# Where a defect's trace is written, once the settings are known.
RUNS: ContextVar[Path] = ContextVar("runs")
_ASKED = "auditor.report"  # of a command's context: what its flags ask of documents


def settings_options(function: F) -> F:
    """`--config`, `--set` and `--facts`."""
    for option in (
        click.option(
            "--facts", "facts_dirs", multiple=True, metavar="DIR",
            help="Folder of your own facts, laid over the built-in ones; repeatable.",
        ),
        click.option(
            "--set", "overrides", multiple=True, metavar="SECTION.KEY=VALUE",
            help="One setting; repeatable. Secrets are refused here.",
        ),
        click.option(
            "-c", "--config", metavar="FILE",
            help="Settings file, instead of auditor.toml in the current folder.",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def dossier_option(function: F) -> F:
    """`--dossier`."""
    return click.option(
        "--dossier", metavar="FILE",
        help="Dossier that people keep: treatments, regimes, attestations, waivers, plan.",
    )(function)  # fmt: skip


def documents_options(function: F) -> F:
    """`--output-format`, `--output-dir`, `--redact`, `--template` and `--lang`."""
    for option in (
        lang_option,
        click.option(
            "--template", "template", multiple=True, metavar="FILE", expose_value=False,
            callback=_of_documents,
            help="Document of yours whose styles, header and footer are kept: .docx, .odt;"
            " repeatable.",
        ),
        click.option(
            "--redact", "redaction", type=click.Choice(["internal", "cnil", "public"]),
            expose_value=False, callback=_of_documents,
            help="What documents may tell: internal (everything), cnil (technical identities "
            "hidden) or public (counts only).",
        ),
        click.option(
            "-o", "--output-dir", "folder", metavar="DIR",
            help="Folder of the documents; - is standard output, and then nothing else goes there.",
        ),
        click.option(
            "-f", "--output-format", "formats", multiple=True, metavar="FORMAT",
            help="Document to write, such as html or json; repeatable.",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def _of_documents(context: click.Context, option: click.Parameter, asked: Any) -> None:
    """Keep what a flag asks of documents until there are settings to lay it over."""
    if asked:
        told = list(asked) if isinstance(asked, tuple) else asked
        context.meta.setdefault(_ASKED, {})[str(option.name)] = told


def lang_option(function: F) -> F:
    """`--lang`, which has done its work before anything is parsed."""
    return click.option(
        "--lang", type=click.Choice(["fr", "en"]), expose_value=False,
        help="Language; that of the locale by default.",
    )(function)  # fmt: skip


def day_option(text: str, *, required: bool = False) -> Callable[[F], F]:
    """`--as-of`."""
    return click.option("--as-of", callback=day, metavar="DAY", required=required, help=text)


def settings_of(
    config: str | None,
    overrides: Sequence[str],
    facts_dirs: Sequence[str] = (),
    dossier: str | None = None,
) -> Settings:
    """The settings that a command line asks for: file, then environment, then flags."""
    from pathlib import Path

    from auditor.settings import FILE, load

    usual = Path(FILE)
    file = Path(config) if config else usual if usual.exists() else None
    settings = load(file, os.environ, overrides)
    if facts_dirs:
        dirs = [*settings.section("facts")["dirs"], *facts_dirs]
        settings = settings.replacing("facts", dirs=dirs)
    if dossier is not None:
        settings = settings.replacing("judge", dossier=dossier)
    context = click.get_current_context(silent=True)
    if context is not None and context.meta.get(_ASKED):
        settings = settings.replacing("report", **context.meta[_ASKED])
    RUNS.set(settings.runs)
    return settings
