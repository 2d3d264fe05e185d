"""`auditor audit`: survey the clouds, then judge."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import _exit
from ._options import day, with_formats
from ._words import lang, say

if TYPE_CHECKING:
    from auditor.pipeline import Progress
    from auditor.settings import Settings

DEMO_FORMATS = ("html", "json", "jsonl", "csv", "text")


@click.command("audit", help=say("Survey the clouds, then judge what was seen as of today."))
@click.option("--demo", is_flag=True, help=say(
    "The recorded estate of an invented hospital group; no network, no credentials."))
@click.option("--resume", type=click.Path(path_type=Path), help=say("Take up an interrupted run."))
@with_formats
@click.option("--fail-on", default="", metavar="SEVERITIES",
              help=say("Exit with 3 when a finding is at least so severe."))
@click.option("--allow-partial", is_flag=True,
              help=say("Do not exit with 4 when something could not be read."))
@click.option("--as-of", callback=day, help=say("The day whose law is applied: YYYY-MM-DD."))
@click.option("-c", "--config", type=click.Path(path_type=Path),
              help=say("Settings file (default: auditor.toml if it is there)."))
@click.option("--set", "overrides", multiple=True, metavar="SECTION.KEY=VALUE",
              help=say("One setting: section.key=value."))
@click.option("--facts", type=click.Path(path_type=Path), multiple=True,
              help=say("A folder of your own facts."))
def verb(
    demo: bool, resume: Path | None, formats: tuple[str, ...], output_dir: str, fail_on: str,
    allow_partial: bool, as_of: date | None, config: Path | None, overrides: tuple[str, ...],
    facts: tuple[Path, ...],
) -> int:  # fmt: skip
    """Audit, tell, and exit with what was found."""
    from ._options import settings as load

    flags = [*overrides]
    flags += [f"judge.fail_on={fail_on}"] if fail_on else []
    flags += ["judge.allow_partial=true"] if allow_partial else []
    if demo:
        output_dir = output_dir or "auditor-demo"
        runs = "auditor-demo" if output_dir == "-" else output_dir
        flags += [f"runs.dir={Path(runs) / 'runs'}", "plugins.allow=", "audit.types="]
    settings = load(config, tuple(flags), facts)
    return run(settings, demo, resume, formats, output_dir, as_of)


def run(
    settings: Settings, demo: bool, resume: Path | None, formats: tuple[str, ...], where: str,
    as_of: date | None,
) -> int:  # fmt: skip
    """Audit and tell it; the demo always exits with 0."""
    from auditor import pipeline

    from ._telling import show, tell

    done = pipeline.audit(settings, resume=resume, progress=progress(), demo=demo, as_of=as_of)
    written = tell(done, settings, formats or (DEMO_FORMATS if demo and where != "-" else ()), where)
    if where != "-":
        show(done, settings)
        click.echo()
        for path in written:
            click.echo(say("Written: {path}", path=path))
        click.echo(say("Run kept in {path}", path=done.run))
        form = ("A real run would have exited with {code}: {why}." if demo else
                "Exit {code}: {why}.")  # fmt: skip
        click.echo(say(form, code=done.exit_code, why=_exit.why(done.exit_code)))
    return 0 if demo else done.exit_code


class _Lines:
    """Progress for a log: one plain line per scope."""

    def scope(self, name: str) -> None:
        """An account is in scope."""
        click.echo(name, err=True)

    def unit_done(self, unit: str, stores: int) -> None:
        """Nothing: a line per unit would bury the log."""

    def note(self, text: str) -> None:
        """Something worth a line."""
        from auditor.sdk import plain

        click.echo(plain(text), err=True)


class _Bar(_Lines):
    """Progress on a terminal: one line that counts."""

    def __init__(self) -> None:
        from rich.console import Console

        self._status = Console(stderr=True).status("…")
        self._status.start()
        self._stores = 0

    def unit_done(self, unit: str, stores: int) -> None:
        """Count, and say where we are."""
        from rich.text import Text

        self._stores += stores
        said = say("{unit}: {n} data stores", unit=unit, n=self._stores)
        self._status.update(Text(said))


def progress() -> Progress:
    """How far the audit is: a moving line on a terminal, plain lines elsewhere."""
    return _Bar() if sys.stderr.isatty() and lang() else _Lines()
