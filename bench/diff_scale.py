"""Two runs of 100,000 findings compared by their index, beside reading both files again.

python -m bench.diff_scale [--findings 100000] [--runs 2]
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.facts import load
from auditor.model import (
    Category,
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
)
from auditor.runs import RunFolder
from auditor.runs.comparison import compared
from auditor.runs.index import FILE, asked
from auditor.tally import Tally

from .calibrate import seconds

_RULES = ("RES001", "KEY001", "KEY002", "SHR001", "REA001")
_SHARE = 50  # one finding in so many differs from run to run


def write(root: Path, number: int, findings: int) -> Path:
    """A run with five findings a store, some of which differ by the run's number."""
    scope = Scope(provider="aws", partition="aws", account="1", region="eu-west-3")
    place = Place(country="FR", in_eu=True, in_eea=True, adequate=False, region="eu-west-3")
    header = {"version": "0", "edition": load().edition, "identity": {}, "plugins": []}
    tally, count = Tally(), findings // len(_RULES)
    with RunFolder.start(root, f"20260101T0000{number:02}Z-0000", header) as run:
        run.begin("unit")
        for n in range(count):
            run.write("unit", DataStore(
                id=f"arn:aws:s3:::bucket-{n:06}", kind="aws.s3.bucket", partition="aws",
                category=Category.OBJECT, account="1", region="eu-west-3",
            ))  # fmt: skip
        state = CoverageState.READ
        run.finish("unit", Coverage(scope=scope, kind="aws.s3.bucket", state=state, stores=count))
        run.seal({})
        with run.judgement(date(2026, 11, 22), "e", replay=False) as judgement:
            for n, store in enumerate(run.stores()):
                found = [
                    Finding(uid=f"{rule}{n:010x}", rule=rule, severity=Severity.MAJOR,
                            outcome=Outcome.DEVIATES, store=store.id, kind=store.kind,
                            account="1", region="eu-west-3", health=Certainty.PROBABLE)
                    for rule in _RULES
                    if (n + number) % _SHARE or rule != "KEY001"
                ]  # fmt: skip
                judged = Judged(
                    store=store.id, offer="aws", health=Health(certainty=Certainty.PROBABLE),
                    places=(place,), reach=Reached.LINKED,
                    custody=KeyCustody(level=Custody.ENC_1), met=("COV001",),
                )  # fmt: skip
                tally.add(judged, found)
                judgement.write(judged, found)
            told = tally.summary(date(2026, 11, 22), "e", {}, 0)
            judgement.close(replace(told, answers=dict.fromkeys(_RULES, Outcome.DEVIATES)))
    return run.path


def plainly(one: Path, other: Path) -> int:
    """The floor: both files read again, and joined in a dictionary."""
    sides = []
    for path in (one, other):
        with gzip.open(path / "findings.jsonl.gz", "rt", encoding="utf-8") as lines:
            sides.append({f["uid"]: f for f in map(json.loads, lines)})
    return len(sides[0].keys() ^ sides[1].keys())


def main() -> None:
    """Write the runs, index them, compare the last two; print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=2)
    given = parser.parse_args()
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        paths = []
        for number in range(given.runs):
            paths.append(write(root, number, given.findings))
            start = time.perf_counter()
            asked(root, lambda base: None)
            print(f"run {number + 1} indexed in {time.perf_counter() - start:.2f} s", flush=True)
        size = (root / FILE).stat().st_size / 2**20
        start = time.perf_counter()
        told = compared(*paths[-2:])
        took = time.perf_counter() - start
        start = time.perf_counter()
        plainly(*paths[-2:])
        floor = time.perf_counter() - start
        print(f"index {size:.0f} MiB; diff {took:.2f} s, both files read again {floor:.2f} s: "
              f"{took / floor:.2f} x; {dict(told.turns)}")  # fmt: skip


if __name__ == "__main__":
    main()
