"""How fast content is compared: the matching engine and the whole path, beside ripgrep.

    python -m bench.classify_speed [--mebibytes 48]

ripgrep counts the lines in which one of the same ASCII expressions stands, on one core and without
Unicode, its fastest; the engine says which stand in each window of the same text;
the whole path classifies the same text cut into files, once with clinical notes in it (a sure
window
ends a file) and once without. Ratios only.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import tempfile
import time
import tomllib
from pathlib import Path

from auditor.classify import Signals
from auditor.classify.content.knowledge import Knowledge
from auditor.classify.content.limits import Limits
from auditor.classify.content.objects import Objects
from auditor.classify.content.sources import Source
from auditor.classify.content.texts import Matcher, windows_of
from auditor.facts import load

from .calibrate import seconds

NOTES = Path(__file__).parent / "unseen" / "notes.toml"
_FILE = 256 * 1024


def mixed(size: int, health: bool = True) -> str:
    """Text of several kinds: notes, letters, log lines, tables; the same for the same size."""
    dice = random.Random(7)
    told = tomllib.loads(NOTES.read_text("utf-8"))
    notes = [
        n["text"] for sort, kind in told.items() for n in kind.values() if health or sort == "other"
    ]
    parts: list[str] = []
    total = 0
    while total < size:
        match dice.randrange(4):
            case 0:
                part = dice.choice(notes)
            case 1:
                part = "\n".join(
                    f"2025-{dice.randrange(1, 13):02d}-01T10:00:00Z INFO id={dice.random()} "
                    f"status=200 path=/api/items/{dice.randrange(10**6)} ms={dice.randrange(900)}"
                    for _ in range(12)
                )
            case 2:
                part = "\n".join(
                    f"{dice.randrange(10**9)};{dice.choice(notes)[:20]};{dice.random():.4f};"
                    f"19{dice.randrange(40, 99)}-01-02;{dice.randrange(10**15)}"
                    for _ in range(12)
                )
            case _:
                part = " ".join(dice.choice(notes).split()[::-1])
        parts.append(part)
        total += len(part) + 2
    return "\n\n".join(parts)[:size]


def main() -> None:
    """Print the rates and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mebibytes", type=int, default=48)
    given = parser.parse_args()
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    os.sched_setaffinity(0, {0})  # one core, for ripgrep too
    facts = load()
    known, limits = Knowledge.of(facts), Limits.of(facts)
    cues = tuple(c for c in known.cues if c.regex.isascii() and r"\p" not in c.regex)
    text = mixed(given.mebibytes << 20)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "mixed.txt"
        file.write_text(text, "utf-8")
        size = file.stat().st_size / 2**20
        reference = _ripgrep(file, [c.regex for c in cues])
    engine = _engine(text, cues)
    objects = Objects(known, limits, Signals.of(facts).names)
    whole = _whole(text, objects, limits)
    plain = _whole(mixed(given.mebibytes << 20, health=False), objects, limits)
    print(f"{size:.0f} MiB of mixed text, {len(cues)} ASCII expressions, one core")
    print(f"ripgrep -c          {size / reference:7.1f} MiB/s  {reference:.2f} s")
    print(f"matching engine     {size / engine:7.1f} MiB/s  {reference / engine:.2f} x ripgrep")
    print(f"whole classify path {size / whole:7.1f} MiB/s  {reference / whole:.2f} x ripgrep")
    print(f"  without a note    {size / plain:7.1f} MiB/s  {reference / plain:.2f} x ripgrep")


def _ripgrep(file: Path, expressions: list[str]) -> float:
    program = shutil.which("rg")
    if program is None:
        raise SystemExit("ripgrep is not installed: nothing to put beside")
    words = [program, "-c", "-j1", "--no-mmap", "--no-config", "--no-unicode"]
    for expression in expressions:
        words += ["-e", expression]
    best = 1e9
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([*words, str(file)], check=False, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def _engine(text: str, cues: tuple) -> float:
    matcher = Matcher.of(cues)
    best = 1e9
    for _ in range(3):
        start = time.perf_counter()
        for window in windows_of(text):
            matcher.found(window)
        best = min(best, time.perf_counter() - start)
    return best


def _whole(text: str, objects: Objects, limits: Limits) -> float:
    files = [text[at : at + _FILE].encode() for at in range(0, len(text), _FILE)]
    objects.assess(Source.of(files[0], limits), "warm.txt")
    start = time.perf_counter()
    for number, content in enumerate(files):
        objects.assess(Source.of(content, limits), f"{number}.txt")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
