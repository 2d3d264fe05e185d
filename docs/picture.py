"""Draws docs/demo.svg and docs/demo.fr.svg: what a terminal shows after the demo.

python docs/picture.py
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parent
COMMAND = "auditor audit --demo"
WIDTH, HEIGHT = 84, 46


def shown(locale: str) -> str:
    """What the demo prints on a terminal, escapes included; its progress aside."""
    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "AUDITOR_", "LC_"))}
    kept |= {"LC_ALL": locale, "LANG": locale, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    kept.pop("NO_COLOR", None)
    pieces = []
    with tempfile.TemporaryDirectory() as folder:
        demo = subprocess.Popen(
            [sys.executable, "-m", "auditor", *COMMAND.split()[1:]],
            cwd=folder, env=kept, stdout=theirs, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs)
        while piece := _read(ours):
            pieces.append(piece)
        if demo.wait():
            raise SystemExit(f"{COMMAND} exits {demo.returncode}")
    return b"".join(pieces).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def drawn(text: str) -> str:
    """The picture: same text, same bytes, and no font fetched from anywhere."""
    lines = text.rstrip().splitlines()
    kept = "\n".join(lines if len(lines) <= HEIGHT else [*lines[:HEIGHT], "…"])
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(f"$ {COMMAND}\n{kept}"))
        picture = console.export_svg(title="auditor", unique_id="demo")
    picture = re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    return re.sub(r"[ \t]+$", "", picture, flags=re.MULTILINE)


if __name__ == "__main__":
    for name, locale in (("demo.svg", "C.UTF-8"), ("demo.fr.svg", "fr_FR.UTF-8")):
        (DOCS / name).write_text(drawn(shown(locale)), encoding="utf-8")
        print(name)
