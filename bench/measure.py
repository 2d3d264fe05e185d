"""One program measured behind the proxy, and several in turn; a table of medians and ratios."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import threading
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil

_MIB = 1024**2
_PATIENCE = 900.0  # seconds for one program


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run: `ok` are the exit codes that mean it went to its end."""

    name: str
    command: Sequence[str]
    folder: Path
    ok: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run of a program."""

    name: str
    exit_code: int
    wall: float
    cpu: float  # of the whole process tree
    peak: int  # MiB, summed over the tree
    requests: int
    stats: Mapping[str, Any] = field(repr=False)
    said: str = field(default="", repr=False)

    @property
    def per_request(self) -> float:
        """Milliseconds of CPU for each request."""
        return 1000 * self.cpu / max(1, self.requests)


def ask(proxy: str, path: str) -> Any:
    """Ask the proxy itself."""
    with urllib.request.urlopen(proxy + path, timeout=120) as answer:
        return json.load(answer)


def run(program: Program, proxy: str, **weather: float) -> Measured:
    """Run a program once, in fresh counts and the given weather."""
    fair = {"latency_ms": 0, "rate": 0, "burst": 100, "fault": 0, "silence": 0, **weather}
    ask(proxy, "/__reset?" + "&".join(f"{k}={v}" for k, v in fair.items()))
    log = program.folder / f"{program.name}.log"
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            program.command, cwd=program.folder, env=_environment(proxy), stdout=out,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        peak = _watch(process)
        code = process.wait()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    stats = ask(proxy, "/__stats")
    said = log.read_text(encoding="utf-8", errors="replace")
    if code not in program.ok:
        raise RuntimeError(f"{program.name} ended with {code}:\n{said[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(name=program.name, exit_code=code, wall=wall, cpu=cpu, peak=peak // _MIB,
                    requests=stats["requests"], stats=stats, said=said)  # fmt: skip


def _environment(proxy: str) -> dict[str, str]:
    root = str(Path(__file__).parents[1])
    return {
        **os.environ, "PYTHONPATH": root, "AWS_ENDPOINT_URL": proxy, "NO_PROXY": "*",
        "AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip


def _watch(process: subprocess.Popen[bytes]) -> int:
    """The greatest resident size of the process and its children, until it ends."""
    peak, done = 0, threading.Event()
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        if time.monotonic() > deadline:
            process.kill()
        done.wait(0.05)
    return peak


def _resident(pid: int) -> int:
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return sum(p.memory_info().rss for p in family)
    except psutil.Error:
        return 0


def in_turn(
    programs: Sequence[Program], proxy: str, *, times: int, **weather: float
) -> dict[str, list[Measured]]:
    """Each program `times` times, one after another in turn: A B A B, so that drift hits all."""
    found: dict[str, list[Measured]] = {program.name: [] for program in programs}
    for _ in range(times):
        for program in programs:
            found[program.name].append(run(program, proxy, **weather))
    return found


def table(found: Mapping[str, Sequence[Measured]], floor: str) -> str:
    """Medians as Markdown, with the ratios to the floor."""
    base = found[floor]
    rows = [
        "| program | wall s | CPU s | CPU ms/request | peak MiB | requests | wall / floor "
        "| CPU per request / floor | runs |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, runs in found.items():
        wall, each = (median(getattr(m, k) for m in runs) for k in ("wall", "per_request"))
        wall_ratio = wall / median(m.wall for m in base)
        each_ratio = each / median(m.per_request for m in base)
        cpu, peak = median(m.cpu for m in runs), max(m.peak for m in runs)
        requests = median(m.requests for m in runs)
        rows.append(
            f"| {name} | {wall:.2f} | {cpu:.2f} | {each:.2f} | {peak} | {requests:.0f} "
            f"| {wall_ratio:.2f} | {each_ratio:.2f} | {len(runs)} |"
        )
    return "\n".join(rows)
