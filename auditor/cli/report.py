"""`auditor report`: tell a stored run again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ._options import with_formats, with_settings
from ._words import say

if TYPE_CHECKING:
    from auditor.settings import Settings


@click.command("report", help=say("Tell a stored run again, in any format."))
@click.argument("run", type=click.Path(path_type=Path))
@with_formats
@with_settings
def verb(settings: Settings, run: Path, formats: tuple[str, ...], output_dir: str) -> int:
    """Write the formats asked for; without any, show the summary."""
    from auditor import pipeline

    from ._telling import show, tell

    done = pipeline.done(run)
    if not formats and output_dir != "-" and not settings.section("report").get("formats"):
        show(done, settings)
        return 0
    for path in tell(done, settings, formats, output_dir):
        click.echo(say("Written: {path}", path=path))
    return 0
