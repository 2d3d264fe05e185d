"""The whole sentence: an audit is a survey, then a replay as of today.

There is one judging path, whether the run is a second or a year old, and whether the law is
today's or another day's. Nothing keeps the whole estate in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from . import __version__
from .clouds import chosen_types, connections, survey_clouds
from .days import day_of
from .dossier import read
from .errors import AuditorError, UsageError
from .facts import Facts
from .facts import load as load_facts
from .judging import judged
from .model import Dossier, Summary
from .operations import operations_of
from .progress import Progress, Silent
from .recording import demo_connections
from .redacting import redacted
from .registry import Registry
from .registry import load as load_registry
from .report import Report
from .runs import JudgementFolder, RunFolder, run_id
from .runs.chain import complete
from .runs.files import folder as make_folder
from .runs.files import whole
from .sampling import sample_stores, wanted
from .sdk import Api
from .settings import Settings
from .stored import refuse_other_exports
from .words import Words


@dataclass(frozen=True, slots=True)
class Done:
    """An audit or a replay that came to its end."""

    run: Path
    judgement: Path
    summary: Summary
    exit_code: int


def ready(settings: Settings) -> tuple[Registry, Facts]:
    """Plugins and facts, loaded before anything is audited: mistakes of people come first."""
    allow = settings.section("plugins").get("allow") or ()
    return _loaded(tuple(allow), tuple(settings.section("facts").get("dirs") or ()))


def dossier_of(settings: Settings) -> Dossier | None:
    """The dossier that the settings name, read and held; none when they name none."""
    file = settings.section("judge").get("dossier")
    registry, facts = ready(settings)
    return read(Path(file), facts, registry.rules) if file else None


@cache
def _loaded(allow: tuple[str, ...], dirs: tuple[str, ...]) -> tuple[Registry, Facts]:
    registry = load_registry(allow)
    return registry, load_facts([*registry.facts_dirs, *map(Path, dirs)])


def audit(
    settings: Settings,
    *,
    resume: Path | None = None,
    progress: Progress | None = None,
    demo: bool = False,
    as_of: date | None = None,
    now: datetime | None = None,
    clouds: Mapping[str, Api] | None = None,
) -> Done:
    """Survey what the settings name, then judge it as of today (or `as_of`).

    Raises `AuditorError` for what a person can mend before anything is asked; whatever the clouds
    do becomes gaps. An interrupted audit keeps its folder, and is taken up again with `resume`.
    """
    if resume and complete(resume):
        return done(resume)
    tell = progress or Silent()
    moment = now or datetime.now(UTC)
    registry, facts = ready(settings)
    dossier = dossier_of(settings)
    chosen_types(registry, settings)  # a mistake in them is told before anything is asked
    sampling = not demo and wanted(settings)
    if clouds is None:
        clouds = demo_connections() if demo else connections(settings, registry)
    header = _header(settings, registry, facts, clouds, moment)
    root = Path(settings.section("runs").get("dir") or "runs")
    opened = RunFolder.resume(resume) if resume else RunFolder.start(root, run_id(moment), header)
    with opened as run:
        refuse_other_exports(run, header["identity"])
        seen = survey_clouds(clouds, settings, registry, facts, run, tell)
        ours = sorted(set().union(*(d.organisation for d in seen)))
        ended = datetime.now(UTC).isoformat(timespec="seconds")
        scopes = sum(len(d.accounts) + len(d.gaps) for d in seen)
        run.seal({"organisation": ours, "ended": ended, "scopes": scopes})
        refused = sampling and sample_stores(run, clouds, registry, settings, tell)
        day = as_of or day_of(moment)
        section = settings.section("judge")
        where, summary = judged(
            run, registry, facts, section, day, is_replay=False, dossier=dossier,
            planning=settings.section("plan"),
        )  # fmt: skip
    partial = refused and not section.get("allow_partial") and summary.exit_code in (0, 3)
    return Done(run.path, where, summary, 4 if partial else summary.exit_code)


def replay(run_path: Path, *, as_of: date, settings: Settings, against: date | None = None) -> Done:
    """Judge a stored run again, under the law of another day or another edition of the facts.

    What that day changes is told against another one: that of the audit when none is given.
    """
    registry, facts = ready(settings)
    dossier = dossier_of(settings)
    with RunFolder.open(run_path) as run:
        where, summary = judged(
            run,
            registry,
            facts,
            settings.section("judge"),
            as_of,
            is_replay=True,
            against=against or _audited(run),
            dossier=dossier,
            planning=settings.section("plan"),
        )
    return Done(run.path, where, summary, summary.exit_code)


def _audited(run: RunFolder) -> date | None:
    """The day that a run was judged on when it was made; none when it was not judged."""
    judgement = JudgementFolder(run.path, run.path)
    return judgement.summary().as_of if judgement.finished else None


def done(run_path: Path) -> Done:
    """A run that was audited before."""
    with RunFolder.open(run_path) as run:
        judgement = JudgementFolder(run.path, run.path)
        summary = judgement.summary()
    return Done(run_path, run_path, summary, summary.exit_code)


# ---------------------------------------------------------------------- telling


def told(done: Done, settings: Settings, name: str, words: Words) -> Iterator[bytes]:
    """One format of a judgement, in pieces."""
    registry, facts = ready(settings)
    if name not in registry.renderers:
        known = ", ".join(registry.renderers)
        raise UsageError(
            words("no format is called {name}", name=name),
            hint=words("one of: {names}", names=known),
        )
    with RunFolder.open(done.run) as run:
        judgement = JudgementFolder(run.path, done.judgement)
        dossier = judged_with(run, judgement.summary(), settings)
        section = settings.section("report")
        asked = (op for kind in registry.store_types.values() for op in operations_of(kind))
        report = redacted(
            Report.of(run, judgement, facts, dossier, section),
            section.get("redaction") or "internal", words, chain(registry.store_types, asked),
        )  # fmt: skip
        made = registry.renderers[name].render(report, words)
        yield from [made] if isinstance(made, bytes) else made


def judged_with(run: RunFolder, summary: Summary, settings: Settings) -> Dossier | None:
    """The dossier that a judgement was made with, when it is where it was, and unchanged."""
    recorded = run.header.get("settings", {}).get("judge", {}).get("dossier") or ""
    for file in (settings.section("judge").get("dossier"), recorded):
        if file and summary.dossier and Path(file).is_file():
            with suppress(AuditorError):
                found = dossier_of(settings.replacing("judge", dossier=file))
                if found is not None and found.digest == summary.dossier:
                    return found
    return None


def lacks_dossier(done: Done, settings: Settings) -> bool:
    """Whether a judgement was made with a dossier that is not there any more as it was."""
    if not done.summary.dossier:
        return False
    with RunFolder.open(done.run) as run:
        return judged_with(run, done.summary, settings) is None


def write(
    done: Done, settings: Settings, names: Sequence[str], words: Words, folder: Path,
    stem: str = "audit",
) -> list[Path]:  # fmt: skip
    """Write formats of a judgement into a folder; returns the files."""
    registry, _ = ready(settings)
    make_folder(folder)
    written = []
    for name in names:
        suffix = registry.renderers[name].suffix if name in registry.renderers else ""
        path = folder / f"{stem}.{words.lang}{suffix}"
        pieces = told(done, settings, name, words)
        whole(path, lambda file, pieces=pieces: file.writelines(pieces))  # type: ignore[misc]
        written.append(path)
    return written


def _header(
    settings: Settings,
    registry: Registry,
    facts: Facts,
    clouds: Mapping[str, Api],
    moment: datetime,
) -> dict[str, Any]:
    return {
        "version": __version__,
        "edition": facts.edition,
        "started": moment.isoformat(timespec="seconds"),
        "identity": {name: dict(api.identity()) for name, api in clouds.items()},
        "plugins": [
            {"name": p.name, "version": p.version, "record": p.record} for p in registry.plugins
        ],
        "settings": settings.public(),
    }
