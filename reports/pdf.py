"""One PDF for people and for archives: PDF/UA-1 and PDF/A-3a, its numbers attached as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from auditor.sdk import SettingsError, plain, renderer

from ._blocks import Section
from ._json import in_json
from ._story import PAGED, headline, tell
from ._typst import Pages

ATTACHED = "report.json"
_FONTS = ("Libertinus Serif", "DejaVu Sans Mono")
_STANDARDS = ["ua-1", "a-3a"]


@renderer("pdf", suffix=".pdf", media_type="application/pdf")
def pages(report: Any, words: Any) -> bytes:
    """The whole story on paper: a cover, contents, numbered pages; every text is inert."""
    return document(report, words, list(tell(report, words, PAGED)))


def document(report: Any, words: Any, told: Sequence[Section]) -> bytes:
    """A story on paper; where its scripts do not go together, one that shows fewer of them."""
    typst = _typst()
    try:
        return _made(typst, report, words, Pages(report, words), told)
    except typst.TypstError as error:  # marks and letters of two fonts that do not go together
        if "could not be displayed" not in str(error):
            raise
    return _made(typst, report, words, Pages(report, words, careful=True), told)


def _typst() -> Any:
    """The library, an extra of its own, with the fonts that it carries."""
    try:
        import typst
    except ImportError as error:
        install = "pip install 'health-residency-auditor[pdf]'"
        raise SettingsError("the library for PDF is not installed", hint=install) from error
    families = typst.Fonts(include_system_fonts=False).families()
    for font in _FONTS:
        if font not in families:
            again = "pip install --force-reinstall typst"
            raise SettingsError("the library for PDF lacks its font {font}", hint=again, font=font)
    return typst


def _made(typst: Any, report: Any, words: Any, pages: Pages, told: Sequence[Section]) -> bytes:
    template = (files(__package__ or "auditor.reports") / "_typst.typ").read_bytes()
    document = {
        "lang": words.lang,
        "title": pages.text(headline(report, words)),
        "day": [report.as_of.year, report.as_of.month, report.as_of.day],
        "cover": [[pages.said(label), pages.said(value)] for label, value in _cover(report, words)],
        "sections": list(pages.sections(told)),
        "says": _says(words),
        "attached": ATTACHED,
    }
    given = {
        "main.typ": template, "document.json": json.dumps(document).encode(),
        ATTACHED: attached(report, words),
    }  # fmt: skip
    made: bytes = typst.compile(
        given, format="pdf", pdf_standards=_STANDARDS, ignore_system_fonts=True
    )
    return made


def _cover(report: Any, words: Any) -> list[tuple[str, str]]:
    """What the document was made from."""
    header = report.header
    return [
        (words("Law applied as of"), words.date(report.as_of)),
        (words("Edition of the facts"), plain(report.edition)),
        (words("Run"), plain(header.get("run", ""))),
        (words("Version of the auditor"), plain(header.get("version", ""))),
    ]


def _says(words: Any) -> dict[str, str]:
    """The few words that the template itself prints."""
    return {
        "contents": words("Contents"),
        "page": words("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "nothing": words("Nothing."),
        "warning": words.title(words("Warning")),
        "asked": words.title(words("in the dossier")),
        "attachment": words("Summary, plan and alignment of this report, for programs"),
        "aside": words(
            "The file {file} is attached to this document: summary, plan and alignment, for "
            "programs. It holds no list of data stores nor of findings: the JSON format does. "
            "A character that the fonts of this document do not show is told by its code: "
            "[U+1F600].", file=ATTACHED,
        ),
    }  # fmt: skip


def attached(report: Any, words: Any) -> bytes:
    """What is attached: of one size whatever the estate; its parts are those of the JSON format."""
    parts = {
        "lang": words.lang,
        "run": dict(report.header),
        "summary": report.plain(report.summary),
        "reaches": {offer: report.plain(r) for offer, r in sorted(report.reaches.items())},
        "changes": report.plain(report.changes()),
        "alignment": report.plain(report.alignment()),
        "plan": report.plain(report.plan()),
    }
    return in_json(parts) + b"\n"
