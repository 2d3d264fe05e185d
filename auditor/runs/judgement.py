"""Conclusions of one day under one edition of the facts, beside the run they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

import ijson

from auditor.codec import encoded, from_json, to_json
from auditor.errors import RunError
from auditor.model import (
    Alignment,
    Changes,
    Counted,
    Dossier,
    Finding,
    Judged,
    Plan,
    Severity,
    Summary,
)

from .chain import complete, write_manifest
from .files import (
    MISSHAPEN,
    SCHEMA,
    folder,
    read_json,
    read_values,
    value_of,
    whole,
    write_json,
    write_lines,
    writing,
)
from .findings import FindingLines
from .lock import Lock
from .spool import Spool
from .validation import valid

_ORDER = list(Severity)
_PLAN = "plan.json"
_LATEST = 12  # earlier runs that progress is told of, beside the first


def _told(plan: Plan) -> Iterator[bytes]:
    """A plan as JSON, one group after the other: a large estate has thousands."""
    head, _, tail = encoded(replace(plan, groups=())).partition(b'"groups":[]')
    yield f'{{"schema":"{SCHEMA.format("plan")}",'.encode() + head[1:] + b'"groups":[\n'
    for rank, group in enumerate(plan.groups):
        yield (b",\n" if rank else b"") + encoded(group)
    yield b"]" + tail + b"\n"


def _counted(plans: Iterable[Path]) -> Iterator[tuple[date, Counted]]:
    """The day of each plan, and what it counted: both stand before its groups.

    One that is damaged is left out; `verify` tells it.
    """
    for path in plans:
        with suppress(OSError, StopIteration, ijson.JSONError, *MISSHAPEN), path.open("rb") as file:
            day = date.fromisoformat(next(ijson.items(file, "as_of")))
            file.seek(0)
            yield day, from_json(Counted, next(ijson.items(file, "counted")))


def plan_of(path: Path) -> Plan:
    """The plan in a file."""
    return value_of(Plan, read_json(path, hint="replay the run again"), path)


class JudgementFolder:
    """Written once per judgement: stores in the run's order, findings by severity and rule."""

    def __init__(self, run: Path, path: Path) -> None:
        self.run = run
        self.path = path
        self._open = ExitStack()
        self._spools: tuple[Spool, Spool] | None = None
        self._lines = FindingLines()

    def __enter__(self) -> JudgementFolder:
        folder(self.path)
        with ExitStack() as held:
            if self.path != self.run:  # an audit holds the lock of its folder of runs already
                held.callback(Lock(self.path).close)
            with writing(self.path):
                judged = Spool(self.path)
                held.callback(judged.close)
                findings = Spool(self.path)
                held.callback(findings.close)
            self._spools = judged, findings
            self._open = held.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spools = None
        self._open.close()

    @property
    def _writing(self) -> tuple[Spool, Spool]:
        if self._spools is None:
            raise RunError("{path}: opened to be read", hint="enter it to write", path=self.path)
        return self._spools

    def write(self, judged: Judged, findings: Iterable[Finding]) -> None:
        """Keep the conclusions on one store; stores come in the run's order."""
        with writing(self.path):
            self._writing[0].add(valid("judged", encoded(judged)) + b"\n")
        self.write_findings(findings)

    def write_findings(self, findings: Iterable[Finding]) -> None:
        """Keep findings, of a store or of an entry that is none."""
        kept = self._writing[1]
        with writing(self.path):
            for finding in findings:
                key = (_ORDER.index(finding.severity), finding.rule)
                kept.add(self._lines.line(finding), key)

    def close(
        self,
        summary: Summary,
        alignment: Alignment | None = None,
        changes: Changes | None = None,
        plan: Plan | None = None,
    ) -> None:
        """Put the files in place; the manifest comes last. Earlier versions of a plan are kept."""
        judged, findings = self._writing
        write_lines(self.path / "judged.jsonl.gz", judged.lines())
        write_lines(self.path / "findings.jsonl.gz", findings.lines())
        told = {"schema": SCHEMA.format("summary"), **to_json(summary)}
        write_json(self.path / "summary.json", told)
        if alignment is not None:
            told = {"schema": SCHEMA.format("alignment"), **to_json(alignment)}
            write_json(self.path / "alignment.json", told)
        if changes is not None:
            told = {"schema": SCHEMA.format("changes"), **to_json(changes)}
            write_json(self.path / "changes.json", told)
        if plan is not None:
            self._keep(plan)
        write_manifest(self.path)

    def _keep(self, plan: Plan) -> None:
        """Put a plan in place; another version that stood there stays beside it, by its name."""
        path, before = self.path / _PLAN, plan.version
        if path.is_file():
            before = "damaged"
            with suppress(RunError):
                before = plan_of(path).version
        if before != plan.version:
            path.replace(self.path / f"plan-{before}.json")
        whole(self.path / _PLAN, lambda file: file.writelines(_told(plan)))

    @property
    def finished(self) -> bool:
        """Whether this judgement was closed."""
        return (self.path / "summary.json").is_file()

    def judged(self) -> Iterator[Judged]:
        """The judged stores, in the order of the run's stores."""
        return read_values(Judged, self.path / "judged.jsonl.gz")

    def findings(self) -> Iterator[Finding]:
        """The findings: the most severe first, then by rule, then in the order of the stores."""
        return read_values(Finding, self.path / "findings.jsonl.gz")

    def changes(self) -> Changes | None:
        """What the day of this judgement changes, when it was compared with another."""
        path = self.path / "changes.json"
        if not path.is_file():
            return None
        return value_of(Changes, read_json(path, hint="replay the run again"), path)

    def plan(self) -> Plan | None:
        """The transition plan; none in a judgement made before there was one."""
        path = self.path / _PLAN
        return plan_of(path) if path.is_file() else None

    def history(self) -> tuple[tuple[date, Counted], ...]:
        """What the plan counted in the first run, in the latest ones before this, and in this."""
        run = self.run.resolve()
        runs = (p for p in sorted(run.parent.iterdir()) if p.name < run.name and complete(p))
        told = [path for p in runs if (path := p / _PLAN).is_file()]
        own = [path for path in [self.path / _PLAN] if path.is_file()]
        return tuple(_counted((*told[:1], *told[1:][-_LATEST:], *own)))

    def alignment(self) -> Alignment | None:
        """The alignment table; none in a judgement made before there was one."""
        path = self.path / "alignment.json"
        if not path.is_file():
            return None
        return value_of(Alignment, read_json(path, hint="replay the run again"), path)

    def summary(self) -> Summary:
        """The judgement counted."""
        path = self.path / "summary.json"
        found = read_json(path, hint="the run was not finished: resume it")
        return value_of(Summary, found, path)


def approved_plans(root: Path, dossier: Dossier | None) -> dict[str, Plan]:
    """The plans that a dossier says were approved, by their version, of all runs of a folder."""
    wanted = {v.plan for v in dossier.versions.values() if v.plan} if dossier else set()
    found: dict[str, Plan] = {}
    for path in sorted(root.glob("*/**/plan*.json")) if wanted else ():
        with suppress(RunError):  # what is damaged is told by `verify`; its plan is not compared
            plan = plan_of(path)
            if plan.version in wanted:
                found[plan.version] = plan
    return found
