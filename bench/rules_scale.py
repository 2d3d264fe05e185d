"""100,000 stores, all rules: how long judging takes, apart from reading and from writing.

    python -m bench.rules_scale [--stores 100000] [--dossier auditor/dossier/demo.toml]

Cases are made and judged one after another, as a run is; each stage is timed by itself. Beside it:
the same rules on the same cases without remembering, on a part of them.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from auditor.bench import bench_of
from auditor.cases import case_of
from auditor.dossier import read
from auditor.facts import load
from auditor.judge import Scales, judge
from auditor.registry import load as load_registry
from auditor.remembering import Remembered
from auditor.runs import RunFolder

from .calibrate import seconds
from .replay_scale import write

_PLAIN = 5_000  # cases on which the rules are asked every time


def main() -> None:
    """Write a run, then time its cases and their judging; print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", type=int, default=100_000)
    parser.add_argument("--dossier", type=Path)
    given = parser.parse_args()
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    registry, facts = load_registry(), load()
    dossier = read(given.dossier, facts, registry.rules) if given.dossier else None
    rules = [rule for rule in registry.rules.values() if rule.of == "store"]
    remembered, scales = [Remembered(rule) for rule in rules], Scales(facts.rules)
    made = judged = plain = 0.0
    kept, findings = [], 0
    with (
        tempfile.TemporaryDirectory() as scratch,
        RunFolder.open(write(Path(scratch), given.stores)) as run,
    ):
        bench = bench_of(run, registry, facts, facts.edition_day, dossier)
        for store in run.stores():
            start = time.perf_counter()
            claims = tuple(bench.matching.claims(store)) if bench.matching else ()
            case, offer = case_of(store, bench, claims)
            between = time.perf_counter()
            findings += len(judge(case, offer, remembered, scales)[1])
            judged += time.perf_counter() - between
            made += between - start
            if len(kept) < _PLAIN:
                kept.append((case, offer))
    start = time.perf_counter()
    for case, offer in kept:
        judge(case, offer, rules, scales)
    plain = (time.perf_counter() - start) * given.stores / len(kept)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{given.stores} stores x {len(rules)} rules: cases {made:.1f} s, judged {judged:.1f} s, "
          f"{findings} findings; asked every time {plain:.1f} s: {judged / plain:.2f} x; "
          f"peak {peak} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
