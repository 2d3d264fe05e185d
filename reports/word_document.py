"""A Word document: headings, contents, tables, figures, and fields to complete, in real styles."""

from __future__ import annotations

import zipfile
from datetime import datetime, time
from io import BytesIO
from typing import Any

from auditor.sdk import SettingsError, renderer

from ._office import clean, packed
from ._story import PAGED, headline, tell
from ._template import BROKEN, Template, template_of
from ._word_blocks import Writer
from ._word_pages import keeping, paged, write
from ._word_styles import numbering, running, speak, styles_of


@renderer(
    "docx", suffix=".docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)  # fmt: skip
def word_document(report: Any, words: Any) -> bytes:
    """The whole story for Word; a template's styles, header, footer and body are kept."""
    template = template_of(report, ".docx")
    document = _opened(template)
    styles = styles_of(document, own=template is not None)
    speak(document, words.lang)
    _dated(document, report, words)
    running(document.sections[-1], headline(report, words), words, styles)
    bulleted, ordered = numbering(document)
    to = Writer(words, styles, 0, 0, keeping(document), ordered, bulleted)
    write(document, to, headline(report, words), list(tell(report, words, PAGED)))
    return _saved(document)


def _opened(template: Template | None) -> Any:
    try:
        from docx import Document
        from docx.opc.exceptions import OpcError
    except ImportError:
        raise SettingsError(
            "the library for Word documents is not installed",
            hint="pip install 'health-residency-auditor[office]'",
        ) from None
    if template is None:
        return paged(_emptied(Document()), anew=True)
    try:
        document = Document(BytesIO(template.data))
        paged(document, anew=False)
        return document
    except (OpcError, *BROKEN):
        raise template.refused() from None


def _emptied(document: Any) -> Any:
    """The library's own document, without what is of no use in it."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    unused = (
        "stylesWithEffects", "customXml", RELATIONSHIP_TYPE.THUMBNAIL.rpartition("/")[2],
        "webSettings",
    )  # fmt: skip
    for rels in (document.part.rels, document.part.package.rels):
        for id in [id for id, rel in rels.items() if rel.reltype.endswith(unused)]:
            del rels[id]
    return document


def _dated(document: Any, report: Any, words: Any) -> None:
    """The properties of the document; its dates are the day of the law that was applied."""
    held, day = document.core_properties, datetime.combine(report.as_of, time())
    held.title = clean(headline(report, words), words, 250)
    held.created = held.modified = day
    held.author = held.last_modified_by = "health-residency-auditor"
    held.comments, held.revision = "", 1


def _saved(document: Any) -> bytes:
    """The archive, in an order and with dates that are always the same."""
    out, first = BytesIO(), ("[Content_Types].xml", "_rels/.rels")
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        names = sorted(archive.namelist(), key=lambda name: (name not in first, name))
        return packed((name, archive.read(name)) for name in names)
