"""100,000 findings told in a format: time, size, and the greatest resident size.

    python -m bench.render_scale [--findings 100000] [--stores 0] [--format pdf] [--lang fr]

The report is invented and rendered in a process of its own, so that the memory told is that of the
rendering. With `--stores`, a run of so many is written and judged first, and its report is
rendered: reading it is then in the time (and judging it in the memory).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auditor.facts import load
from auditor.model import (
    Because,
    Certainty,
    Coverage,
    CoverageState,
    Custody,
    DataStore,
    Finding,
    Health,
    Judged,
    KeyCustody,
    Outcome,
    Place,
    Reached,
    Scope,
    Severity,
    Summary,
)
from auditor.report import Report

from .calibrate import seconds
from .replay_scale import synthetic, write

_RULES = ("RES001", "REA001", "KEY002", "SHR002", "TRF005", "HDS001", "SNC001", "GOV012")
_WHY = Because(
    code="place", values={"country": "US", "region": "us-east-1", "role": "replica"}, facts=()
)
_HEADER = {"run": "20261122T000000Z-0000", "version": "0", "edition": "", "identity": {},
           "started": "2026-11-22T00:00:00+00:00", "plugins": [], "settings": {}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """A run and its judgement that are made up: each rule finds something on every store."""

    seen: tuple[DataStore, ...]

    def findings(self) -> Iterator[Finding]:
        """One of each rule on each store, the most severe rule first."""
        for rank, rule in enumerate(_RULES):
            severity = tuple(Severity)[rank * len(Severity) // len(_RULES)]
            for number, store in enumerate(self.seen):
                outcome = Outcome.UNDETERMINED if number % 5 == 0 else Outcome.DEVIATES
                yield Finding(
                    uid=f"{rank}{number:015x}", rule=rule, severity=severity, outcome=outcome,
                    store=store.id, kind=store.kind, account=store.account, region=store.region,
                    health=_health(number), because=(_WHY,),
                )  # fmt: skip

    def stores(self) -> Iterator[DataStore]:
        """The stores."""
        return iter(self.seen)

    def judged(self) -> Iterator[Judged]:
        """What was concluded of each store."""
        place = Place(country="US", in_eu=False, in_eea=False, adequate=False, region="us-east-1")
        for number, store in enumerate(self.seen):
            yield Judged(
                store=store.id, offer="aws", health=Health(certainty=_health(number)),
                places=(place,), reach=Reached.LINKED, custody=KeyCustody(level=Custody.ENC_1),
            )  # fmt: skip

    def coverage(self) -> Iterator[Coverage]:
        """One unit, read whole."""
        scope = Scope(provider="aws", partition="aws", account="1", region="eu-west-3")
        yield Coverage(scope=scope, kind="aws.s3.bucket", state=CoverageState.READ, stores=1)

    def changes(self) -> None:
        """Nothing was compared."""

    def alignment(self) -> None:
        """No dossier was judged."""

    def plan(self) -> None:
        """No plan."""

    def history(self) -> tuple[()]:
        """No run before."""
        return ()


def _health(number: int) -> Certainty:
    return Certainty.POSSIBLE if number % 11 == 0 else Certainty.DECLARED


def report(findings: int) -> Report:
    """A report of about that many findings; it is made in a fraction of a second."""
    facts = load()
    seen = tuple(synthetic(-(-findings // len(_RULES))))
    n, some = len(seen), len(seen) // 11
    summary = Summary(
        as_of=facts.edition_day, edition=facts.edition, stores=n,
        health={"declared": n - some, "possible": some},
        countries={"US": n}, reach={"linked": n}, custody={"ENC-1": n},
        outcomes={rule: {"deviates": n * 4 // 5, "undetermined": n // 5} for rule in _RULES},
        severities={str(s): findings // 5 for s in Severity}, undetermined=findings // 5,
        coverage={"read": 1},
    )  # fmt: skip
    made: Any = Invented(seen)
    reaches = {"aws": facts.reach_of("aws", facts.edition_day)}
    return Report({**_HEADER, "edition": facts.edition}, summary, facts, reaches, made, made)


@contextmanager
def true(stores: int) -> Iterator[Report]:
    """The report of a run that was written and judged: what reading it costs is told too."""
    from auditor import pipeline, settings
    from auditor.runs import JudgementFolder, RunFolder

    facts = load()
    with tempfile.TemporaryDirectory() as scratch:
        path = write(Path(scratch), stores)
        done = pipeline.replay(path, as_of=facts.edition_day, settings=settings.load(None, {}, []))
        with RunFolder.open(done.run) as run:
            made = Report.of(run, JudgementFolder(run.path, done.judgement), facts)
            yield replace(made, header={**_HEADER, **made.header})


def render(name: str, lang: str, made: Report) -> None:
    """Render once and tell what it took; the time to import is not in it."""
    from auditor.registry import load as load_registry
    from auditor.words import Words

    known, words = load_registry(), Words(lang)
    start, size = time.perf_counter(), 0
    told = known.renderers[name].render(made, words)
    for piece in [told] if isinstance(told, bytes) else told:
        size += len(piece)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    findings = sum(1 for _ in made.findings())
    print(json.dumps({"format": name, "findings": findings, "seconds": round(took, 2),
                      "bytes": size, "peak_mib": peak}))  # fmt: skip


def main() -> None:
    """Calibrate, then render in a process of its own; scaled seconds are those of the reference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--stores", type=int, default=0, help="a true run of so many stores")
    parser.add_argument("--format", default="pdf")
    parser.add_argument("--lang", default="fr")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        if given.stores:
            with true(given.stores) as made:
                return render(given.format, given.lang, made)
        return render(given.format, given.lang, report(given.findings))
    before = seconds()
    command = [sys.executable, "-m", "bench.render_scale", "--here", "--format", given.format,
               "--lang", given.lang, "--findings", str(given.findings),
               "--stores", str(given.stores)]  # fmt: skip
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    unit = (before + seconds()) / 2
    print(f"calibration: {unit:.2f} s (1.00 on the reference machine)")
    print(json.dumps({**told, "scaled_seconds": round(told["seconds"] / unit, 2)}))
    return None


if __name__ == "__main__":
    main()
