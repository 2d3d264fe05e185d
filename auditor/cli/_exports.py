"""Exports that are named on the command line: opened, and told."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ._lang import words
from ._telling import say

if TYPE_CHECKING:
    from auditor.sdk import Api
    from auditor.settings import Settings


def opened(exports: Sequence[str], settings: Settings) -> dict[str, Api]:
    """A connection to each export; which kind each of them is, is told."""
    from auditor.clouds import exported
    from auditor.pipeline import ready

    found = exported([Path(name) for name in exports], settings, ready(settings)[0])
    for api in found.values():
        say(_told(api))
    return found


def written(exports: Sequence[str]) -> Iterator[str]:
    """The exports as they were asked for, to be asked for again."""
    for name in exports:
        yield f"--from {shlex.quote(name)}"


def _told(api: Api) -> str:
    from auditor.sdk import Gap

    told, say_it = api.identity(), words()
    accounts = sum(not isinstance(seen, Gap) for seen in api.accounts())
    if "run" in told:
        form = "{name}: a run of ours, accounts: {accounts}"
        return say_it(form, name=told["run"], accounts=say_it.number(accounts))
    return say_it(
        "{name}: {kind}, rows: {rows}, accounts: {accounts}",
        name=told["file"],
        kind=told["kind"],
        rows=say_it.number(int(told["rows"])),
        accounts=say_it.number(accounts),
    )
