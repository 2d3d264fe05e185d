"""An OpenDocument text, for LibreOffice: the same story, and page numbers that are true at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from auditor.sdk import renderer

from ._blocks import Section
from ._office import LANG, OURS, clean, lying, packed, title_of
from ._open_blocks import Writer, block, heading
from ._open_pages import looks, pages_of
from ._open_parts import NAMES, into, named, part
from ._story import PAGED, headline, tell
from ._template import BROKEN, Template, template_of

_TEXT = b"application/vnd.oasis.opendocument.text"
_PARTS = ("content.xml", "styles.xml", "META-INF/manifest.xml")
_DROPPED = ("META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml", "Thumbnails/")
_OURS = r'<style:style\b[^>]*style:name="Audit[^>]*(?:/>|(?<!/)>.*?</style:style>)'
_BODY = re.compile(r"(<office:text\b[^>]*?)(?:/>|>(.*)</office:text>)", re.DOTALL)


@renderer("odt", suffix=".odt", media_type=_TEXT.decode())
def open_document(report: Any, words: Any) -> bytes:
    """The whole story for LibreOffice; a template's styles, header, footer and body are kept."""
    template = template_of(report, ".odt")
    parts, sections = _parts_of(template), list(tell(report, words, PAGED))
    try:  # of what is read from a template; the story is told before, its defects are ours
        parts |= _told(report, words, parts, sections)
        for name in _PARTS:
            ElementTree.fromstring(parts[name])
    except BROKEN:
        if template is None:
            raise
        raise template.refused() from None
    rest = sorted(name for name in parts if name != "mimetype")
    return packed(((name, parts[name]) for name in ("mimetype", *rest)), stored="mimetype")


def _told(
    report: Any, words: Any, parts: dict[str, bytes], sections: Sequence[Section]
) -> dict[str, bytes]:
    """The parts that the story is written into."""
    title = headline(report, words)
    pages = pages_of(parts["styles.xml"].decode(), title, words)
    content, kept = named(parts["content.xml"].decode()), _shows(parts["content.xml"])
    to = Writer(words, pages.frames)
    body = _body(to, title, sections, kept)
    return {
        "content.xml": _written(content, looks(to, pages.upright), body, kept).encode(),
        "styles.xml": pages.styles.encode(),
        "meta.xml": _meta(report, words, title).encode(),
        "META-INF/manifest.xml": _manifest(parts, to).encode(),
        **dict(to.pictures),
    }


def _parts_of(template: Template | None) -> dict[str, bytes]:
    if template is None:
        own = {name: part(name.rpartition("/")[2].removesuffix(".xml")).encode() for name in _PARTS}
        return {"mimetype": _TEXT, **own}
    parts = {n: d for n, d in template.parts.items() if not n.startswith(_DROPPED)}
    if parts.get("mimetype", b"").strip() != _TEXT or not all(name in parts for name in _PARTS):
        raise template.refused()
    return parts


def _shows(content: bytes) -> bool:
    """Whether a template's body shows anything; one of ours does not count, and is made anew."""
    body = ElementTree.fromstring(content).find("office:body/office:text", names := NAMES)
    if body is None:
        raise ValueError("no text")
    if any(OURS in mark.attrib.values() for mark in body.iterfind(".//text:bookmark", names)):
        return False
    return bool("".join(body.itertext()).strip()) or body.find(".//draw:*", names) is not None


def _written(content: str, own: str, body: str, kept: bool) -> str:
    if not kept:
        content = re.sub(_OURS, "", content, flags=re.DOTALL)
    content = into(content, "office:automatic-styles", own, before="office:body")
    return _BODY.sub(
        lambda found: f"{found[1]}>{found[2] or '' if kept else ''}{body}</office:text>",
        content, count=1,
    )  # fmt: skip


def _manifest(parts: dict[str, bytes], to: Writer) -> str:
    held = parts["META-INF/manifest.xml"].decode()
    if "encryption-data" in held:
        raise ValueError("encrypted")
    wanted = [("meta.xml", "text/xml"), *((name, "image/svg+xml") for name, _ in to.pictures)]
    return into(held, "manifest:manifest", "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in wanted if f'full-path="{name}"' not in held
    ))  # fmt: skip


def _meta(report: Any, words: Any, title: str) -> str:
    from jinja2 import Environment, StrictUndefined

    made = Environment(autoescape=True, undefined=StrictUndefined).from_string(part("meta"))
    told = {"title": clean(title, words), "language": LANG[words.lang], "day": report.as_of}
    return made.render(told)


def _body(to: Writer, title: str, sections: Sequence[Section], kept: bool) -> str:
    to.top = min((one.level for one in sections), default=to.top)
    style = "AuditBreak" if kept else "Title"
    mark = f'<text:bookmark text:name="{OURS}"/>'
    told = [f'<text:p text:style-name="{style}">{mark}{to.said(title)}</text:p>']
    told.append(_contents(to, sections))
    for n, (section, wide) in enumerate(zip(sections, lying(sections), strict=True)):
        turn = "" if n else "page"
        if wide != to.wide:
            turn, to.wide = "wide" if wide else "upright", wide
        anchor = _anchor(n) if section.level == to.top else ""
        told.append(heading(to, section, anchor, turn))
        for one in section.blocks:
            told += block(to, one)
    return "".join(told)


def _anchor(n: int) -> str:
    return f"_Toc{n + 1:08}"


def _entry(to: Writer, section: Section, anchor: str) -> str:
    return (
        '<text:p text:style-name="Contents_20_1"><text:a xlink:type="simple" '
        f'xlink:href="#{anchor}" text:style-name="Index_20_Link" '
        f'text:visited-style-name="Index_20_Link">{to.said(title_of(section, to.words))}<text:tab/>'
        f'<text:bookmark-ref text:reference-format="page" text:ref-name="{anchor}">1'
        "</text:bookmark-ref></text:a></text:p>"
    )


def _contents(to: Writer, sections: Sequence[Section]) -> str:
    """Titles and the pages that they are on; the suite counts those, and can make it all again."""
    head = escape(to.words("Contents"))
    entries = "".join(
        _entry(to, one, _anchor(n)) for n, one in enumerate(sections) if one.level == to.top
    )
    return (
        '<text:table-of-content text:name="AuditContents"><text:table-of-content-source '
        'text:outline-level="1"><text:index-title-template text:style-name="Contents_20_Heading">'
        f"{head}</text:index-title-template><text:table-of-content-entry-template "
        'text:outline-level="1" text:style-name="Contents_20_1">'
        '<text:index-entry-link-start text:style-name="Index_20_Link"/>'
        '<text:index-entry-text/><text:index-entry-tab-stop style:type="right" '
        'style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/>'
        "</text:table-of-content-entry-template></text:table-of-content-source><text:index-body>"
        '<text:index-title text:name="AuditContents_Head"><text:p text:style-name='
        f'"Contents_20_Heading">{head}</text:p></text:index-title>{entries}</text:index-body>'
        "</text:table-of-content>"
    )
