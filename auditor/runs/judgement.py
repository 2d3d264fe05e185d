"""Conclusions of one day under one edition of the facts, beside the run they are about."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from auditor.codec import dumps, from_json
from auditor.model import Certainty, Finding, Judged, Severity, Summary

from .chain import write_manifest
from .files import SCHEMA, folder, read_json, read_lines, write_json, write_lines, writing
from .validation import valid

_ORDER = list(Severity)
_SUREST = list(Certainty)  # a finding about surely held health data is told before the others


class JudgementFolder:
    """Written once: judged stores in the run's order, findings by severity and rule."""

    def __init__(self, run: Path, path: Path) -> None:
        self.run = run
        self.path = path
        self._judged: IO[bytes] | None = None
        self._findings: dict[tuple[int, int, str], IO[bytes]] = {}

    def __enter__(self) -> JudgementFolder:
        folder(self.path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in (self._judged, *self._findings.values()):
            if file is not None:
                file.close()

    def write(self, judged: Judged, findings: Iterable[Finding]) -> None:
        """Keep the conclusions on one store; stores come in the run's order."""
        with writing(self.path):
            if self._judged is None:
                self._judged = self._spool()
            self._judged.write(valid("judged", dumps(judged).encode()) + b"\n")
            for finding in findings:
                health = _SUREST.index(finding.health)
                key = (_ORDER.index(finding.severity), health, finding.rule)
                if key not in self._findings:
                    self._findings[key] = self._spool()
                self._findings[key].write(valid("finding", dumps(finding).encode()) + b"\n")

    def close(self, summary: Summary) -> None:
        """Put the files in place; the manifest comes last."""
        write_lines(self.path / "judged.jsonl.gz", _back([self._judged] if self._judged else []))
        spools = [self._findings[key] for key in sorted(self._findings)]
        write_lines(self.path / "findings.jsonl.gz", _back(spools))
        told = {"schema": SCHEMA.format("summary"), **_plain(summary)}
        write_json(self.path / "summary.json", told)
        write_manifest(self.path)

    def _spool(self) -> IO[bytes]:
        return tempfile.TemporaryFile(dir=self.path)

    def judged(self) -> Iterator[Judged]:
        """The judged stores, in the order of the run's stores."""
        return (from_json(Judged, j) for j in read_lines(self.path / "judged.jsonl.gz"))

    def findings(self) -> Iterator[Finding]:
        """The findings: the most severe first, then the surest health data, then by rule and store."""
        return (from_json(Finding, f) for f in read_lines(self.path / "findings.jsonl.gz"))

    def summary(self) -> Summary:
        """The judgement counted."""
        return from_json(Summary, read_json(self.path / "summary.json"))


def _plain(summary: Summary) -> dict[str, object]:
    import json

    told: dict[str, object] = json.loads(dumps(summary))
    return told


def _back(spools: Iterable[IO[bytes]]) -> Iterator[bytes]:
    for spool in spools:
        spool.seek(0)
        yield from spool
