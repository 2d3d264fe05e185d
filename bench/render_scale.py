"""100,000 findings told in a format: time, size, and the greatest resident size.

    python -m bench.render_scale [--findings 100000] [--format pdf] [--lang fr]

The report is invented and rendered in a process of its own, so that the memory told is that of the
rendering.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from auditor.facts import Facts, load
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
from .replay_scale import synthetic

_RULES = ("RES001", "REA001", "KEY002", "SHR002", "TRF005", "HDS001", "SNC001", "GOV012")
_WHY = Because(
    code="place", values={"country": "US", "region": "us-east-1", "role": "replica"}, facts=()
)
_HEADER = {"run": "20261122T000000Z-0000", "version": "0", "edition": "", "identity": {},
           "started": "2026-11-22T00:00:00+00:00", "plugins": [], "settings": {}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """A run and its judgement that are made up as they are read: nothing is kept."""

    findings_told: int
    facts: Facts

    def findings(self) -> Iterator[Finding]:
        """As many findings as asked, the most severe first."""
        total = self.findings_told
        for number, store in enumerate(synthetic(total)):
            severity = tuple(Severity)[number * len(Severity) // total]
            rule = _RULES[number * len(_RULES) // total]
            outcome = Outcome.UNDETERMINED if number % 5 == 0 else Outcome.DEVIATES
            yield Finding(
                uid=f"{number:016x}", rule=rule, severity=severity, outcome=outcome,
                store=store.id, kind=store.kind, account=store.account, region=store.region,
                health=Certainty.POSSIBLE if number % 11 == 0 else Certainty.DECLARED,
                because=(_WHY,),
            )  # fmt: skip

    def stores(self) -> Iterator[DataStore]:
        """One store for each finding."""
        return synthetic(self.findings_told)

    def judged(self) -> Iterator[Judged]:
        """What was concluded of each store."""
        place = Place(country="US", in_eu=False, in_eea=False, adequate=False, region="us-east-1")
        form = Judged(
            store="", offer="aws", health=Health(certainty=Certainty.DECLARED), places=(place,),
            reach=Reached.LINKED, custody=KeyCustody(level=Custody.ENC_1),
        )  # fmt: skip
        return (replace(form, store=store.id) for store in self.stores())

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


def report(findings: int) -> Report:
    """A report of that many findings, on as many stores."""
    facts = load()
    each = findings // len(_RULES)
    summary = Summary(
        as_of=facts.edition_day, edition=facts.edition, stores=findings,
        health={"declared": findings - findings // 11, "possible": findings // 11},
        countries={"US": findings}, reach={"linked": findings}, custody={"ENC-1": findings},
        outcomes={rule: {"deviates": each * 4 // 5, "undetermined": each // 5} for rule in _RULES},
        severities={str(s): findings // 5 for s in Severity}, undetermined=findings // 5,
        coverage={"read": 1},
    )  # fmt: skip
    made: Any = Invented(findings, facts)
    reaches = {"aws": facts.reach_of("aws", facts.edition_day)}
    return Report({**_HEADER, "edition": facts.edition}, summary, facts, reaches, made, made)


def render(name: str, lang: str, findings: int) -> None:
    """Render once and tell what it took; the time to import is not in it."""
    from auditor.registry import load as load_registry
    from auditor.words import Words

    made, known, words = report(findings), load_registry(), Words(lang)
    start, size = time.perf_counter(), 0
    told = known.renderers[name].render(made, words)
    for piece in [told] if isinstance(told, bytes) else told:
        size += len(piece)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"format": name, "findings": findings, "seconds": round(took, 2),
                      "bytes": size, "peak_mib": peak}))  # fmt: skip


def main() -> None:
    """Calibrate, then render in a process of its own; the ratio needs no scale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--format", default="pdf")
    parser.add_argument("--lang", default="fr")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        return render(given.format, given.lang, given.findings)
    unit = seconds()
    print(f"calibration: {unit:.2f} s (1.00 on the reference machine)", flush=True)
    command = [sys.executable, "-m", "bench.render_scale", "--here", "--format", given.format,
               "--lang", given.lang, "--findings", str(given.findings)]  # fmt: skip
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    print(json.dumps({**told, "calibrated_seconds": round(told["seconds"] / unit, 2)}))
    return None


if __name__ == "__main__":
    main()
