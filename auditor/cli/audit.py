"""`auditor audit`: survey the clouds, then judge what was seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ._click import Verb
from ._exit import Exit
from ._lang import words
from ._options import (
    day_option,
    documents_options,
    dossier_option,
    settings_of,
    settings_options,
)

if TYPE_CHECKING:
    from auditor.pipeline import Done
    from auditor.settings import Settings

_LATEST = "latest"
_DEMO = "auditor-demo"
_SHOWN = ("csv", "html", "json", "jsonl", "text")  # what a demo writes, unless it is asked
_GARBAGE = 50_000  # objects made before cycles are looked for
_LEVELS = ("blocking", "major", "minor", "info", "undetermined")
_MEANING = {
    Exit.DONE: "nothing to add",
    Exit.FOUND: "findings at or above --fail-on",
    Exit.UNREAD: "something in scope could not be read",
    Exit.NOTHING: "nothing was in scope",
}


def _levels(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> list[str]:
    """Severities, one by one or with commas between."""
    found = [word.strip() for text in given for word in text.split(",")]
    if not set(found) <= set(_LEVELS):
        said = words()("one of: {names}", names=", ".join(_LEVELS))
        raise click.BadParameter(said, context, option)
    return found


@click.command(
    "audit",
    cls=Verb,
    help="Look in every account, and say where health data rests and who can reach it."
    " Without settings, it takes the credentials that the environment offers.",
)
@click.option(
    "--demo",
    is_flag=True,
    help="Audit the recorded clouds of an invented hospital group: no network, no credentials.",
)
@click.option(
    "--from",
    "exports",
    multiple=True,
    metavar="FILE",
    help="Read this export instead of asking any cloud: Azure Resource Graph, Google Cloud Asset"
    " Inventory, AWS Config, a Terraform or OpenTofu state, or a run of ours; repeatable.",
)
@click.option(
    "--resume",
    is_flag=False,
    flag_value=_LATEST,
    default=None,
    metavar="[RUN]",
    help="Take up an interrupted run; the latest one when none is named.",
)
@click.option(
    "--fail-on",
    callback=_levels,
    multiple=True,
    metavar="SEVERITY",
    help="Exit 3 when there are findings of this severity or above, or undetermined ones;"
    " repeatable.",
)
@click.option(
    "--allow-partial",
    is_flag=True,
    help="Accept that something in scope could not be read (no exit 4).",
)
@click.option(
    "--sample",
    is_flag=True,
    help="Read a sample of the content of stores too, as [sample] says; only evidence is kept.",
)
@day_option("Judge with the law of this day instead of today's.")
@dossier_option
@documents_options
@settings_options
def command(
    demo: bool, exports: tuple[str, ...], resume: str | None, fail_on: list[str],
    allow_partial: bool, sample: bool,
    as_of: date | None, formats: tuple[str, ...], folder: str | None, config: str | None,
    overrides: tuple[str, ...], facts_dirs: tuple[str, ...], dossier: str | None,
) -> int:  # fmt: skip
    """Audit, tell it, and exit with what was found."""
    import gc

    gc.set_threshold(_GARBAGE)  # an answer is many short-lived values, in no cycles

    from ._documents import STDOUT, tell, wanted

    _apart(exports, demo, sample)
    settings = settings_of(config, overrides, facts_dirs, dossier)
    if fail_on:
        settings = settings.replacing("judge", fail_on=fail_on)
    if allow_partial:
        settings = settings.replacing("judge", allow_partial=True)
    if sample:
        settings = settings.replacing("sample", enabled=True)
    if demo:
        settings = _demo_settings(settings)
        folder = folder or _DEMO
        formats = formats or (("json",) if folder == STDOUT else _SHOWN)
    chosen, place = wanted(settings, formats, folder)
    done = _audited(settings, demo, exports, resume, as_of, config)
    _took(done)
    tell(done, settings, chosen, place)
    _conclude(done, demo)
    return Exit.DONE if demo else done.exit_code


def _apart(exports: tuple[str, ...], demo: bool, sample: bool) -> None:
    """An export is all there is: no recording, and no content to read."""
    from auditor.errors import UsageError

    for asked, flag in ((demo, "--demo"), (sample, "--sample")):
        if exports and asked:
            said = words()("--from and {flag} cannot be together", flag=flag)
            raise UsageError(said, hint=words()("leave one of them out"))


def _demo_settings(settings: Settings) -> Settings:
    """The demo's runs lie apart, all of it is looked at, and its group has a dossier."""
    from importlib.resources import files

    if not settings.section("judge")["dossier"]:
        invented = str(files("auditor.dossier") / "demo.toml")
        settings = settings.replacing("judge", dossier=invented)
    settings = settings.replacing("runs", dir=f"{_DEMO}/runs")
    return settings.replacing("audit", providers=[], types=[], exclude_types=[])


def _audited(
    settings: Settings, demo: bool, exports: tuple[str, ...], resume: str | None,
    as_of: date | None, config: str | None,
) -> Done:  # fmt: skip
    """The audit itself; while it runs, an interruption says how to take it up again."""
    from auditor import pipeline

    from ._exports import opened, written
    from ._progress import progress
    from ._telling import RESUME

    again = ["auditor audit", *(["--demo"] if demo else []), *written(exports)]
    again += [f"-c {config}"] if config else []
    run, clouds = _run(resume, settings), opened(exports, settings) if exports else None
    token = RESUME.set((settings.runs, " ".join([*again, "--resume {run}"])))
    with progress() as told:
        done = pipeline.audit(
            settings, resume=run, progress=told, demo=demo, as_of=as_of, clouds=clouds
        )
    RESUME.reset(token)
    return done


def _run(resume: str | None, settings: Settings) -> Path | None:
    """The run to take up again."""
    from auditor.errors import UsageError
    from auditor.runs import unfinished

    if resume is None:
        return None
    if resume != _LATEST:
        from ._stored import stored

        run = stored(resume, settings)
        if (run / "summary.json").is_file():
            said = words()("{run} is finished: there is nothing to resume", run=run)
            raise UsageError(said, hint=words()("tell it again with `auditor report`"))
        return run
    left = unfinished(settings.runs)
    if not left:
        said = words()("{folder}: no run was interrupted", folder=settings.runs)
        raise UsageError(said, hint=words()("start a new one without --resume"))
    return left[-1]


def _took(done: Done) -> None:
    """Which credentials were taken, and where from."""
    from auditor.runs import RunFolder

    from ._telling import say

    with RunFolder.open(done.run) as run:
        for provider, identity in sorted(run.header.get("identity", {}).items()):
            if "credentials" not in identity and ("file" in identity or "run" in identity):
                continue  # an export was told when it was opened
            told = ", ".join(f"{key} {value}" for key, value in sorted(identity.items()) if value)
            said = words()("credentials taken for {provider}", provider=provider)
            say(f"{words().title(said)} {told}")


def _conclude(done: Done, demo: bool) -> None:
    from ._telling import say

    meaning = words()(_MEANING.get(Exit(done.exit_code), ""))
    say(words().title(words()("the run is kept in")) + f" {done.run}")
    if demo:
        form = "this was a demo: a real run would have exited with {code} ({meaning})"
        say(words()(form, code=done.exit_code, meaning=meaning))
    elif done.exit_code:
        say(words()("exit {code}: {meaning}", code=done.exit_code, meaning=meaning))
