"""A page of 100,000 findings: how long it is, and how soon its table can be used in Chromium.

    python -m bench.page_scale [--findings 100000] [--browser /usr/bin/chromium] [--keep page.html]

The time is the browser's own, from the start of the navigation to the mark that the page's script
sets when the table is drawn, answers to filters and is sorted; then each of these by itself.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

from auditor import pipeline, settings
from auditor.facts import load
from auditor.words import Words

from .calibrate import seconds
from .replay_scale import write

_A_STORE = 10.5  # findings that a store of the synthetic estate has
_TIMES = 5
_FILTER = """async (text) => {
  const field = document.getElementById("choose-text"), count = document.getElementById("count");
  const before = count.textContent, start = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input"));
  while (count.textContent === before) await new Promise((done) => setTimeout(done, 1));
  return performance.now() - start - 150;
}"""
_SORT = """() => {
  const start = performance.now();
  document.querySelector("#rows th[data-column=store] button").click();
  document.getElementById("rows").offsetHeight;
  return performance.now() - start;
}"""


def rendered(root: Path, findings: int) -> Path:
    """The page of a synthetic estate with about that many findings."""
    chosen = settings.load(None, {}, [])
    path = write(root, round(findings / _A_STORE))
    done = pipeline.replay(path, as_of=load().edition_day, settings=chosen)
    start = time.perf_counter()
    page = root / "page.html"
    with page.open("wb") as file:
        for piece in pipeline.told(done, chosen, "html", Words("fr")):
            file.write(piece)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"written in {time.perf_counter() - start:.1f} s, peak {peak} MiB (judging included); "
          f"{page.stat().st_size / 1e6:.2f} MB", flush=True)  # fmt: skip
    return page


def opened(page: Path, browser: str) -> None:
    """Open the page a few times; print when its table could be used, filtered and sorted."""
    from playwright.sync_api import sync_playwright

    usable, filtered, ordered = [], [], []
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for _ in range(_TIMES):
            tab = chromium.new_page()
            tab.goto(page.as_uri())
            tab.wait_for_function("performance.getEntriesByName('usable').length")
            usable.append(tab.evaluate("performance.getEntriesByName('usable')[0].startTime"))
            filtered.append(tab.evaluate(_FILTER, "patients us-east"))
            ordered.append(tab.evaluate(_SORT))
            said = tab.inner_text("#count")
            tab.close()
        chromium.close()
    print(f"usable after {median(usable):.0f} ms (best {min(usable):.0f}); a text filters in "
          f"{median(filtered):.0f} ms, a column sorts in {median(ordered):.0f} ms; {said}"
    )  # fmt: skip


def main() -> None:
    """Write a run, render it, open it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--keep", type=Path, help="where to leave the page")
    given = parser.parse_args()
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        page = rendered(Path(scratch), given.findings)
        if given.keep:
            given.keep.write_bytes(page.read_bytes())
        opened(page, given.browser)


if __name__ == "__main__":
    main()
