"""`auditor history`: the runs of a folder, one line each, from their index."""

from __future__ import annotations

import click

from ._click import Verb
from ._lang import words
from ._options import lang_option, settings_of, settings_options


@click.command(
    "history",
    cls=Verb,
    help="List the finished runs of the folder of runs, the latest last: day, deviations by"
    " severity, what is undetermined. --rebuild throws their index away and makes it again.",
)
@click.option("--rebuild", "again", is_flag=True, help="Make the index of the runs again.")
@lang_option
@settings_options
def command(
    again: bool, config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]
) -> None:
    """One line a run."""
    from auditor.runs import JudgementFolder
    from auditor.runs.index import finished, rebuild
    from auditor.sdk import plain

    said, root = words(), settings_of(config, overrides, facts_dirs).runs
    if again and root.is_dir():
        click.echo(said("index made again; runs: {n}", n=said.number(rebuild(root))))
        return
    runs = finished(root) if root.is_dir() else []
    for path in runs:
        summary = JudgementFolder(path, path).summary()
        unread = sum(summary.coverage.get(state, 0) for state in ("partial", "unread"))
        found = ", ".join(
            f"{said(severity)} {said.number(n)}"
            for severity in ("blocking", "major", "minor", "info")
            if (n := summary.severities.get(severity))
        )
        text = said(
            "{run}: {day}; data stores {stores}; {found}; undetermined {open}; not read {unread}",
            run=plain(path.name), day=said.date(summary.as_of), found=found or said("none"),
            stores=said.number(summary.stores), open=said.number(summary.undetermined),
            unread=said.number(unread),
        )  # fmt: skip
        click.echo(text)
    if not runs:
        click.echo(said("{folder}: no run was finished", folder=root))
