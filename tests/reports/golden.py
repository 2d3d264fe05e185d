"""Goldens, one per format and language: `python -m tests.reports.golden` writes them again.

Read the difference before you keep it: a golden that nobody reads proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

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


def is_text(name: str) -> bool:
    """Whether a format is text, whose bytes are read as they are."""
    kind = renderers()[name].media_type
    return "openxml" not in kind and "opendocument" not in kind and kind != "application/pdf"


def readable(name: str, document: bytes) -> bytes:
    """What a person compares of a document: its bytes, its parts, or the text of its pages."""
    if is_text(name):
        return document
    if document.startswith(b"%PDF"):
        return "\n".join(_pages(document)).encode()
    with ZipFile(BytesIO(document)) as parts:
        told = [(info.filename, parts.read(info)) for info in parts.infolist()]
    return b"\n".join(
        b"== " + part.encode() + b"\n" + content.replace(b"><", b">\n<")
        for part, content in told
        if not part.endswith(".png")
    )


def _pages(document: bytes) -> Iterator[str]:
    from pypdfium2 import PdfDocument

    pages = PdfDocument(document)
    for at in range(len(pages)):
        text = pages[at].get_textpage().get_text_range().replace("\r\n", "\n")
        yield f"== {at + 1}\n{text}"


def path_of(name: str, lang: str) -> Path:
    """Where the golden of a format is."""
    suffix = renderers()[name].suffix
    return HERE / f"{name}.{lang}{suffix if is_text(name) else '.parts.txt'}"


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for form in formats():
        for language in LANGUAGES:
            path_of(form, language).write_bytes(readable(form, rendered(form, language)))
