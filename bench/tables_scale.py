"""100,000 findings told as tables and lists: time, size and memory of each format.

    python -m bench.tables_scale [--findings 100000] [--formats xlsx csv …] [--keep DIR]

The run is written and judged by one process, and each format is told by another: the memory beside
a format is what it added to a process that had read its facts and written nothing yet.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .calibrate import seconds
from .replay_scale import write

FORMATS = ("csv", "csv-fr", "flat", "json", "jsonl", "junit", "md", "openmetrics", "xlsx")
_TRIED = 500  # stores, to learn how many findings one has


def judged(root: Path, stores: int) -> tuple[Path, int]:
    """A run of that many stores, judged: where it is, and how many findings it has."""
    from auditor import pipeline, settings
    from auditor.facts import load

    path, read = write(root, stores), settings.load(None, {}, [])
    done = pipeline.replay(path, as_of=load().edition_day, settings=read)
    told = done.summary
    return done.judgement, sum(told.severities.values()) + told.undetermined + told.waived


def tell(path: Path, name: str, lang: str, into: Path) -> None:
    """Tell one format of a judgement, and what it took."""
    from auditor.facts import load
    from auditor.registry import load as plugins
    from auditor.report import Report
    from auditor.runs import JudgementFolder, RunFolder
    from auditor.words import Words

    made, facts = plugins().renderers[name], load()
    with RunFolder.open(path.parents[1]) as run:
        report, words = Report.of(run, JudgementFolder(run.path, path), facts), Words(lang)
        Path("/proc/self/clear_refs").write_text("5")  # the peak is told anew from here
        before, start, worked = _peak(), time.perf_counter(), time.process_time()
        pieces = made.render(report, words)
        with (into / f"audit.{lang}{made.suffix}").open("wb") as file:
            file.writelines([pieces] if isinstance(pieces, bytes) else pieces)
            size = file.tell()
    wall, cpu = time.perf_counter() - start, time.process_time() - worked
    print(f"{name:12} {wall:6.1f} s ({cpu:.1f} s of CPU), {size / 1e6:.1f} MB, "
          f"+{_peak() - before:.0f} MB of memory", flush=True)  # fmt: skip


def _peak() -> float:
    """In MB, of this process alone: what getrusage tells begins with its parent's."""
    told = Path("/proc/self/status").read_text("ascii").partition("VmHWM:")[2]
    return int(told.split()[0]) * 1024 / 1e6


def _each(formats: list[str], path: Path, lang: str, into: str) -> Iterator[list[str]]:
    for name in formats:
        yield [sys.executable, "-m", "bench.tables_scale", "--tell", str(path), "--formats", name,
               "--lang", lang, "--keep", into]  # fmt: skip


def main() -> None:
    """Write and judge a run, then tell it in each format; print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", default=list(FORMATS))
    parser.add_argument("--lang", default="fr")
    parser.add_argument("--keep", help="a folder that is there: documents are left in it")
    parser.add_argument("--tell", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.tell:
        return tell(given.tell, given.formats[0], given.lang, Path(given.keep))
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        each = judged(root / "tried", _TRIED)[1] / _TRIED
        path, found = judged(root / "runs", round(given.findings / each))
        print(f"{round(given.findings / each)} stores, {found} findings", flush=True)
        for command in _each(given.formats, path, given.lang, given.keep or scratch):
            subprocess.run(command, check=True)
    return None


if __name__ == "__main__":
    main()
