"""`auditor report`: tell a stored run again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ._click import Verb
from ._lang import words
from ._options import day_option, documents_options, settings_of, settings_options

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.pipeline import Done


@click.command(
    "report",
    cls=Verb,
    help="Tell a stored run again, in any format. RUN is its folder, or only its name; the latest"
    " run by default.",
)
@click.argument("run", default="")
@day_option("Tell the replay of this day instead of the audit itself.")
@documents_options
@settings_options
def command(
    run: str, as_of: date | None, formats: tuple[str, ...], folder: str | None,
    config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
) -> int:  # fmt: skip
    """Write the documents, or show the summary."""
    from ._documents import tell, wanted
    from ._stored import finished

    settings = settings_of(config, overrides, facts_dirs)
    done = _judged(finished(run, settings), as_of)
    tell(done, settings, *wanted(settings, formats, folder))
    return 0


def _judged(run: Path, as_of: date | None) -> Done:
    """The audit's own judgement, or that of a replay."""
    from auditor import pipeline
    from auditor.errors import UsageError
    from auditor.runs import JudgementFolder

    if as_of is None:
        return pipeline.done(run)
    replays = sorted((run / "judgements").glob(f"{as_of}-*"))
    if not replays:
        said = words()("{run} was not judged as of {day}", run=run, day=as_of)
        hint = words()("judge it with `auditor replay {run} --as-of {day}`", run=run, day=as_of)
        raise UsageError(said, hint=hint)
    summary = JudgementFolder(run, replays[-1]).summary()
    return pipeline.Done(run, replays[-1], summary, summary.exit_code)
