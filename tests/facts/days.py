"""Days and folders that the tests of facts share."""

from datetime import date
from pathlib import Path

import auditor.facts

FACTS = Path(auditor.facts.__file__).parent
READ = date(2026, 11, 22)  # the day on which the first edition was read
TODAY = date(2026, 11, 24)
EVE = date(2026, 11, 21)


def overlay(folder: Path, kind: str, text: str, name: str = "ours.toml") -> Path:
    """A folder of a user's own facts, with one file in it."""
    (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / kind / name).write_text(text, encoding="utf-8")
    return folder
