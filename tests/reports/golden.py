"""Goldens, one per format and language: `python -m tests.reports.golden` writes them again.

Read the difference before you keep it: a golden that nobody reads proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from auditor import registry
from auditor.plugin import Renderer
from auditor.report import Report
from auditor.words import Words

from .invented import report

HERE = Path(__file__).parent / "golden"
LANGUAGES = ("fr", "en")


@cache
def renderers() -> Mapping[str, Renderer]:
    """Our own formats, by name."""
    return registry.load().renderers


def formats() -> list[str]:
    """Every format that is ours."""
    return list(renderers())


def rendered(name: str, lang: str, of: Report | None = None) -> bytes:
    """A report in one format and language."""
    made = renderers()[name].render(of or report(), Words(lang))
    return made if isinstance(made, bytes) else b"".join(made)


def path_of(name: str, lang: str) -> Path:
    """Where the golden of a format is."""
    return HERE / f"{name}.{lang}{renderers()[name].suffix}"


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for form in formats():
        for language in LANGUAGES:
            path_of(form, language).write_bytes(rendered(form, language))
