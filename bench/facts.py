"""The facts loaded, all kinds read: cold (parsed and checked), and from the form that is kept.

    python -m bench.facts [--times 9]

Each time in a process of its own, imports of the facts included; beside it, `tomllib` alone on the
same files, which parses them and checks nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

from .calibrate import seconds

_LOAD = """
import time
start = time.perf_counter()
from auditor.facts import load
facts = load()
for kind in facts.kinds():
    facts.table(kind)
print(time.perf_counter() - start)
"""
_TOML = """
import time
start = time.perf_counter()
import tomllib
from importlib.resources import files
for folder in files("auditor.facts").iterdir():
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name.endswith(".toml"):
                tomllib.loads(file.read_text("utf-8"))
print(time.perf_counter() - start)
"""
GOALS = {"cold": 1.0, "kept": 0.15}


def timed(program: str, cache: str) -> float:
    """Seconds that a program told of itself, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "XDG_CACHE_HOME": cache},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(told.stdout)


def main() -> None:
    """Print the medians, in turn, as they are and on the reference machine."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--times", type=int, default=9)
    times = asked.parse_args().times
    scale = seconds()
    found: dict[str, list[float]] = {"toml": [], "cold": [], "kept": []}
    for _ in range(times):
        with tempfile.TemporaryDirectory() as cache:
            found["toml"].append(timed(_TOML, cache))
            found["cold"].append(timed(_LOAD, cache))
            found["kept"].append(timed(_LOAD, cache))
    floor = statistics.median(found["toml"])
    print(f"calibration {scale:.2f}")
    for name, several in found.items():
        median = statistics.median(several)
        goal = f", goal {GOALS[name]:.2f} s" if name in GOALS else ""
        ratio = f"{median / floor:.2f} x tomllib"
        print(f"{name:5} {median:.3f} s, scaled {median / scale:.3f} s{goal}; {ratio}")


if __name__ == "__main__":
    main()
