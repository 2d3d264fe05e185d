"""Figures in a Word document, as drawings that stay sharp.

Word reads a drawing beside a picture of points (`asvg:svgBlip`), and wants that picture. Readers
that know nothing of it, LibreOffice before 24.2 among them, read the drawing as any picture: they
are given that instead. Word is told apart by a namespace that it knows and they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from ._blocks import Figure
from ._office import clean, grey, size_of

if TYPE_CHECKING:
    from ._word_blocks import Writer

_POINT = 635  # English metric units in a twentieth of a point
_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_KNOWN = "http://schemas.microsoft.com/office/word/2012/wordml"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def picture(to: Writer, told: Figure) -> str:
    """A figure on a line of its own, with what it says in words."""
    wide, high = size_of(told.svg, to.width, to.height * 0.7)
    size = (round(wide * _POINT), round(high * _POINT))
    n = to.next("figure")
    drawn = to.image(f"figure{n}.svg", told.svg.encode("utf-8", "replace"))
    plain = to.image(f"figure{n}.png", grey(wide, high))
    beside = (
        f'<a:extLst><a:ext uri="{_URI}"><asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{drawn}"/>'
        "</a:ext></a:extLst>"
    )
    word = _drawing(to, told, size, f'<a:blip r:embed="{plain}">{beside}</a:blip>')
    others = _drawing(to, told, size, f'<a:blip r:embed="{drawn}"/>')
    return (
        f"<w:p><w:pPr>{to.style('Audit Figure')}</w:pPr><w:r><mc:AlternateContent>"
        f'<mc:Choice xmlns:w15="{_KNOWN}" Requires="w15">{word}</mc:Choice>'
        f"<mc:Fallback>{others}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


def _drawing(to: Writer, told: Figure, size: tuple[int, int], blip: str) -> str:
    n, extent = to.next("drawing"), f'cx="{size[0]}" cy="{size[1]}"'
    said = f'id="{n}" name="Figure {n}" descr={quoteattr(clean(told.alt, to.words))}'
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f"<wp:docPr {said}/><wp:cNvGraphicFramePr/>"
        "<a:graphic><a:graphicData "
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {said}/><pic:cNvPicPr/></pic:nvPicPr>"
        f"<pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
