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

    told, number = api.identity(), words().number
    accounts = number(sum(not isinstance(seen, Gap) for seen in api.accounts()))
    if "run" in told:
        return words()(
            "{name}: a run of ours, accounts: {accounts}", name=told["run"], accounts=accounts
        )
    return words()(
        "{name}: {kind}, rows: {rows}, accounts: {accounts}",
        name=told["file"],
        kind=told["kind"],
        rows=number(int(told["rows"])),
        accounts=accounts,
    )
