"""All measurements in one run: an emulated cloud, a proxy, ours beside the floor; prints tables.

python -m bench.run                    # 1 x 3 and 10 x 17, limits, faults
python -m bench.run --size 1x3         # the small one only
python -m bench.run --beside "name=command of another program"
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.clouds.estate import ALL_REGIONS, Estate, build

from .calibrate import seconds
from .measure import Program, ask, in_turn, run, table

ROOT = Path(__file__).parents[1]
_PLAIN_FLOOR = ROOT.parent / "shared" / "bench" / "floor_boto3.py"
_MOTO, _PROXY = 5601, 6601  # ports on loopback
_LATENCY = 30
_ENDED = (0, 3, 4)  # an audit that went to its end: findings and gaps are answers
_RATE, _BURST = 20, 20
_SIZES = {"1x3": (1, 3), "10x17": (10, 17)}


@dataclass(frozen=True, slots=True)
class Bench:
    """An estate behind a warm proxy, and the programs that look at it."""

    size: str
    folder: Path
    estate: Estate
    proxy: str
    others: tuple[str, ...] = ()  # "name=command": programs of other people

    @property
    def ours(self) -> Program:
        """The audit as a person runs it."""
        command = [sys.executable, "-m", "auditor", "audit"]
        return Program(name="auditor", command=command, folder=self.folder, ok=_ENDED)

    @property
    def floor(self) -> Program:
        """The same calls, recorded from ours."""
        calls = str(self.folder / "calls.json")
        command = [sys.executable, "-m", "bench.floor", "--calls", calls, "--endpoint", self.proxy]
        return Program(name="floor", command=command, folder=self.folder)

    @property
    def beside(self) -> list[Program]:
        """Other programs, for comparison: a smaller inventory in plain boto3, and those named."""
        named = [_named(other, self.folder) for other in self.others]
        if not _PLAIN_FLOOR.exists():
            return named
        command = [sys.executable, str(_PLAIN_FLOOR), "--share", "ctx", "--retries", "standard"]
        command += ["--regions", str(len(self.estate.regions)), "--endpoint", self.proxy]
        return [Program(name="plain-ctx", command=command, folder=self.folder), *named]

    def runs(self) -> list[Path]:
        """The run folders of our audits, the oldest first."""
        return sorted((self.folder / "runs").glob("*/run.json"), key=lambda p: p.stat().st_mtime)


def _named(other: str, folder: Path) -> Program:
    name, _, command = other.partition("=")
    return Program(name=name, command=shlex.split(command), folder=folder, ok=_ENDED)


@contextmanager
def _served(command: Sequence[str], url: str) -> Iterator[str]:
    """A server in a process of its own, so that its time is not counted with ours."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)  # type: ignore[call-overload]
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def prepare(size: str, folder: Path, moto: str, proxy: str, others: Sequence[str] = ()) -> Bench:
    """Build the estate, warm the replay memory with an audit of ours, record its calls."""
    accounts, regions = _SIZES[size]
    estate = build(moto, regions=ALL_REGIONS[:regions], accounts=accounts, buckets=40, each=4,
                   telling=False)  # fmt: skip
    folder.mkdir(parents=True)
    named = ", ".join(f'"{r}"' for r in estate.regions)
    settings = f'[aws]\nrole = "audit"\nregions = [{named}]\n[runs]\ndir = "runs"\n'
    (folder / "auditor.toml").write_text(settings, encoding="utf-8")
    bench = Bench(size, folder, estate, proxy, tuple(others))
    ask(proxy, "/__forget")
    run(bench.ours, proxy)
    (folder / "calls.json").write_text(json.dumps(ask(proxy, "/__calls")), encoding="utf-8")
    for program in (bench.floor, *bench.beside):
        run(program, proxy)
    return bench


