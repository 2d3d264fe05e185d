"""The pages of a Word document: its title, its contents, its sections, upright or lying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape

from ._blocks import Section
from ._office import OURS, lying, title_of
from ._word_blocks import Writer, block, heading

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_W = f"{{{_NAMES['w']}}}"
_XMLNS = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMES.items())
_UNIT = 635  # English metric units in a twentieth of a point
_A4 = {
    "page_width": 11906,
    "page_height": 16838,
    "left_margin": 1134,
    "right_margin": 1134,
    "top_margin": 1247,
    "bottom_margin": 1247,
    "header_distance": 624,
    "footer_distance": 624,
}
_BREAK = "<w:pageBreakBefore/>"
_SHOWN = ("t", "drawing", "pict", "object", "sdt", "fldChar", "fldSimple")


def paged(document: Any, anew: bool) -> Any:
    """A document whose last pages have a size: what it does not say is that of A4."""
    body = document.element.body
    if body.find(f"{_W}sectPr") is None:
        body.append(_parsed("<w:sectPr/>")[0])
    pages = document.sections[-1]
    for side, length in _A4.items():
        if anew or getattr(pages, side) is None:
            setattr(pages, side, length * _UNIT)
    return document


def _parsed(piece: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(f"<w:body {_XMLNS}>{piece}</w:body>")


def keeping(document: Any) -> Callable[[str, bytes], str]:
    """What keeps a picture in the document, and gives its relation."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    taken = {part.partname for part in document.part.package.iter_parts()}

    def keep(name: str, data: bytes) -> str:
        kind = "image/png" if name.endswith(".png") else "image/svg+xml"
        where = PackURI(f"/word/media/audit-{name}")
        while where in taken:
            where = PackURI(where.replace("/audit-", "/audit-new-"))
        part = Part(where, kind, data, document.part.package)
        return str(document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))

    return keep


def write(document: Any, to: Writer, title: str, sections: Sequence[Section]) -> None:
    """Write the body; what a template's body shows is kept before it, an empty one is not.

    Neither is a body of ours: a document that we made, restyled by somebody, is a template too.
    """
    last = document.element.body.find(f"{_W}sectPr")
    kept = _emptied(document.element.body, last)
    frames = _frames(document.sections[-1])
    to.width, to.height = frames[0]
    to.top = min((one.level for one in sections), default=to.top)
    to.count["bookmark"] = _last_mark(document.element.body)
    _add(last, _named(to, title, _BREAK if kept else "") + _contents(to, sections))
    lies, turns = False, 0
    for n, (section, wide) in enumerate(zip(sections, lying(sections), strict=True)):
        more = "" if n or wide else _BREAK
        if wide != lies:
            _turned(last, lies, turns)
            lies, turns = wide, turns + 1
            to.width, to.height = frames[wide]
        _add(last, heading(to, section, _anchor(n) if section.level == to.top else "", more))
        for told in section.blocks:
            for piece in block(to, told):
                _add(last, piece)
    _settled(last, lies, turns)


def _emptied(body: Any, last: Any) -> bool:
    """Whether a body of theirs shows anything; else nothing is left of it."""
    ours = any(e.get(f"{_W}name") == OURS for e in body.iter(f"{_W}bookmarkStart"))
    if not ours and any(next(body.iter(f"{_W}{name}"), None) is not None for name in _SHOWN):
        return True
    for old in [child for child in body if child is not last]:
        body.remove(old)
    return False


def _last_mark(body: Any) -> int:
    return max((int(e.get(f"{_W}id")) for e in body.iter(f"{_W}bookmarkStart")), default=0)


def _named(to: Writer, title: str, more: str) -> str:
    n, text = to.next("bookmark"), to.paragraph(title, "Title", more)
    mark = f'<w:bookmarkStart w:id="{n}" w:name="{OURS}"/><w:bookmarkEnd w:id="{n}"/></w:p>'
    return f"{text.removesuffix('</w:p>')}{mark}"


def _frames(pages: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """What a page holds, upright and lying, in twentieths of a point."""
    sides = (pages.page_width, pages.page_height)
    aside, above = pages.left_margin + pages.right_margin, pages.top_margin + pages.bottom_margin
    upright, wide = (
        (max(2000, round((across - aside) / _UNIT)), max(2000, round((down - above) / _UNIT)))
        for across, down in (sides, (max(sides), min(sides)))
    )
    return upright, wide


def _add(last: Any, piece: str) -> None:
    for element in list(_parsed(piece)):
        last.addprevious(element)


def _turned(last: Any, lies: bool, turns: int) -> None:
    """End the pages that went on until here, in the paragraph before when there is one."""
    ended = deepcopy(last)
    _settled(ended, lies, turns)
    before = last.getprevious()
    if before is None or before.tag != f"{_W}p" or before.find(f".//{_W}sectPr") is not None:
        _add(last, "<w:p><w:pPr/></w:p>")
        before = last.getprevious()
    properties = before.find(f"{_W}pPr")
    if properties is None:
        properties = _parsed("<w:pPr/>")[0]
        before.insert(0, properties)
    properties.append(ended)


def _settled(pages: Any, lies: bool, turns: int) -> None:
    size = pages.find(f"{_W}pgSz")
    wide, high = (int(size.get(f"{_W}{side}")) for side in ("w", "h"))
    if lies and high > wide:
        size.set(f"{_W}w", str(high))
        size.set(f"{_W}h", str(wide))
        size.set(f"{_W}orient", "landscape")
    if not turns:
        return
    for name in ("titlePg", "pgNumType", "type"):  # the first page was the document's
        for old in pages.findall(f"{_W}{name}"):
            pages.remove(old)


def _anchor(n: int) -> str:
    return f"_Toc{n + 1:08}"


def _contents(to: Writer, sections: Sequence[Section]) -> str:
    """The titles, each a link; and a field, by which Word puts their page numbers beside them."""
    entries = [(_anchor(n), one) for n, one in enumerate(sections) if one.level == to.top]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r>'
        '<w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [
        f"<w:p><w:pPr>{to.style('toc 1')}</w:pPr>{'' if at else begin}"
        f'<w:hyperlink w:anchor="{anchor}" w:history="1"><w:r><w:t xml:space="preserve">'
        f"{escape(title_of(one, to.words))}</w:t></w:r></w:hyperlink></w:p>"
        for at, (anchor, one) in enumerate(entries)
    ]
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    head = to.paragraph(to.words("Contents"), "TOC Heading")
    return head + "".join(lines) + end if lines else ""
