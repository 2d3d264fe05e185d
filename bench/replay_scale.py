"""100,000 stores judged again and written: time, one core, and the greatest resident size.

    python -m bench.replay_scale [--stores 100000] [--against 2026-11-21]

The run is written by one process and judged by another, so that the memory told is the judging's.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from auditor.model import (
    Category,
    Copy,
    Coverage,
    CoverageState,
    DataStore,
    Party,
    Role,
    Scope,
    Share,
)

from .calibrate import seconds

_REGIONS = ("eu-west-3", "eu-central-1", "us-east-1", "eu-west-1", "ap-south-1", "eu-west-2")
_NAMES = ("patients", "app-logs", "imagerie-dicom", "billing", "fhir-raw", "tf-state", "mail")
_KINDS = (
    ("aws.s3.bucket", Category.OBJECT, "arn:aws:s3:::{name}"),
    ("aws.rds.db_instance", Category.RELATIONAL, "arn:aws:rds:{region}:{account}:db:{name}"),
    ("aws.ec2.volume", Category.BLOCK, "arn:aws:ec2:{region}:{account}:volume/{name}"),
    ("aws.dynamodb.table", Category.NOSQL, "arn:aws:dynamodb:{region}:{account}:table/{name}"),
)
_STORES_A_UNIT = 500


def synthetic(count: int) -> Iterator[DataStore]:
    """Stores in the proportions of a real estate: some with copies, shares, keys and tags."""
    dice = random.Random(7)
    for number in range(count):
        kind, category, form = _KINDS[number % len(_KINDS)]
        account = f"{100000000000 + number % 40:012d}"
        name, region = f"{dice.choice(_NAMES)}-{number:06d}", dice.choice(_REGIONS)
        copy = Copy(role=Role.REPLICA, region=dice.choice(_REGIONS), account=account)
        share = Share(party=Party.ACCOUNT, account="210987654321", via="policy")
        tags = {"env": "prod", "data-class": dice.choice(("sante", "internal"))}
        yield DataStore(
            id=form.format(name=name, region=region, account=account), kind=kind,
            category=category, partition="aws", account=account, region=region, name=name,
            copies=(copy,) if number % 5 == 0 else (), shares=(share,) if number % 9 == 0 else (),
            encrypted=number % 4 != 0, bytes=number * 1000, created="2025-01-02T03:04:05+00:00",
            tags=tags if number % 2 else {}, calls={"id": "s3:ListBuckets"},
            collected="2026-01-02T03:04:05+00:00",
        )  # fmt: skip


def write(root: Path, count: int) -> Path:
    """A run folder with that many stores, sealed."""
    from auditor.facts import load
    from auditor.runs import RunFolder

    header = {
        "edition": load().edition, "organisation": [], "scopes": 1, "plugins": [], "version": "0",
        "started": "2026-01-02T03:04:05+00:00", "identity": {}, "settings": {},
    }  # fmt: skip
    stores = synthetic(count)
    with RunFolder.start(root, "synthetic", header) as run:
        for number in range(0, count, _STORES_A_UNIT):
            unit, size = f"unit-{number}", min(_STORES_A_UNIT, count - number)
            run.begin(unit)
            for _ in range(size):
                run.write(unit, next(stores))
            scope = Scope(provider="aws", partition="aws", account=unit, region="eu-west-3")
            state = CoverageState.READ
            run.finish(unit, Coverage(scope=scope, kind="synthetic", state=state, stores=size))
        run.seal({})
        return run.path


def judge(path: Path, against: date | None) -> None:
    """Judge a run again, and tell what it took."""
    from auditor import pipeline, settings
    from auditor.facts import load

    start = time.perf_counter()
    day: date = load().edition_day
    done = pipeline.replay(path, as_of=day, settings=settings.load(None, {}, []),
                           against=against)  # fmt: skip
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "stores": done.summary.stores, "wall_s": round(time.perf_counter() - start, 1),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1), "peak_mib": used.ru_maxrss // 1024,
    }  # fmt: skip
    print(json.dumps(told))


def main() -> None:
    """Write a run in one process, judge it in another; print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", type=int, default=100_000)
    parser.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--against", type=date.fromisoformat, help="tell what changes since")
    given = parser.parse_args()
    if given.judge:
        return judge(given.judge, given.against)
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        path = write(Path(scratch), given.stores)
        print(f"written and sealed in {time.perf_counter() - start:.1f} s", flush=True)
        command = [sys.executable, "-m", "bench.replay_scale", "--judge", str(path)]
        if given.against:
            command += ["--against", given.against.isoformat()]
        subprocess.run(command, check=True)
    return None


if __name__ == "__main__":
    main()
