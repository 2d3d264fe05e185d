"""`auditor verify`: is a run as its manifest says?"""

from __future__ import annotations

import click

from ._click import Verb
from ._exit import Exit
from ._lang import words
from ._options import settings_of, settings_options

_MISMATCHES = {
    "missing": "missing",
    "changed": "changed since it was written",
    "unlisted": "not in the manifest",
    "chain": "not the run that came before",
}


@click.command(
    "verify",
    cls=Verb,
    help="Say whether a run folder is as it was written. The chain of digests has no key: it"
    " shows accidents, not forgery.",
)
@click.argument("run")
@settings_options
def command(
    run: str, config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]
) -> int:
    """Say what differs; exit 3 when something does."""
    from auditor.runs import verify
    from auditor.sdk import plain

    from ._stored import finished

    found = verify(finished(run, settings_of(config, overrides, facts_dirs)))
    for mismatch in found:
        kind = words()(_MISMATCHES.get(mismatch.kind, mismatch.kind))
        click.echo(words().title(plain(mismatch.file)) + f" {kind}")
    if not found:
        click.echo(words()("every file is as the manifest says"))
    click.echo(words()("the chain of digests has no key: it shows accidents, not forgery"))
    return Exit.FOUND if found else Exit.DONE
