"""Puts the real files of deploy/ into the pages that show them.

python docs/include.py           writes the pages
python docs/include.py --check   exits 1 if a page is not what it would be
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOCS = Path(__file__).parent
_MARK = re.compile(r"(<!-- include: (\S+) -->\n)(?:\n(```+)[^\n]*\n.*?\n\3\n)?", re.DOTALL)
_LANGUAGES = {".yaml": "yaml", ".yml": "yaml", ".service": "ini", ".timer": "ini"}
_BY_NAME = {"run-audit": "sh", "Containerfile": "dockerfile"}


def written(page: Path) -> str:
    """The page with its files in it."""

    def show(mark: re.Match[str]) -> str:
        file = (page.parent / mark[2]).resolve()
        language = _LANGUAGES.get(file.suffix) or _BY_NAME.get(file.name, "text")
        return f"{mark[1]}\n```{language}\n{file.read_text(encoding='utf-8').rstrip()}\n```\n"

    return _MARK.sub(show, page.read_text(encoding="utf-8"))


def main() -> int:
    """Write the pages, or say which differ."""
    pages = [p for p in sorted(DOCS.glob("*.md")) if written(p) != p.read_text(encoding="utf-8")]
    for page in pages:
        print(page.name)
        if "--check" not in sys.argv:
            page.write_text(written(page), encoding="utf-8")
    return int("--check" in sys.argv and bool(pages))


if __name__ == "__main__":
    sys.exit(main())
