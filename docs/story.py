"""Writes the worked example of docs/replay.md and docs/replay.fr.md: one run, judged day by day.

python docs/story.py                writes the pages
python docs/story.py --check        exits 1 if a page is not what it would be
python docs/story.py --runs FOLDER  writes the run itself, to replay it by hand
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from auditor import pipeline, settings
from auditor.days import day_of
from auditor.judging import judged
from auditor.model import Category, Coverage, CoverageState, DataStore, Scope
from auditor.runs import RunFolder
from auditor.words import Words

DOCS = Path(__file__).parent
MOMENT = datetime(2026, 11, 25, 9, tzinfo=UTC)
RUN = "20261125T090000Z-0000"
VAULT = "https://warehouse.vault.azure.net/keys/at-rest"
ACCOUNT = "00000000-1111-2222-3333-444444444444"
_ASKED = re.compile(r"(<!-- explain: (\S+) (\S+) (\S+) -->\n)(?:\n```\n.*?\n```\n)?", re.DOTALL)
_MARK = re.compile(r"(<!-- replay: (\S+) (\S+)(?: (\S+))? -->\n)(?:\n```\n.*?\n```\n)?", re.DOTALL)


def run(root: Path) -> Path:
    """The run: a warehouse of national health data on Azure, and a pilot of the way home."""
    warehouse = DataStore(
        id=f"/subscriptions/{ACCOUNT}/resourceGroups/warehouse/providers/Microsoft.Storage"
        "/storageAccounts/snds",
        kind="azure.storage.account", category=Category.OBJECT, name="snds-donnees-de-sante",
        partition="AzureCloud", account=ACCOUNT, region="francecentral", bytes=2**40,
        tags={"data-class": "health"}, key=VAULT, encrypted=True,
    )  # fmt: skip
    pilot = DataStore(
        id="osc:oos:cloudgouv-eu-west-1:pilot", kind="outscale.oos.bucket",
        category=Category.OBJECT, name="pilote-donnees-de-sante", partition="outscale",
        account="osc", region="cloudgouv-eu-west-1", bytes=2**30, tags={"data-class": "health"},
        encrypted=True,
    )  # fmt: skip
    key = DataStore(
        id=VAULT, kind="azure.keyvault.key", category=Category.KEY, partition="AzureCloud",
        account=ACCOUNT, region="francecentral",
        facts={"manager": "customer", "material": "provider"},
    )  # fmt: skip
    header = {"version": "0", "edition": "", "started": MOMENT.isoformat(), "identity": {},
              "plugins": [], "settings": {}}  # fmt: skip
    with RunFolder.start(root, RUN, header) as kept:
        for provider, store in (("azure", warehouse), ("outscale", pilot)):
            scope = Scope(provider=provider, partition=store.partition, account=store.account)
            kept.begin(store.kind)
            kept.write(store.kind, store)
            kept.finish(
                store.kind,
                Coverage(scope=scope, kind=store.kind, state=CoverageState.READ, stores=1),
            )
        kept.write_subject(key)
        kept.seal({"organisation": [], "ended": MOMENT.isoformat(), "scopes": 2})
        registry, facts = pipeline.ready(settings.load(None, {}))
        judged(kept, registry, facts, {}, day_of(MOMENT), is_replay=False)
    return root / RUN


def told(path: Path, day: date, against: date, facts: str, words: Words) -> str:
    """What a replay prints of its changes, as a terminal shows it."""
    dirs = [str(DOCS / facts)] if facts else []
    chosen = settings.load(None, {}).replacing("facts", dirs=dirs)
    done = pipeline.replay(path, as_of=day, settings=chosen, against=against)
    text = b"".join(pipeline.told(done, chosen, "text", words)).decode()
    heads = (
        words("What changes since {day}", day=words.date(against)),
        words("What was otherwise on {day}", day=words.date(day)),
    )
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line in heads)
    end = next(n for n in range(start, len(lines)) if not lines[n])
    return "\n".join(lines[start:end])


def explained(offer: str, region: str, day: str, lang: str) -> str:
    """What `auditor facts explain` prints, the list of its facts aside."""
    asked = ["facts", "explain", offer, "--region", region, "--as-of", day, "--lang", lang]
    made = subprocess.run(
        [sys.executable, "-m", "auditor", *asked], capture_output=True, text=True, check=True
    )
    return made.stdout.rpartition("\n\n")[0]


def written(page: Path, path: Path) -> str:
    """The page with its answers in it."""
    words = Words("fr" if page.name.endswith(".fr.md") else "en")

    def answer(mark: re.Match[str]) -> str:
        day, against = date.fromisoformat(mark[2]), date.fromisoformat(mark[3])
        return f"{mark[1]}\n```\n{told(path, day, against, mark[4] or '', words)}\n```\n"

    def explanation(mark: re.Match[str]) -> str:
        return f"{mark[1]}\n```\n{explained(*mark.group(2, 3, 4), words.lang)}\n```\n"

    return _MARK.sub(answer, _ASKED.sub(explanation, page.read_text(encoding="utf-8")))


def main() -> int:
    """Write the pages or the run, or say which pages differ."""
    if "--runs" in sys.argv:
        print(run(Path(sys.argv[sys.argv.index("--runs") + 1])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = run(Path(folder))
        pages = [DOCS / "replay.md", DOCS / "replay.fr.md"]
        made = {page: written(page, path) for page in pages}
    differ = [page for page, text in made.items() if text != page.read_text(encoding="utf-8")]
    for page in differ:
        print(page.name)
        if "--check" not in sys.argv:
            page.write_text(made[page], encoding="utf-8")
    return int("--check" in sys.argv and bool(differ))


if __name__ == "__main__":
    sys.exit(main())
