"""The dossier as a questionnaire: pre-filled with what a run saw, filled in, and read back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import date
from heapq import nsmallest
from operator import itemgetter
from pathlib import Path
from typing import Any

from .dossier import held
from .dossier.form import SINGLE, Kind, parts
from .errors import UsageError
from .facts import Facts
from .model import Certainty, DataStore, Dossier, Judged, Party, Share
from .runs import JudgementFolder, RunFolder
from .sdk import plain
from .words import Words

_ROWS = 5_000  # stores listed; the report has them all
_HELD = (Certainty.CONFIRMED, Certainty.DECLARED, Certainty.PROBABLE)


def export(
    file: Path, run: Path | None, dossier: Dossier | None, facts: Facts, words: Words
) -> None:
    """Write the questionnaire. Raises `UsageError` where the file is there or cannot be written."""
    from .dossier.export import write
    from .dossier.workbook import Prefill

    _office()
    if file.exists():
        raise UsageError("{file} is there already, and is left as it is",
                         hint="name another file", file=file)  # fmt: skip
    seen = _seen(run, facts, words) if run else Prefill()
    titles = {id: words.typeset(w.title[words.lang]) for id, w in facts.rules.items()}
    try:
        write(file, dossier, facts, titles, words, seen)
        file.chmod(0o600)
    except OSError as error:
        raise _unwritten(file, error) from error


def _office() -> None:
    """The libraries of the questionnaire are an extra of their own."""
    from importlib.util import find_spec

    if not all(map(find_spec, ("openpyxl", "tomli_w"))):
        raise UsageError("the libraries for spreadsheets are not installed",
                         hint="pip install 'health-residency-auditor[office]'")  # fmt: skip


def _unwritten(file: Path, error: OSError) -> UsageError:
    why = error.strerror or type(error).__name__
    return UsageError("{file} cannot be written ({why})", hint="name another file",
                      file=file, why=why)  # fmt: skip


def _seen(path: Path, facts: Facts, words: Words) -> Any:
    """What a run saw: stores that hold health data and no treatment claims come first."""
    from .dossier.workbook import Prefill

    accounts: set[str] = set()
    offers: set[str] = set()
    total = 0

    def rows(run: RunFolder) -> Iterator[Ranked]:
        nonlocal total
        for store, judged in zip(run.stores(), JudgementFolder(path, path).judged(), strict=True):
            total += 1
            accounts.update(
                s.account for s in store.shares
                if isinstance(s, Share) and s.party is Party.ACCOUNT and s.account
            )  # fmt: skip
            if isinstance(judged.offer, str):
                offers.add(judged.offer)
            rank = judged.health.certainty not in _HELD, bool(judged.treatments), store.id
            yield rank, _row(store, judged, facts, words)

    with RunFolder.open(path) as run:
        ours = set(run.header.get("organisation") or ())
        first = nsmallest(_ROWS, rows(run), key=itemgetter(0))  # never the whole estate
    return Prefill(
        run=path.resolve().name,
        stores=[row for _, row in first],
        more=total - len(first),
        accounts=sorted(accounts - ours),
        offers=sorted(offers),
    )


Ranked = tuple[tuple[bool, bool, str], tuple[str, ...]]


def _row(store: DataStore, judged: Judged, facts: Facts, words: Words) -> tuple[str, ...]:
    def word(choice: str, value: str) -> str:
        return words.typeset(facts.word(choice, value, words.lang))

    region = store.region if isinstance(store.region, str) else "?"
    return (
        plain(store.id), plain(store.name), plain(store.kind), plain(store.account),
        plain(region), word("certainty", judged.health.certainty),
        ", ".join(judged.treatments), word("reached", judged.reach),
    )  # fmt: skip


# ---------------------------------------------------------------------- reading back


def take_in(file: Path, to: Path, facts: Facts, *, replace: bool) -> Path | None:
    """Read a questionnaire, and write the dossier; where the one before it was put aside.

    Raises `SettingsProblems` with every mistake and its cell, `UsageError` where there is a
    dossier and nobody said to replace it.
    """
    _office()
    from .dossier.importing import read

    answers = read(file, facts, lambda data, where: held({"edition": 1, **data}, facts,
                                                         facts.rules, where))  # fmt: skip
    if to.exists() and not replace:
        raise UsageError("{file} is there already, and is left as it is",
                         hint="name another with -o, or say --replace", file=to)  # fmt: skip
    before = to.with_name(f"{to.name}.before") if to.exists() else None
    try:
        _write(to, answers.data, before)
    except OSError as error:
        raise _unwritten(to, error) from error
    return before


def _write(to: Path, data: Mapping[str, Any], before: Path | None) -> None:
    """The whole file or none of it: written beside, then put in its place."""
    import tomli_w

    text = tomli_w.dumps({"edition": 1, **_with_days(data)}, multiline_strings=False)
    beside = to.with_name(f".{to.name}.new")
    with suppress(FileNotFoundError):
        beside.unlink()
    number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with closing(os.fdopen(number, "w", encoding="utf-8")) as file:
        file.write(text)
    if before is not None:
        os.replace(to, before)
    os.replace(beside, to)


def _with_days(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same with days as TOML's own."""
    days = {(p.name, *c.path) for p in parts() for c in p.columns
            if c.kind in (Kind.DAY, Kind.DAYS)}  # fmt: skip

    def dated(value: Any, path: tuple[str, ...]) -> Any:
        if path in days:
            many = isinstance(value, list)
            return list(map(date.fromisoformat, value)) if many else date.fromisoformat(value)
        if isinstance(value, Mapping):
            return {key: dated(below, (*path, key)) for key, below in value.items()}
        return value

    return {
        part: dated(entries, (part,)) if part in SINGLE
        else {id: dated(entry, (part,)) for id, entry in entries.items()}
        for part, entries in data.items()
    }  # fmt: skip