def told(run_folder: Path) -> dict[str, list[str]]:
    """What a run says, collection times aside, in the order of its files."""
    found = {}
    for name in ("stores.jsonl.gz", "subjects.jsonl.gz", "findings.jsonl.gz"):
        with gzip.open(run_folder / name, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        found[name] = [json.dumps({k: v for k, v in r.items() if k != "collected"}) for r in rows]
    return found


def checks(bench: Bench) -> Iterator[str]:
    """That the work measured was the whole work: every store, nothing twice, only reads."""
    rows = [json.loads(line) for line in told(bench.runs()[-1].parent)["stores.jsonl.gz"]]
    found = {(row["kind"], row["id"]) for row in rows}
    missing = [m.id for m in bench.estate.stores if (m.kind, m.id) not in found]
    yield f"stores told: {len(rows)}; of {len(bench.estate.stores)} built, missing: {len(missing)}"
    calls = json.loads((bench.folder / "calls.json").read_text(encoding="utf-8"))
    distinct = {json.dumps(call, sort_keys=True) for call in calls}
    yield f"questions: {len(calls)}; asked more than once: {len(calls) - len(distinct)}"


def limited(bench: Bench) -> str:
    """Under a rate limit: the wall beside what the hottest bucket must take."""
    free = run(bench.ours, bench.proxy, latency_ms=_LATENCY)
    paced = run(bench.ours, bench.proxy, latency_ms=_LATENCY, rate=_RATE, burst=_BURST)
    *place, hottest = free.stats["hottest"][0]
    limit = max(0.0, (hottest - _BURST) / _RATE)
    due = max(limit, free.wall)
    return (
        f"{_RATE} requests/s, burst {_BURST}: {paced.wall:.2f} s; the hottest bucket "
        f"({'/'.join(place)}, {hottest} requests) needs {limit:.2f} s, an unlimited run "
        f"{free.wall:.2f} s: ratio {paced.wall / due:.2f}; "
        f"throttled answers: {paced.stats['told'].get('throttled', 0)}"
    )


def faulty(bench: Bench, share: float = 0.2) -> str:
    """With one answer in five a fault: whether the run says the same."""
    run(bench.ours, bench.proxy)
    calm = told(bench.runs()[-1].parent)
    measured = run(bench.ours, bench.proxy, fault=share)
    stormy = told(bench.runs()[-1].parent)
    same = ", ".join(f"{n}: {'same' if calm[n] == stormy[n] else 'DIFFERENT'}" for n in calm)
    faults: Mapping[str, Any] = measured.stats["told"]
    met = sum(n for kind, n in faults.items() if kind != "replayed")
    return f"faults met: {met}; wall {measured.wall:.2f} s; {same}"


def report(bench: Bench, times: int) -> Iterator[str]:
    """Everything measured at one size, as Markdown."""
    stores = len(bench.estate.stores)
    yield f"\n### {bench.size} (accounts x regions), {stores} stores, {_LATENCY} ms latency\n"
    programs = [bench.ours, bench.floor, *bench.beside]
    found = in_turn(programs, bench.proxy, times=times, latency_ms=_LATENCY)
    results = {name: [asdict(m) for m in runs] for name, runs in found.items()}
    (bench.folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    yield table(found, "floor")
    yield ""
    for line in (*checks(bench), limited(bench), faulty(bench)):
        yield f"- {line}"


def main() -> None:
    """Measure the sizes asked for and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", action="append", choices=sorted(_SIZES))
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="kept; a temporary one otherwise")
    parser.add_argument("--beside", action="append", default=[], metavar="NAME=COMMAND")
    given = parser.parse_args()
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    moto, proxy = f"http://127.0.0.1:{_MOTO}", f"http://127.0.0.1:{_PROXY}"
    moto_command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(_MOTO)]
    proxy_command = [sys.executable, "-m", "tests.clouds.proxy", "--listen", str(_PROXY),
                     "--upstream", moto, "--replay"]  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        with _served(moto_command, moto), _served(proxy_command, proxy + "/__stats"):
            for size in given.size or list(_SIZES):
                bench = prepare(size, folder / size, moto, proxy, given.beside)
                for line in report(bench, given.times):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
